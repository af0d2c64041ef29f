import type { DeskSettings, Person, Queue } from "../../lib/auth/schema.ts";
import { day } from "../../lib/clock.ts";
import type { History } from "../../lib/tickets/restore.ts";
import type { Ticket } from "../../lib/tickets/schema.ts";
import { customersAt } from "./customers.ts";
import { lifeOf, type Life } from "./life.ts";
import type { DemoFile } from "./papers.ts";
import { plansAt } from "./plan.ts";
import { queuesAt, settingsOfDemo, staffAt } from "./staff.ts";
import { turnsFrom } from "./turns.ts";

/** How far somebody has read a ticket. */
export type ReadUpTo = { person: Person; ticketId: string; seq: number };

export type Demo = { people: Person[]; queues: Queue[]; settings: DeskSettings; histories: History[]; files: DemoFile[]; reads: ReadUpTo[] };

/**
 * The demo company as it stands at `anchor`: the same for the same anchor, apart from ids. The tickets get
 * numbers from `firstNumber` on, in the order of the histories.
 */
export function demoAt(anchor: Date, firstNumber: number): Demo {
  const staff = staffAt(anchor);
  const queues = queuesAt(anchor, staff);
  const plans = plansAt(anchor);
  const customers = customersAt(anchor);
  const manager = staff.find((person) => person.roles.includes("manager"));
  if (!manager) throw new Error("the demo has a manager");
  const start = new Date(anchor.getTime() - 30 * day);
  const cast = { customers, engineers: staff.filter((person) => person.roles.includes("engineer")), manager, turns: turnsFrom(queues, staff, start) };

  const lives = new Map<(typeof plans)[number], Life>();
  for (const plan of plans.toSorted((a, b) => a.pace.routedAt.getTime() - b.pace.routedAt.getTime())) {
    lives.set(plan, lifeOf(plan, cast, firstNumber + plans.indexOf(plan), (plan.follows && lives.get(plan.follows)?.ticket) ?? null));
  }
  const inOrder = plans.flatMap((plan) => lives.get(plan) ?? []);
  return { people: [...staff, ...customers.map((person) => madeBy(person, inOrder))], queues, settings: settingsOfDemo, histories: inOrder.map((life) => life.history), files: inOrder.flatMap((life) => life.files), reads: inOrder.flatMap((life) => readsOf(life, staff, manager, anchor)) };
}

/** A visitor's record is made by their first ticket. */
function madeBy(person: Person, lives: readonly Life[]): Person {
  const first = lives.find(({ ticket }) => ticket.requester.id === person._id);
  return person.verifiedAt === null && first ? { ...person, createdAt: first.ticket.createdAt, availability: { state: "away", since: first.ticket.createdAt, seenAt: first.ticket.createdAt } } : person;
}

const sees = (person: Person, ticket: Ticket) => person.roles.includes("manager") || ticket.sight.includes(`staff:${person._id}`) || (person.roles.includes("engineer") && ticket.sight.includes("engineering"));

/** Who wrote has read, if they still see it; who solved it needn't look again; the manager has read all but the newest day. */
function readsOf({ ticket, seen }: Life, staff: readonly Person[], manager: Person, anchor: Date): ReadUpTo[] {
  const over = (of: Ticket) => of.status === "resolved" || of.status === "closed";
  const old = anchor.getTime() - ticket.updatedAt.getTime() > day;
  return staff.filter((person) => sees(person, ticket)).flatMap((person) => {
    const did = seen.get(person._id) ?? null;
    const all = (did !== null && over(ticket)) || (person === manager && old);
    if (did === null && !all) return [];
    return [{ person, ticketId: ticket._id, seq: all ? ticket.seq : (did ?? 0) }];
  });
}
