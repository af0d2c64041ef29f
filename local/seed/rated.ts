import { hour, minute } from "../../lib/clock.ts";
import { onRate, type Act } from "../../lib/tickets/rules.ts";
import type { History } from "../../lib/tickets/restore.ts";
import { randomFrom } from "./random.ts";

/** Four of ten say how it was, most of them kindly, some with a word. */
const share = 0.4;
const scores = [1, 2, 2, 3, 3, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5];
const comments: Record<number, readonly string[]> = {
  1: ["Nobody told me what was going on for days.", "I had to explain it three times."],
  2: ["It works now, but it took far too long.", "The first answer did not fit my question."],
  3: ["Okay in the end."],
  4: ["Quick, thank you.", "Helpful, though I needed a second mail."],
  5: ["Fast and friendly. Thank you!", "Solved within the hour, perfect.", "Exactly what I needed."],
};

/** What the customer of a closed ticket said between its solution and its closing; null of those who said nothing. */
export function ratingBy(customer: Pick<Act, "by" | "side">, key: string, resolvedAt: Date): History["acts"][number] | null {
  const draw = randomFrom(`${key}/rating`);
  if (!draw.chance(share)) return null;
  const score = draw.pick(scores);
  const comment = draw.chance(0.45) ? draw.pick(comments[score] ?? []) : null;
  const act: Act = { ...customer, at: new Date(resolvedAt.getTime() + draw.between(4 * minute, 20 * hour)) };
  return { act, decide: (ticket) => onRate(ticket, { score, comment }, { asked: true }, act) };
}
