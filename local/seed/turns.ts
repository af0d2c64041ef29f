import type { Person, Queue } from "../../lib/auth/schema.ts";
import { byKeywords, queueOf, whenNobodyIsFree, whoseTurn, type Contender } from "../../lib/routing/rules.ts";
import type { NewEvent } from "../../lib/events.ts";
import { onAssign, onNobodyFree, workingStatuses, type Act, type Change } from "../../lib/tickets/rules.ts";
import type { Category, RoutingDecision, Ticket } from "../../lib/tickets/schema.ts";

/** What a ticket was at a moment of its life; the newest entry says what it is now. */
export type Stretch = { at: Date; status: Ticket["status"]; assigneeId: string | null };

/** Routing as it would have run: whose turn it was, how much each had to do, by routing's own rules. */
export type Turns = { queues: readonly Queue[]; people: readonly Person[]; last: Map<string, Date>; lives: Stretch[][] };

/** Turns before anything was assigned. Each agent had theirs at another moment, so that no order hangs on random ids. */
export function turnsFrom(queues: readonly Queue[], people: readonly Person[], before: Date): Turns {
  const agents = people.filter((person) => person.roles.includes("agent"));
  return { queues, people, last: new Map(agents.map((agent, index) => [agent._id, new Date(before.getTime() - (agents.length - index) * 60_000)])), lives: [] };
}

function openAt(turns: Turns, agentId: string, at: Date): number {
  return turns.lives.filter((life) => {
    const then = life.findLast((stretch) => stretch.at <= at);
    return then !== undefined && then.assigneeId === agentId && workingStatuses.includes(then.status);
  }).length;
}

export type Placed = { category: Category; queue: Queue };

/** The category as routing would find it, or the one that the customer chose, and its queue. */
export function placedBy(turns: Turns, category: Category, subject: string, body: string): Placed {
  const found = category.by === "default" ? byKeywords(subject, body, turns.queues) : category;
  const queue = queueOf(found.name, turns.queues);
  if (!queue) throw new Error("the demo has queues");
  return { category: found, queue };
}

/** Whose turn it is in a queue, and why; `absent` says who can't take anything and why. The turn is taken. */
export function takeTurn(turns: Turns, queue: Queue, at: Date, absent: ReadonlyMap<string, string>): { decision: RoutingDecision; chosen: Contender | null } {
  const contenders = turns.people.filter((person) => queue.memberIds.includes(person._id)).map((person): Contender => {
    const unable = absent.get(person._id) ?? null;
    return { id: person._id, name: person.name, capacity: person.capacity, unable, open: unable === null ? openAt(turns, person._id, at) : null, lastAssignedAt: turns.last.get(person._id) ?? null, turnVersion: 0 };
  });
  const { chosen, decision } = whoseTurn(contenders, queue.name, at);
  if (chosen) turns.last.set(chosen.id, at);
  return { decision, chosen };
}

/** The decision when nobody of the queue was there: the manager looks after it meanwhile. */
export function nobodyThere(turns: Turns, queue: Queue, at: Date, manager: Person): RoutingDecision {
  const absent = new Map(queue.memberIds.map((id) => [id, "is offline"]));
  const { decision } = takeTurn(turns, queue, at, absent);
  return whenNobodyIsFree({ routing: { state: "waiting", since: at, escalatedForLack: false, decision: null }, level: "l1" }, decision, queue.waitMinutes, manager.name, at);
}

function placing(ticket: Ticket, { category, queue }: Placed): { set: Partial<Ticket>; before: NewEvent[] } {
  if (ticket.queueId === queue._id) return { set: {}, before: [] };
  return { set: { category, queueId: queue._id }, before: [{ type: "ticket/categorised", why: category.why, data: { from: ticket.category.name, to: category.name, queue: queue.name } }] };
}

/** Routing gives a ticket to whose turn it was, as `assignWaiting` of the tickets' room writes it. */
export function givenTo(ticket: Ticket, placed: Placed, chosen: Contender, decision: RoutingDecision, act: Act): Change {
  const { set, before } = placing(ticket, placed);
  const change = onAssign(ticket, chosen, act, { why: decision.why, before, set: { ...set, routing: { state: "settled", since: ticket.routing.since, escalatedForLack: false, decision } } });
  if (ticket.routing.escalatedForLack) change.happened.unshift({ type: "ticket/escalated", why: "Somebody of the queue became free.", data: { from: "manager", to: "l1" } });
  return change;
}

/** Routing calls the manager, as `keepWaiting` of the tickets' room writes it. */
export function heldByManager(ticket: Ticket, placed: Placed, decision: RoutingDecision, manager: Person): Change {
  return onNobodyFree(ticket, placing(ticket, placed), decision, { id: manager._id, name: manager.name });
}
