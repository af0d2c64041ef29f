import { system, visibleTo } from "../auth/policy.ts";
import type { ClientSession } from "../db.ts";
import type { EventRow } from "../events.ts";
import { doer } from "../auth/service.ts";
import { now } from "../clock.ts";
import { amend, find, store, tickets, workingFor } from "./repo.ts";
import { apply, onAssign, onNobodyFree, onUnassign, type Act } from "./rules.ts";
import type { Category, RoutingDecision, Ticket } from "./schema.ts";
import type { NewEvent } from "../events.ts";

const routing = system("routing");
const act = (): Act => ({ by: doer(routing), side: "system", at: now() });

/** Where a ticket belongs, as routing found; `queueName` is for the timeline. */
export type Placing = { category: Category; queueId: string | null; queueName: string | null; level: Ticket["level"] };

function placed(ticket: Ticket, { category, queueId, queueName, level }: Placing): { set: Partial<Ticket>; before: NewEvent[] } {
  const same = ticket.category.name === category.name && ticket.category.by === category.by && ticket.queueId === queueId;
  if (same) return { set: {}, before: [] };
  const forwarded: NewEvent[] = level === ticket.level ? [] : [{ type: "ticket/escalated", why: `Tickets of ${queueName ?? "this queue"} are forwarded.`, data: { from: ticket.level, to: level } }];
  return { set: { category, queueId, level }, before: [{ type: "ticket/categorised", why: category.why, data: { from: ticket.category.name, to: category.name, queue: queueName } }, ...forwarded] };
}

/** The waiting ticket as it is now in this transaction; null when somebody took it meanwhile. */
export async function stillWaiting(id: string, session: ClientSession): Promise<Ticket | null> {
  return tickets(session).findOne({ _id: id, "routing.state": "waiting" }, { session });
}

/** Gives a waiting ticket to an agent inside routing's transaction. Answers its rows, to be announced after the commit; throws TicketMoved, which must end it, when the ticket is not as it was read. */
export async function assignWaiting(ticket: Ticket, placing: Placing, to: { id: string; name: string }, decision: RoutingDecision, session: ClientSession): Promise<EventRow[]> {
  const { set, before } = placed(ticket, placing);
  const change = onAssign(ticket, to, act(), { why: decision.why, before, set: { ...set, routing: { state: "settled", since: ticket.routing.since, escalatedForLack: false, decision } } });
  if (ticket.routing.escalatedForLack) change.happened.unshift({ type: "ticket/escalated", why: "Somebody of the queue became free.", data: { from: "manager", to: "l1" } });
  const saved = apply(ticket, change, act());
  await store(ticket, saved, session);
  return saved.rows;
}

/** Keeps the decision with a ticket that nobody could take; by the decision's outcome a manager gets it meanwhile. */
export async function keepWaiting(waiting: Ticket, placing: Placing, decision: RoutingDecision, manager: { id: string; name: string } | null): Promise<void> {
  await amend(visibleTo(routing), waiting, act(), (ticket) => {
    if (ticket.routing.state !== "waiting") return { set: {}, happened: [] };
    return onNobodyFree(ticket, placed(ticket, placing), decision, manager);
  });
}

/** Sends a gone owner's ticket back to its queue. */
export async function returnToQueue(id: string, ownerId: string, why: string): Promise<void> {
  const before = await find(visibleTo(routing), id);
  await amend(visibleTo(routing), before, act(), (ticket) => (ticket.assigneeId === ownerId ? onUnassign(ticket, act(), why) : { set: {}, happened: [] }));
}

/** Ids of the tickets that an owner is working on. */
export async function workOf(ownerId: string): Promise<string[]> {
  const found = await tickets().find({ assigneeId: ownerId, status: { $in: ["new", "open"] } }, { projection: { _id: 1 } }).sort({ updatedAt: -1, _id: -1 }).limit(500).toArray();
  return found.map((ticket) => ticket._id);
}

export { workingFor };
