import { system, visibleTo } from "../auth/policy.ts";
import type { Actor } from "../auth/service.ts";
import { channels } from "../channels.ts";
import type { Filter } from "../db.ts";
import { rowsOf, rowsOfEach, type EventRow } from "../events.ts";
import { publish } from "../realtime.ts";
import { find, tickets } from "./repo.ts";
import type { Ticket, TicketSla } from "./schema.ts";

/**
 * Keeps what the room of service levels computed, and tells pages that show the ticket. A computation from fewer rows,
 * or one from as many that began earlier, never replaces a newer one; answers whether it was kept. No event row: what
 * follows from rows is none itself.
 */
export async function noteClocks({ _id, assigneeId, version }: Ticket, sla: TicketSla): Promise<boolean> {
  const { modifiedCount } = await tickets().updateOne(unlessNewer(_id, sla), { $set: { sla } });
  if (modifiedCount === 0) return false;
  const payload = { id: _id, seq: sla.seq, version, timed: sla.at.getTime() };
  await publish([channels.ticketStaff(_id), channels.desk, ...(assigneeId === null ? [] : [channels.person(assigneeId)])].map((channel) => ({ channel, event: "ticket.update", payload })));
  return true;
}

const unlessNewer = (_id: string, sla: TicketSla): Filter<Ticket> => ({ _id, $or: [{ sla: null }, { "sla.seq": { $lt: sla.seq } }, { "sla.seq": sla.seq, "sla.at": { $lte: sla.at } }] }) as Filter<Ticket>;

/** As `noteClocks`, for many tickets in one write; no page is told, as all change at once. */
export async function noteClocksOfMany(computed: readonly { id: string; sla: TicketSla }[]): Promise<void> {
  if (computed.length > 0) await tickets().bulkWrite(computed.map(({ id, sla }) => ({ updateOne: { filter: unlessNewer(id, sla), update: { $set: { sla } } } })), { ordered: false });
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

/** The next unsolved tickets with their rows, in the order of ids; `after` is the last of the page before. */
export async function unsolvedLivesAfter(after: string, limit: number): Promise<{ ticket: Ticket; rows: EventRow[] }[]> {
  const found = await tickets().find({ _id: { $gt: after }, status: { $in: ["new", "open", "pending", "on_hold"] } }, { projection: { terms: 0, routing: 0, sight: 0 } }).sort({ _id: 1 }).limit(limit).toArray();
  const rows = await rowsOfEach(found.map((ticket) => ticket._id));
  return found.map((ticket) => ({ ticket: ticket as Ticket, rows: rows.get(ticket._id) ?? [] }));
}
