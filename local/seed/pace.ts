import { hour, minute } from "../../lib/clock.ts";
import { momentOf, officeTime, sinceOpening } from "./office.ts";
import type { Random } from "./random.ts";
import type { Step } from "./story.ts";

/** How long each act lets wait, in minutes of office time, least and most. */
const waits = {
  "first reply": [6, 75], reply: [8, 140], "manager's reply": [15, 150], customer: [15, 280], solved: [40, 400],
  note: [4, 25], "engineer's note": [40, 380], "manager's note": [10, 110], escalate: [2, 9], "hand over": [20, 80],
} as const;

function kindOf(step: Step, answered: boolean): keyof typeof waits {
  if (step.does === "reply") return step.by === "manager" ? "manager's reply" : answered ? "reply" : "first reply";
  if (step.does === "note") return step.by === "owner" ? "note" : `${step.by}'s note`;
  return step.does;
}

/** The office time before each of these steps, in milliseconds. */
export function gapsOf(steps: readonly Step[], draw: Random): number[] {
  let answered = false;
  return steps.map((step) => {
    const [least, most] = waits[kindOf(step, answered)];
    answered ||= step.does === "reply";
    return draw.between(least * 60, most * 60) * 1000;
  });
}

/** When a ticket came in and was given to somebody, and when each of its steps happened. */
export type Pace = { createdAt: Date; routedAt: Date; steps: Date[] };

/** Before this in a day, a request may as well have come in while the office was still closed. */
const early = 100 * minute;

/**
 * Lays a thread out from an office time on. Some early requests came in the evening before and found nobody, but
 * none before `notBefore`; some customers answer after hours, when nothing follows on that day.
 */
export function paced(start: number, gaps: readonly number[], steps: readonly Step[], draw: Random, notBefore: Date): Pace {
  let time = start;
  const times = gaps.map((gap) => (time += gap));
  const moments = times.map(momentOf).map((at, index) => {
    const next = times[index + 1];
    const lastToday = next !== undefined && sinceOpening(next) < next - (times[index] ?? 0);
    return steps[index]?.does === "customer" && lastToday && draw.chance(0.5) ? afterHours(at, draw) : at;
  });
  const came = momentOf(start);
  const before = new Date(came.getTime() - sinceOpening(start) - draw.between(40 * 60, 13 * 3600) * 1000 - (came.getUTCDay() === 1 ? draw.between(0, 47) * hour : 0));
  if (sinceOpening(start) < early && draw.chance(0.6) && before > notBefore && officeTime(before) === start - sinceOpening(start)) {
    return { createdAt: before, routedAt: new Date(came.getTime() - Math.floor(sinceOpening(start) * draw.next() * 0.8)), steps: moments };
  }
  return { createdAt: came, routedAt: new Date(came.getTime() + draw.between(280, 1400)), steps: moments };
}

const afterHours = (at: Date, draw: Random) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), 17, draw.between(20, 280), draw.between(0, 59)));
