// Routing: category, queue, whose turn, when to call a manager.
// Promises: a ticket has one owner; nobody gets more than their capacity from here; equal agents get equally
// many; a ticket that nobody can take is with a manager, and comes back when somebody is free; every decision
// is kept with its ticket, with who was considered and why each was passed over.
import { allQueues, freeToTake, gone, managersOnDuty } from "../auth/service.ts";
import type { Queue } from "../auth/schema.ts";
import { now } from "../clock.ts";
import { transaction } from "../db.ts";
import { announce, type EventRow } from "../events.ts";
import { newId } from "../ids.ts";
import { assignWaiting, keepWaiting, openingWords, returnToQueue, stillWaiting, TicketMoved, waitingTickets, workingFor, workingOwners, workOf, type Placing } from "../tickets/service.ts";
import type { RoutingDecision, Ticket } from "../tickets/schema.ts";
import { claimSeat, dropLease, seatsOf, takeLease } from "./repo.ts";
import { byKeywords, queueOf, saysTheSame, whenNobodyIsFree, whoseTurn, type Contender } from "./rules.ts";

const perRun = 100;
const mostRuns = 20;
const me = newId();
let running: Promise<number> | null = null;
let again = false;

/**
 * Takes waiting tickets, oldest first, 100 a run, one short transaction each. One run at a time over all
 * processes; asked again meanwhile, it runs once more. Answers how many were assigned.
 */
export async function routeWaiting(): Promise<number> {
  again = running !== null;
  running ??= runs().finally(() => {
    running = null;
  });
  return running;
}

async function runs(): Promise<number> {
  let assigned = 0;
  for (let run = 0; run < mostRuns; run += 1) {
    again = false;
    assigned += await drain();
    if (!again) break;
  }
  return assigned;
}

async function drain(): Promise<number> {
  if (!(await takeLease(me))) return 0;
  let assigned = 0;
  try {
    const roster = await rosterOf(await allQueues());
    let last: Ticket | null = null;
    do {
      const page: Ticket[] = await waitingTickets(perRun, last, [...roster.full]);
      last = page.length === perRun ? (page.at(-1) ?? null) : null;
      assigned += await routeEach(page, roster);
    } while (last && assigned < perRun && (await takeLease(me)));
    again ||= last !== null;
  } finally {
    await dropLease(me);
  }
  return assigned;
}

/** Announcing twenty rows at a time costs little more than one, and keeps agents from waiting for the whole run. */
const rowsTold = 20;

async function routeEach(page: readonly Ticket[], roster: Roster): Promise<number> {
  let assigned = 0;
  let rows: EventRow[] = [];
  for (const ticket of page) {
    const made = await routeOne(ticket, roster);
    if (made.length > 0) assigned += 1;
    rows.push(...made);
    if (rows.length < rowsTold) continue;
    announce(rows);
    rows = [];
  }
  announce(rows);
  return assigned;
}

/** `full`: queues in which nobody is free, as far as this run knows. */
type Roster = { queues: readonly Queue[]; people: Map<string, Contender>; full: Set<string>; managers: { id: string; name: string }[] };

/** Everybody who may be given a ticket in this run, with their turns. What is counted or claimed in the run is kept up in it. */
async function rosterOf(queues: readonly Queue[]): Promise<Roster> {
  const [members, managers] = await Promise.all([freeToTake(queues.flatMap((queue) => queue.memberIds)), managersOnDuty()]);
  const seats = await seatsOf(members.filter(({ unable }) => unable === null).map((person) => person.id));
  const people = new Map(members.map((person): [string, Contender] => [person.id, { ...person, open: null, lastAssignedAt: seats.get(person.id)?.lastAssignedAt ?? null, turnVersion: seats.get(person.id)?.turnVersion ?? 0 }]));
  const full = queues.filter((queue) => !queue.memberIds.some((id) => people.get(id)?.unable === null));
  return { queues, people, full: new Set(full.map((queue) => queue._id)), managers };
}

