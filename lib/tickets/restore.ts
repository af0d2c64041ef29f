import { Readable } from "node:stream";
import { events, type EventRow } from "../events.ts";
import { storeFile } from "../files.ts";
import { attachments, insertHistories, nextNumber } from "./repo.ts";
import { bySelf, inTime } from "./automatic-rules.ts";
import { apply, openedWith, type Act, type Change, type Look, type Opening } from "./rules.ts";
import type { Message, Ticket } from "./schema.ts";

/** A ticket's life as its rules would have written it: the opening, then each act in order of time. */
export type History = { opening: Omit<Opening, "number" | "once">; openedBy: Act; acts: { act: Act; decide: (ticket: Ticket) => Change }[] };

/**
 * Writes histories of the demo, a bench or an import in bulk, by the same rules as the commands, with every row
 * announced already: nobody is mailed, nothing is routed. Numbers follow the order given; `contents` has the bytes of
 * every file that a message has, by its id. With a `look` of the room of service levels, what is due `at` that moment is
 * done as well, so that the desk has nothing to make up for; without it a sweep times the tickets. Answers them.
 */
export async function restore(histories: readonly History[], contents: ReadonlyMap<string, Uint8Array> = new Map(), timed?: { look: Look; at: Date }): Promise<Ticket[]> {
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
    const life = timed ? livedOn(saved.ticket, rows, timed.look, timed.at) : { ticket: saved.ticket, rows };
    return { ticket: life.ticket, rows: life.rows.map((row) => ({ ...row, announcedAt: row.at })), message: null };
  });
  await insertHistories(written, threads);
  await Promise.all(threads.map((message) => restoreFiles(message, contents)));
  await events().insertMany(written.flatMap((each) => each.rows), { ordered: false });
  return written.map((each) => each.ticket);
}

/** The desk acts by itself until nothing is due. */
function livedOn(ticket: Ticket, rows: readonly EventRow[], look: Look, at: Date): { ticket: Ticket; rows: readonly EventRow[] } {
  const act = bySelf(look.due(ticket, rows), at);
  if (!act) return { ticket: { ...ticket, sla: look.copy(ticket, rows) }, rows };
  const after = apply(ticket, inTime(ticket, rows, look, act), act);
  return livedOn(after.ticket, [...rows, ...after.rows], look, at);
}

/** Stores the files of a message that has taken them already. */
async function restoreFiles({ _id: messageId, ticketId, author, at, attachments: files = [] }: Message, contents: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const { id: _id, name } of files) {
    const stored = await storeFile(_id, name, Readable.from([contents.get(_id) ?? Buffer.alloc(0)]));
    await attachments().insertOne({ _id, name, ...stored, owner: `${author.kind}:${author.id}`, state: "claimed", ticketId, messageId, at });
  }
}
