import { z } from "zod";
import type { TicketScope } from "../auth/policy.ts";
import { defineCollection, isDuplicate, transaction, writeTogether, type ClientSession, type Filter, type GuardedUpdate } from "../db.ts";
import { AppError, invalid, missing } from "../errors.ts";
import { announce, type EventRow } from "../events.ts";
import { inTurn } from "../in-turn.ts";
import { apply, type Act, type Change } from "./rules.ts";
import { Attachment, Message, ReadMark, Ticket } from "./schema.ts";

export const tickets = defineCollection({
  name: "tickets",
  room: "tickets",
  schema: Ticket,
  indexes: [
    { key: { number: 1 }, name: "number", unique: true },
    { key: { once: 1 }, name: "once", unique: true, partialFilterExpression: { once: { $type: "string" } } },
    { key: { updatedAt: -1, _id: -1 }, name: "updated" },
    { key: { createdAt: -1, _id: -1 }, name: "created" },
    { key: { status: 1, updatedAt: -1, _id: -1 }, name: "status_updated" },
    { key: { assigneeId: 1, status: 1, updatedAt: -1, _id: -1 }, name: "owner_status_updated" },
    { key: { queueId: 1, status: 1, updatedAt: -1, _id: -1 }, name: "queue_status_updated" },
    { key: { "requester.id": 1, updatedAt: -1, _id: -1 }, name: "requester_updated" },
    { key: { sight: 1, updatedAt: -1, _id: -1 }, name: "sight_updated" },
    { key: { sight: 1, status: 1 }, name: "sight_status" },
    { key: { priorityRank: 1, _id: 1 }, name: "priority" },
    { key: { level: 1, status: 1, updatedAt: -1, _id: -1 }, name: "escalated_status_updated", partialFilterExpression: { level: { $in: ["engineering", "manager"] } } },
    { key: { terms: 1, number: -1 }, name: "terms" },
    { key: { "routing.since": 1, _id: 1 }, name: "waiting", partialFilterExpression: { "routing.state": "waiting" } },
    { key: { "sla.dueAt": 1, _id: 1 }, name: "sla_due" },
    { key: { "sla.breached": 1, _id: 1 }, name: "sla_breached", partialFilterExpression: { "sla.breached": true } },
    { key: { "sla.actAt": 1 }, name: "sla_act" },
  ],
});

export const messages = defineCollection({
  name: "messages",
  room: "tickets",
  schema: Message,
  indexes: [
    { key: { ticketId: 1, seq: 1 }, name: "ticket_seq", unique: true },
    { key: { once: 1 }, name: "once", unique: true, partialFilterExpression: { once: { $type: "string" } } },
  ],
});

const unclaimed = { state: { $in: ["arriving", "waiting", "leaving"] } };
export const attachments = defineCollection({
  name: "attachments",
  room: "tickets",
  schema: Attachment,
  indexes: [
    { key: { owner: 1 }, name: "owner_unclaimed", partialFilterExpression: unclaimed },
    { key: { state: 1, at: 1 }, name: "state_unclaimed", partialFilterExpression: unclaimed },
  ],
});

export const reads = defineCollection({ name: "reads", room: "tickets", schema: ReadMark, indexes: [{ key: { ticketId: 1 }, name: "ticket" }] });

const Counter = z.object({ _id: z.string(), last: z.number().int() });
const counters = defineCollection({ name: "counters", room: "tickets", schema: Counter, indexes: [] });

/** The next ticket number; taken outside any transaction, so a failed opening leaves a gap and never a queue. */
export async function nextNumber(howMany = 1): Promise<number> {
  const counter = await counters().findOneAndUpdate({ _id: "ticket" }, { $inc: { last: howMany } }, { upsert: true, returnDocument: "after" });
  if (!counter) throw new Error("the counter of ticket numbers is gone");
  return 1000 + counter.last - howMany + 1;
}

const within = (scope: TicketScope, filter: Filter<Ticket>): Filter<Ticket> => ({ $and: [scope as unknown as Filter<Ticket>, filter] });

/** The ticket as it exists for this scope, or a 404. */
export async function find(scope: TicketScope, id: string, session?: ClientSession): Promise<Ticket> {
  const ticket = await tickets(session).findOne(within(scope, { _id: id }), session ? { session } : {});
  if (!ticket) throw missing("ticket");
  return ticket;
}

export type Saved = { ticket: Ticket; rows: EventRow[]; message: Message | null };

/** Stores a new ticket with its first message, its files and its row in one transaction; announcing is the caller's. */
export async function insert({ ticket, rows, message }: Saved): Promise<void> {
  await transaction(async (session) => {
    const whole = await writeTogether(session, claims(message), [{ collection: "tickets", documents: [ticket] }, ...around({ rows, message })]);
    if (!whole) throw invalid("attachmentIds", "a file of it went into another message meanwhile");
  });
}

/** A message takes its files, each of which must still wait for one. */
const claims = (message: Message | null): GuardedUpdate[] =>
  (message?.attachments ?? []).map(({ id }) => ({ collection: "attachments", guard: { _id: id, state: "waiting" }, update: { $set: { state: "claimed", ticketId: message?.ticketId, messageId: message?._id, at: message?.at } } }));

const around = ({ rows, message }: Pick<Saved, "rows" | "message">) => [
  ...(message ? [{ collection: "messages", documents: [message] }] : []),
  { collection: "events", documents: rows },
];