async function routeOne(ticket: Ticket, roster: Roster): Promise<EventRow[]> {
  const placing = await place(ticket, roster.queues);
  const queue = roster.queues.find((each) => each._id === placing.queueId) ?? null;
  const members = (queue?.memberIds ?? []).flatMap((id) => roster.people.get(id) ?? []);
  for (;;) {
    const { chosen, decision } = whoseTurn(members, queue?.name ?? "The desk", now());
    if (!chosen) {
      if (queue) roster.full.add(queue._id);
      await callForSomebody(ticket, placing, queue, decision, roster);
      return [];
    }
    const outcome = await claim(ticket, placing, chosen, decision);
    if (outcome === "gone") return [];
    if (outcome !== "again") return outcome;
  }
}

/**
 * One transaction: counts the agent's tickets, takes their turn if nobody did meanwhile, assigns. "again" when
 * the agent turned out to be full or their turn was taken (the roster knows it now), "gone" when the ticket
 * waits no more.
 */
async function claim(ticket: Ticket, placing: Placing, chosen: Contender, decision: RoutingDecision): Promise<EventRow[] | "again" | "gone"> {
  const at = decision.at;
  const outcome = await transaction(async (session): Promise<EventRow[] | "again" | "gone"> => {
    const open = await workingFor(chosen.id, session);
    chosen.open = open;
    if (open >= chosen.capacity) return "again";
    const newest = await stillWaiting(ticket._id, session);
    if (!newest) return "gone";
    if (!(await claimSeat(chosen.id, chosen.turnVersion, at, session))) return "again";
    const kept = { ...decision, considered: decision.considered.map((each) => (each.id === chosen.id ? { ...each, open } : each)) };
    return assignWaiting(newest, placing, chosen, kept, session);
  }).catch((error: unknown) => {
    if (error instanceof TicketMoved) return "again" as const;
    throw error;
  });
  if (Array.isArray(outcome)) Object.assign(chosen, { lastAssignedAt: at, turnVersion: chosen.turnVersion + 1, open: (chosen.open ?? 0) + 1 });
  else if (outcome === "again" && (chosen.open ?? 0) < chosen.capacity) await lookAgain(chosen);
  return outcome;
}

async function lookAgain(chosen: Contender): Promise<void> {
  const seat = (await seatsOf([chosen.id])).get(chosen.id);
  if (seat) Object.assign(chosen, { lastAssignedAt: seat.lastAssignedAt, turnVersion: seat.turnVersion });
}

async function place(ticket: Ticket, queues: readonly Queue[]): Promise<Placing> {
  const looked = ticket.category.by === "default" && ticket.queueId === null;
  const category = looked ? byKeywords(ticket.subject, await openingWords(ticket._id), queues) : ticket.category;
  const queue = queues.find((each) => each._id === ticket.queueId) ?? queueOf(category.name, queues);
  const forwarded = queue?.escalateTo === "engineering" && ticket.queueId === null;
  return { category, queueId: queue?._id ?? null, queueName: queue?.name ?? null, level: forwarded ? "engineering" : ticket.level };
}

/** Nobody is free: the ticket waits, or a manager gets it meanwhile. The decision is kept when it says something new. */
async function callForSomebody(ticket: Ticket, placing: Placing, queue: Queue | null, decision: RoutingDecision, roster: Roster): Promise<void> {
  const manager = roster.managers.find((each) => each.id === queue?.managerId) ?? roster.managers[0] ?? null;
  const fresh = whenNobodyIsFree(ticket, decision, queue?.waitMinutes ?? 0, manager?.name ?? null, now());
  if (saysTheSame(ticket.routing.decision, fresh) && ticket.queueId === placing.queueId) return;
  await keepWaiting(ticket, placing, fresh, manager);
}

/** Returns the tickets of owners who are gone (deactivated, or offline past the grace) to their queues. Answers how many. */
export async function returnFromTheGone(): Promise<number> {
  let returned = 0;
  for (const owner of await gone(await workingOwners())) {
    for (const id of await workOf(owner.id)) {
      await returnToQueue(id, owner.id, owner.why);
      returned += 1;
    }
  }
  return returned;
}
