import { events } from "../events.ts";
import { insertHistories, nextNumber } from "./repo.ts";
import { apply, openedWith, type Act, type Change, type Opening } from "./rules.ts";
import type { Message, Ticket } from "./schema.ts";

/** A ticket's life as its rules would have written it: the opening, then each act in order of time. */
export type History = { opening: Omit<Opening, "number" | "once">; openedBy: Act; acts: { act: Act; decide: (ticket: Ticket) => Change }[] };

/**
 * Writes histories of the demo, a bench or an import in bulk, by the same rules as the commands, with every row
 * announced already: nobody is mailed, nothing is routed. Numbers follow the order given. Answers the tickets.
 */
export async function restore(histories: readonly History[]): Promise<Ticket[]> {
  if (histories.length === 0) return [];
  const first = await nextNumber(histories.length);
  const threads: Message[] = [];
  const written = histories.map((history, index) => {
    let saved = openedWith({ ...history.opening, number: first + index, once: null }, history.openedBy);
    const rows = [...saved.rows];
    if (saved.message) threads.push(saved.message);
    for (const { act, decide } of history.acts) {
      saved = apply(saved.ticket, decide(saved.ticket), act);
      rows.push(...saved.rows);
      if (saved.message) threads.push(saved.message);
    }
    return { ticket: saved.ticket, rows: rows.map((row) => ({ ...row, announcedAt: row.at })), message: null };
  });
  await insertHistories(written, threads);
  await events().insertMany(written.flatMap((each) => each.rows), { ordered: false });
  return written.map((each) => each.ticket);
}
