import { Readable } from "node:stream";
import { events, type EventRow } from "../events.ts";
import { storeFile } from "../files.ts";
import { attachments, insertHistories, nextNumber } from "./repo.ts";
import { apply, openedWith, type Act, type Change, type Opening } from "./rules.ts";
import type { Message, Ticket, TicketSla } from "./schema.ts";

/** A ticket's life as its rules would have written it: the opening, then each act in order of time. */
export type History = { opening: Omit<Opening, "number" | "once">; openedBy: Act; acts: { act: Act; decide: (ticket: Ticket) => Change }[] };

/**
 * Writes histories of the demo, a bench or an import in bulk, by the same rules as the commands, with every row
 * announced already: nobody is mailed, nothing is routed. Numbers follow the order given; `contents` has the bytes of
 * every file that a message has, by its id; `timed` computes the clocks (without it a sweep does). Answers the tickets.
 */
export async function restore(histories: readonly History[], contents: ReadonlyMap<string, Uint8Array> = new Map(), timed: (ticket: Ticket, rows: readonly EventRow[]) => TicketSla | null = () => null): Promise<Ticket[]> {
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
    return { ticket: { ...saved.ticket, sla: timed(saved.ticket, rows) }, rows: rows.map((row) => ({ ...row, announcedAt: row.at })), message: null };
  });
  await insertHistories(written, threads);
  await Promise.all(threads.map((message) => restoreFiles(message, contents)));
  await events().insertMany(written.flatMap((each) => each.rows), { ordered: false });
  return written.map((each) => each.ticket);
}

/** Stores the files of a message that has taken them already. */
async function restoreFiles({ _id: messageId, ticketId, author, at, attachments: files = [] }: Message, contents: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const { id: _id, name } of files) {
    const stored = await storeFile(_id, name, Readable.from([contents.get(_id) ?? Buffer.alloc(0)]));
    await attachments().insertOne({ _id, name, ...stored, owner: `${author.kind}:${author.id}`, state: "claimed", ticketId, messageId, at });
  }
}
