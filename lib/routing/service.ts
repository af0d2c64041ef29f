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
import { assignWaiting, keepWaiting, letterOfOpening, returnToQueue, stillWaiting, waitingTickets, workingFor, workingOwners, workOf, type Placing } from "../tickets/service.ts";
import type { Ticket } from "../tickets/schema.ts";
import { claimSeat, dropLease, seatsOf, takeLease } from "./repo.ts";
import { byKeywords, queueOf, saysTheSame, whenNobodyIsFree, whoseTurn, type Contender } from "./rules.ts";

const perRun = 100;
const mostTries = 8;
const me = newId();
let running: Promise<number> | null = null;
let again = false;

/**
 * Takes waiting tickets, oldest first, up to 100, one short transaction each. One run at a time over all
 * processes; asked again meanwhile, it runs once more. Answers how many were assigned.
 */
export async function routeWaiting(): Promise<number> {
  if (running) {
    again = true;
    return running;
  }
  running = drain();
  try {
    return await running;
  } finally {
    running = null;
    if (again) {
      again = false;
      void routeWaiting();
    }
  }
}

async function drain(): Promise<number> {
  if (!(await takeLease(me))) return 0;
  let assigned = 0;
  try {
    const waiting = await waitingTickets(perRun);
    if (waiting.length === 0) return 0;
    const queues = await allQueues();
    const full = new Set<string>();
    let rows: EventRow[] = [];
    for (const ticket of waiting) {
      const made = await routeOne(ticket, queues, full);
      assigned += made.length > 0 ? 1 : 0;
      rows = rows.concat(made);
      if (rows.length >= 20) rows = await told(rows);
    }
    await told(rows);
    again ||= waiting.length === perRun && assigned > 0;
  } finally {
    await dropLease(me);
  }
  return assigned;
}

async function told(rows: EventRow[]): Promise<EventRow[]> {
  await announce(rows);
  await takeLease(me);
  return [];
}

/** `full` remembers queues in which nobody was free in this run, so that a long line costs little. */
async function routeOne(ticket: Ticket, queues: readonly Queue[], full: Set<string>): Promise<EventRow[]> {
  const placing = await place(ticket, queues);
  const queue = queues.find((each) => each._id === placing.queueId) ?? null;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const crowd = await contenders(queue, full);
    const { chosen, decision } = whoseTurn(crowd, queue?.name ?? "the desk", now());
    if (!chosen) {
      if (queue) full.add(queue._id);
      await callFor(ticket, placing, queue, decision);
      return [];
    }
    const rows = await claim(ticket, placing, chosen, decision);
    if (rows !== "again") return rows;
  }
  return [];
}

async function place(ticket: Ticket, queues: readonly Queue[]): Promise<Placing> {
  const looked = ticket.category.by === "default" && ticket.queueId === null;
  const category = looked ? byKeywords(ticket.subject, await letterOfOpening(ticket._id), queues) : ticket.category;
  const queue = ticket.queueId === null ? queueOf(category.name, queues) : (queues.find((each) => each._id === ticket.queueId) ?? queueOf(category.name, queues));
  const forwarded = queue?.escalateTo === "engineering" && ticket.queueId === null;
  return { category, queueId: queue?._id ?? null, queueName: queue?.name ?? null, level: forwarded ? "engineering" : ticket.level };
}

async function contenders(queue: Queue | null, full: ReadonlySet<string>): Promise<Contender[]> {
  if (!queue || full.has(queue._id)) return [];
  const people = await freeToTake(queue.memberIds);
  const seats = await seatsOf(people.map((person) => person.id));
  return people.map((person) => ({ ...person, open: open.get(person.id) ?? 0, lastAssignedAt: seats.get(person.id)?.lastAssignedAt ?? null, turnVersion: seats.get(person.id)?.turnVersion ?? 0 }));
}
