import { doer, system } from "../../lib/auth/policy.ts";
import type { Person, Queue } from "../../lib/auth/schema.ts";
import { day, hour } from "../../lib/clock.ts";
import type { History } from "../../lib/tickets/restore.ts";
import { onAssign, onClose, onReply, type Act } from "../../lib/tickets/rules.ts";
import type { Priority, Status } from "../../lib/tickets/schema.ts";
import { randomFrom, type Random } from "./random.ts";
import { matters, sentences } from "./sentences.ts";

type Of = { people: readonly Person[]; queues: readonly Queue[]; anchor: Date };

const spreadOver = 365 * day;
/** A life takes at most this long before it is closed, a week after it was resolved. */
const longestLife = 8 * hour;
const weekInSeconds = 7 * 24 * 3600;
/** Most tickets of a desk that has run for a year are closed; these shares are of a hundred. */
const ends: readonly [Status, number][] = [["new", 2], ["open", 5], ["pending", 4], ["on_hold", 2], ["resolved", 9], ["closed", 78]];
const priorities: readonly Priority[] = ["low", "normal", "normal", "normal", "normal", "high", "high", "urgent"];

/**
 * Histories for benches, one after another and oldest first, so that 100,000 need no more memory than one: three
 * messages on average, about 1.4 KB of words a ticket, spread over the year before `anchor`. The same for the same
 * arguments, apart from ids. `people` are customers and agents; every queue needs an agent among its members.
 * Write them in portions: `restore([...portion])`.
 */
export function* manyHistories(count: number, of: Of): Generator<History, void, undefined> {
  const customers = of.people.filter((person) => person.roles.includes("customer"));
  const members = new Map(of.queues.map((queue) => [queue, of.people.filter((person) => queue.memberIds.includes(person._id))]));
  if (customers.length === 0 || [...members.values()].some((agents) => agents.length === 0)) throw new Error("many histories need customers, and agents in every queue");
  for (let index = 0; index < count; index += 1) {
    const draw = randomFrom(`many/${index}`);
    const age = longestLife + spreadOver * (1 - (index + draw.next()) / count);
    const queue = draw.pick(of.queues);
    yield oneOf({ draw, at: new Date(of.anchor.getTime() - age), mayBeClosed: age > 8 * day, queue, agent: draw.pick(members.get(queue) ?? []), customer: draw.pick(customers) });
  }
}

function oneOf({ draw, at, mayBeClosed, queue, agent, customer }: { draw: Random; at: Date; mayBeClosed: boolean; queue: Queue; agent: Person; customer: Person }): History {
  let time = at.getTime();
  const later = (least: number, most: number) => new Date((time += draw.between(least, most) * 1000));
  const asked: Act = { by: { kind: "person", id: customer._id, name: customer.name }, side: "customer", at };
  const routing: Act = { by: doer(system("routing")), side: "system", at: later(1, 2) };
  const why = `${agent.name}'s turn in ${queue.name}: free, and the longest without a new ticket.`;
  const word = draw.pick(queue.keywords.length > 0 ? queue.keywords : [queue.category]);
  const category = { name: queue.category, confidence: 0.75, by: "keywords" as const, why: `The text says “${word}”.` };
  const decision = { at: routing.at, outcome: "assigned" as const, why, chosenId: agent._id, considered: [{ id: agent._id, name: agent.name, open: draw.between(0, 15), capacity: agent.capacity, passedOver: null }], passedOverMore: 0 };
  const acts: History["acts"] = [{
    act: routing,
    decide: (ticket) => onAssign(ticket, { id: agent._id, name: agent.name }, routing, {
      why,
      before: [{ type: "ticket/categorised", why: category.why, data: { from: ticket.category.name, to: category.name, queue: queue.name } }],
      set: { category, queueId: queue._id, routing: { state: "settled", since: ticket.routing.since, escalatedForLack: false, decision } },
    }),
  }];

  const drawn = endOf(draw);
  const end = drawn === "closed" && !mayBeClosed ? "resolved" : drawn;
  const say = (side: "customer" | "staff", status?: "open" | "pending" | "on_hold" | "resolved") => {
    const act: Act = side === "staff" ? { by: { kind: "person", id: agent._id, name: agent.name }, side, at: later(300, 2400) } : { ...asked, at: later(300, 2400) };
    const message = { body: wordsOf(draw, side === "staff" ? 6 : 5), visibility: "public" as const, once: null };
    acts.push({ act, decide: (ticket) => onReply(ticket, message, act, status) });
  };
  if (end !== "new") {
    const turns = draw.chance(0.15) ? 2 : draw.chance(0.3) ? 1 : 0;
    for (let turn = 0; turn < turns; turn += 1) {
      say("staff");
      say("customer");
    }
    say("staff", end === "closed" ? "resolved" : end);
  }
  if (end === "closed") {
    const closing: Act = { by: doer(system("auto-close")), side: "system", at: later(weekInSeconds, weekInSeconds + 60) };
    acts.push({ act: closing, decide: (ticket) => onClose(ticket, closing) });
  }
  return {
    opening: {
      subject: `${draw.pick(matters)}: ${word} ${draw.between(100, 99_999)}`, body: `${word[0]?.toUpperCase() ?? ""}${word.slice(1)}. ${wordsOf(draw, 8)}`,
      channel: draw.pick(["portal", "portal", "email", "api"] as const), requester: { id: customer._id, name: customer.name, email: customer.email }, visitor: null,
      category: { name: "general", confidence: 0, by: "default", why: "Nobody has looked at it yet." }, priority: draw.pick(priorities), tags: draw.chance(0.3) ? [queue.category] : [], follows: null,
    },
    openedBy: asked,
    acts,
  };
}

function endOf(draw: Random): Status {
  let left = draw.between(0, 99);
  return ends.find(([, share]) => (left -= share) < 0)?.[0] ?? "closed";
}

/** Some sentences, with a word in them that hardly any other ticket has: searches look for such. */
function wordsOf(draw: Random, count: number): string {
  const text = Array.from({ length: count }, () => draw.pick(sentences));
  return `${text.join(" ")} (${draw.pick(["ref", "case", "order", "node"])} ${draw.between(1, 0xfffffff).toString(36)})`;
}
