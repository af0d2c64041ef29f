import { system, visibleTo } from "../auth/policy.ts";
import type { Actor } from "../auth/service.ts";
import { channels } from "../channels.ts";
import { rowsOf, type EventRow } from "../events.ts";
import { publish } from "../realtime.ts";
import { find, tickets } from "./repo.ts";
import type { Ticket, TicketSla } from "./schema.ts";

/**
 * Keeps what the room of service levels computed, and tells pages that show the ticket (but for `tell: false`, when all change at once). A computation from fewer rows,
 * or one from as many that began earlier, never replaces a newer one; answers whether it was kept. No event row: what
 * follows from rows is none itself.
 */
export async function noteClocks({ _id, assigneeId, version }: Ticket, sla: TicketSla, { tell }: { tell: boolean } = { tell: true }): Promise<boolean> {
  const older = { $or: [{ sla: null }, { "sla.seq": { $lt: sla.seq } }, { "sla.seq": sla.seq, "sla.at": { $lte: sla.at } }] };
  const { modifiedCount } = await tickets().updateOne({ _id, ...older } as object, { $set: { sla } });
  if (modifiedCount === 0) return false;
  if (!tell) return true;
  const payload = { id: _id, seq: sla.seq, version, timed: sla.at.getTime() };
  await publish([channels.ticketStaff(_id), channels.desk, ...(assigneeId === null ? [] : [channels.person(assigneeId)])].map((channel) => ({ channel, event: "ticket.update", payload })));
  return true;
}

/** A ticket with all its rows, as it exists for this actor; for the system unless told otherwise. */
export async function lifeOf(id: string, actor: Actor = system("sla")): Promise<{ ticket: Ticket; rows: EventRow[] }> {
  const ticket = await find(visibleTo(actor), id);
  return { ticket, rows: await rowsOf(id, { publicOnly: false }) };
}

/** Ids of tickets whose clocks were never computed, and of those with a clock that ran out since. */
export async function ticketsToTime(at: Date, limit: number): Promise<string[]> {
  const ids = (filter: object, sort: "createdAt" | "sla.dueAt") => tickets().find(filter, { projection: { _id: 1 } }).sort({ [sort]: 1 }).limit(limit).toArray();
  const [untimed, late] = await Promise.all([ids({ sla: null }, "createdAt"), ids({ "sla.dueAt": { $lt: at } }, "sla.dueAt")]);
  return [...new Set([...untimed, ...late].map((ticket) => ticket._id))];
}

/** Ids of the next tickets that are not over, in the order of ids; `after` is the last of the page before. */
export async function unsolvedAfter(after: string, limit: number): Promise<string[]> {
  const found = await tickets().find({ _id: { $gt: after }, status: { $in: ["new", "open", "pending", "on_hold"] } }, { projection: { _id: 1 } }).sort({ _id: 1 }).limit(limit).toArray();
  return found.map((ticket) => ticket._id);
}
