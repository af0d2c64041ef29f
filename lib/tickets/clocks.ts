import { system, visibleTo } from "../auth/policy.ts";
import type { Actor } from "../auth/service.ts";
import { channels } from "../channels.ts";
import type { Filter } from "../db.ts";
import { rowsOfEach } from "../events.ts";
import { publish } from "../realtime.ts";
import type { Life } from "./automatic.ts";
import { find, tickets } from "./repo.ts";
import type { Status, Ticket, TicketSla } from "./schema.ts";

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
export async function lifeOf(id: string, actor: Actor = system("sla")): Promise<Life> {
  const ticket = await find(visibleTo(actor), id);
  return { ticket, rows: (await rowsOfEach([id])).get(id) ?? [] };
}

/** Tickets on which the desk should have acted by then, the longest due first. */
export const livesDue = async (by: Date, limit: number): Promise<Life[]> => withRows(await inOrder({ $lte: by }, limit));

/** Tickets whose clocks were never computed, or not since there are acts. */
export const livesUntimed = async (limit: number): Promise<Life[]> => withRows(await inOrder({ $eq: null }, limit));

const inOrder = (actAt: object, limit: number) => tickets().find({ "sla.actAt": actAt } as Filter<Ticket>).sort({ "sla.actAt": 1 }).limit(limit).toArray();

/** When the desk acts next on any ticket, after a moment and before another; null when it does not. */
export async function nextActAt(after: Date, before: Date): Promise<Date | null> {
  const [next] = await tickets().find({ "sla.actAt": { $gt: after, $lt: before } } as Filter<Ticket>, { projection: { sla: 1 } }).sort({ "sla.actAt": 1 }).limit(1).toArray();
  return next?.sla?.actAt ?? null;
}

/** The next tickets in one of these statuses with their rows, in the order of ids; `after` is the last of the page before. */
export async function livesAfter(after: string, statuses: readonly Status[], limit: number): Promise<Life[]> {
  return withRows((await tickets().find({ _id: { $gt: after }, status: { $in: [...statuses] } }, { projection: { terms: 0, routing: 0, sight: 0 } }).sort({ _id: 1 }).limit(limit).toArray()) as Ticket[]);
}

async function withRows(found: readonly Ticket[]): Promise<Life[]> {
  if (found.length === 0) return [];
  const rows = await rowsOfEach(found.map((ticket) => ticket._id));
  return found.map((ticket) => ({ ticket, rows: rows.get(ticket._id) ?? [] }));
}
