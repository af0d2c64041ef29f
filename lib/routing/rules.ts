import type { Queue } from "../auth/schema.ts";
import { minute } from "../clock.ts";
import type { Category, RoutingDecision, Ticket } from "../tickets/schema.ts";
import { termsOf } from "../tickets/rules.ts";

/** Below this confidence a ticket is `general`. */
export const confidenceFloor = 0.5;
const mostListed = 20;

/**
 * The category that the queues' keywords name: each keyword found once counts, one in the subject twice.
 * Confidence is the winner's share of all that was found, times how much was found at all (1 − 1/(1+hits)).
 */
export function byKeywords(subject: string, body: string, queues: readonly Queue[]): Category {
  const [title, text] = [phrase(subject), phrase(body)];
  const scored = queues.map((queue) => ({ queue, hits: queue.keywords.map((word) => ({ word, worth: (title.includes(phrase(word)) ? 2 : 0) + (text.includes(phrase(word)) ? 1 : 0) })).filter(({ worth }) => worth > 0) }));
  const worth = (hits: { worth: number }[]) => hits.reduce((sum, hit) => sum + hit.worth, 0);
  const total = scored.reduce((sum, { hits }) => sum + worth(hits), 0);
  const best = scored.toSorted((a, b) => worth(b.hits) - worth(a.hits) || a.queue.name.localeCompare(b.queue.name))[0];
  if (!best || total === 0) return { name: "general", confidence: 0, by: "default", why: "No queue's keyword is in the text." };
  const share = worth(best.hits) / total;
  const confidence = Math.round(share * (1 - 1 / (1 + worth(best.hits))) * 100) / 100;
  const words = best.hits.map(({ word }) => `“${word}”`).slice(0, 4).join(", ");
  if (confidence < confidenceFloor) return { name: "general", confidence, by: "keywords", why: `${words} ${best.hits.length === 1 ? "points" : "point"} to ${best.queue.category}, but not clearly enough.` };
  return { name: best.queue.category, confidence, by: "keywords", why: `The text says ${words}.` };
}

const phrase = (text: string) => ` ${termsOrdered(text).join(" ")} `;
const termsOrdered = (text: string) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).flatMap((word) => (word.length === 0 ? [] : termsOf(word).length > 0 ? termsOf(word) : [word]));

/** The queue of a category; a category without one goes to `general`'s queue, and if there is none, to the first queue. */
export function queueOf(category: string, queues: readonly Queue[]): Queue | null {
  return queues.find((queue) => queue.category === category) ?? queues.find((queue) => queue.category === "general") ?? queues[0] ?? null;
}

/** An agent as a turn looks at them: `unable` says why they can't take anything at all; `open` is null until it was counted. */
export type Contender = { id: string; name: string; capacity: number; open: number | null; lastAssignedAt: Date | null; turnVersion: number; unable: string | null };

const turnOrder = (a: Contender, b: Contender) => (a.lastAssignedAt?.getTime() ?? 0) - (b.lastAssignedAt?.getTime() ?? 0) || (a.id < b.id ? -1 : 1);

/**
 * Round robin: of the free, the one whose last assignment is oldest. Answers the decision with everybody who was
 * considered and why each was passed over (at most twenty are listed, the chosen first).
 */
export function whoseTurn(contenders: readonly Contender[], queueName: string, at: Date): { chosen: Contender | null; decision: RoutingDecision } {
  const why = (each: Contender) => each.unable ?? (each.open !== null && each.open >= each.capacity ? `has ${each.open} of ${each.capacity} tickets` : null);
  const free = contenders.filter((each) => why(each) === null).toSorted(turnOrder);
  const chosen = free[0] ?? null;
  const passed = contenders.filter((each) => each !== chosen).toSorted(turnOrder);
  const listed: RoutingDecision["considered"] = [...(chosen ? [chosen] : []), ...passed].slice(0, mostListed).map((each) => ({
    id: each.id, name: each.name, open: each.open, capacity: each.capacity, passedOver: each === chosen ? null : (why(each) ?? "had a ticket more recently"),
  }));
  const decision: RoutingDecision = {
    at, chosenId: chosen?.id ?? null, considered: listed, passedOverMore: contenders.length - listed.length,
    outcome: chosen ? "assigned" : "waiting",
    why: chosen ? `${chosen.name}'s turn in ${queueName}: free, and the longest without a new ticket.` : contenders.length === 0 ? `${queueName} has no members.` : `Nobody of ${queueName} is free.`,
  };
  return { chosen, decision };
}

/** What happens to a ticket that nobody can take: wait out the queue's minutes, then call a manager; a ticket already called for waits on. */
export function whenNobodyIsFree(ticket: Pick<Ticket, "routing" | "level">, decision: RoutingDecision, waitMinutes: number, managerName: string | null, at: Date): RoutingDecision {
  if (ticket.routing.escalatedForLack) return { ...decision, why: `${decision.why} ${managerName ?? "A manager"} looks after it meanwhile.` };
  const due = ticket.routing.since.getTime() + waitMinutes * minute;
  if (at.getTime() < due) return { ...decision, why: `${decision.why} A manager is called ${waitMinutes} minutes after it came in.` };
  return { ...decision, outcome: "escalated", why: `${decision.why} ${managerName ? `${managerName} looks` : "A manager looks"} after it until somebody is.` };
}

/** Whether a waiting ticket's kept decision says the same, so that nothing need be written. */
export const saysTheSame = (kept: RoutingDecision | null, fresh: RoutingDecision): boolean => kept !== null && kept.outcome !== "assigned" && (kept.why === fresh.why || fresh.outcome === "waiting") && kept.considered.map((each) => each.passedOver).join() === fresh.considered.map((each) => each.passedOver).join();