const mostTries = 20;
/** What follows for a ticket in the state it is in; asked anew when somebody was faster. */
type Decide = (ticket: Ticket) => Change | Promise<Change>;

/**
 * Decides on the newest state and stores what follows in one transaction, guarded by `seq`; when somebody was
 * faster, decides again. Announces after the commit. A change of nothing writes nothing. `ifMatch` is the
 * version the writer saw: a stale one is a conflict, whatever the change. `found` is the ticket as the caller
 * has just read it through the same scope.
 */
export const amend = (scope: TicketScope, found: Ticket, act: Act, decide: Decide, ifMatch: number | null = null): Promise<Saved> =>
  inTurn(found._id, () => amended(scope, found, act, decide, ifMatch));

async function amended(scope: TicketScope, found: Ticket, act: Act, decide: Decide, ifMatch: number | null): Promise<Saved> {
  let before = found;
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (ifMatch !== null && ifMatch !== before.version) throw new AppError("conflict", `This ticket is at version ${before.version} now; you saw ${ifMatch}. Please look again.`);
    const change = await decide(before);
    if (Object.keys(change.set).length === 0 && change.happened.length === 0) return { ticket: before, rows: [], message: null };
    const saved = apply(before, change, act);
    if (await stored(before, saved)) {
      announce(saved.rows);
      return saved;
    }
    before = await find(scope, found._id);
  }
  throw new AppError("conflict", "Too many changes to this ticket at once. Please try again.", { retryAfterSeconds: 1 });
}

/** The ticket (or a file for it) changed since it was read: ends the transaction without a trace. */
export class TicketMoved extends Error {}

async function stored(before: Ticket, saved: Saved): Promise<boolean> {
  try {
    await transaction((session) => store(before, saved, session));
    return true;
  } catch (error) {
    if (error instanceof TicketMoved) return false;
    throw error;
  }
}

/** Stores a decided change inside a transaction, all in one command. Throws TicketMoved, which must end it, when the ticket is not as it was read. */
export async function store(before: Ticket, { ticket, rows, message }: Saved, session: ClientSession): Promise<void> {
  const changed = Object.fromEntries(Object.entries(ticket).filter(([field, value]) => value !== before[field as keyof Ticket]));
  const update = { collection: "tickets", guard: { _id: before._id, seq: before.seq }, update: { $set: changed } };
  if (!(await writeTogether(session, [update, ...claims(message)], around({ rows, message })))) throw new TicketMoved();
}

export const ticketOnce = (once: string) => tickets().findOne({ once });
export const messageOnce = (once: string) => messages().findOne({ once });
export { isDuplicate };

/** Messages of a ticket after `seq` in order; `publicOnly` leaves those that a customer may read. */
export function messagesOf(ticketId: string, { after, publicOnly }: { after: number; publicOnly: boolean }): Promise<Message[]> {
  const filter: Filter<Message> = publicOnly ? { ticketId, visibility: "public", publicSeq: { $gt: after } } : { ticketId, seq: { $gt: after } };
  return messages().find(filter).sort({ seq: 1 }).limit(1000).toArray();
}

/** How far this person has read each of these tickets. */
export async function readMarks(personId: string, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const found = await reads().find({ _id: { $in: ids.map((id) => `${personId}:${id}`) } }).toArray();
  return new Map(found.map((mark) => [mark.ticketId, mark.seq]));
}

/** Moves a read mark forward, never back. */
export async function markRead(personId: string, ticketId: string, seq: number, at: Date): Promise<void> {
  await reads().updateOne({ _id: `${personId}:${ticketId}` }, { $max: { seq }, $set: { at }, $setOnInsert: { personId, ticketId } }, { upsert: true });
}

/**
 * Tickets that wait for routing, oldest first, after a place in that line. Of the queues in which nobody is free,
 * those that a manager looks after already are left out.
 */
export function waitingTickets(limit: number, after: Ticket | null, fullQueues: readonly string[]): Promise<Ticket[]> {
  const later: Filter<Ticket> = after ? { $or: [{ "routing.since": { $gt: after.routing.since } }, { "routing.since": after.routing.since, _id: { $gt: after._id } }] } : {};
  const open: Filter<Ticket> = fullQueues.length > 0 ? { $nor: [{ queueId: { $in: [...fullQueues] }, "routing.escalatedForLack": true }] } : {};
  return tickets().find({ "routing.state": "waiting", ...(after ? { "routing.since": { $gte: after.routing.since } } : {}), ...open, ...later }).sort({ "routing.since": 1, _id: 1 }).limit(limit).toArray();
}

/** How many tickets of this owner count against their capacity; by the index alone. */
export const workingFor = (assigneeId: string, session: ClientSession): Promise<number> => tickets(session).countDocuments({ assigneeId, status: { $in: ["new", "open"] } }, { session });

/** The words with which a ticket was opened. */
export const openingWords = async (ticketId: string): Promise<string> => (await messages().findOne({ ticketId, seq: 1 }, { projection: { body: 1 } }))?.body ?? "";

/** Owners of tickets that are being worked on. */
export const workingOwners = (): Promise<string[]> => tickets().distinct("assigneeId", { assigneeId: { $ne: null }, status: { $in: ["new", "open"] } }) as Promise<string[]>;

/** Writes whole histories in bulk, as `restore` makes them. */
export async function insertHistories(histories: Saved[], threads: Message[]): Promise<void> {
  await tickets().insertMany(histories.map((each) => each.ticket), { ordered: false });
  await messages().insertMany(threads, { ordered: false });
}
