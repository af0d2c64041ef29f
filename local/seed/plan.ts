import { day, minute, second } from "../../lib/clock.ts";
import type { Status } from "../../lib/tickets/schema.ts";
import { customers, isVisitor } from "./customers.ts";
import { momentOf, officeTime } from "./office.ts";
import { gapsOf, paced, type Pace } from "./pace.ts";
import { randomFrom, type Random } from "./random.ts";
import { allStories, type CategorisedStory } from "./stories.ts";
import { statusAfter, type Step } from "./story.ts";

/** One ticket of the demo: which story, worded how, how far it has come, when, and whose. */
export type Plan = { key: string; story: CategorisedStory; variant: number; end: Status; steps: readonly Step[]; pace: Pace; closedAt: Date | null; customer: number; follows: Plan | null };

/** How many tickets stand in each status, follow-ups apart; the rarest are given their stories first. */
const wanted = { on_hold: 7, pending: 9, new: 7, open: 14, resolved: 23, closed: 56 } as const;
type End = keyof typeof wanted;
const unsolved: ReadonlySet<End> = new Set(["on_hold", "pending", "new", "open"]);
const historyDays = 21;
const closedAfter = 7 * day;

type Draft = { key: string; story: CategorisedStory; variant: number; end: End; steps: readonly Step[]; draw: Random };

/** All tickets but the follow-ups, each with a story and how far it got; an unsolved story is told once only. */
function drafts(): Draft[] {
  const total = Object.values(wanted).reduce((sum, count) => sum + count, 0);
  const draw = randomFrom("plan");
  let left = draw.shuffled(Array.from({ length: total }, (_, index) => ({ story: allStories[index % allStories.length] as CategorisedStory, variant: Math.floor(index / allStories.length) })));
  const told = new Set<CategorisedStory>();
  return (Object.keys(wanted) as End[]).flatMap((end) =>
    Array.from({ length: wanted[end] }, () => {
      const fits = ({ story }: { story: CategorisedStory }) => (end === "closed" ? true : story.afterwards === null) && (!unsolved.has(end) || !told.has(story)) && cutsAt(story.life, end).length > 0;
      const use = left.find(fits);
      if (!use) throw new Error(`no story is left that can be ${end}`);
      left = left.filter((each) => each !== use);
      if (unsolved.has(end)) told.add(use.story);
      const key = `${use.story.name}/${use.variant}`;
      const own = randomFrom(key);
      return { key, ...use, end, steps: use.story.life.slice(0, own.pick(cutsAt(use.story.life, end).slice(-2))), draw: own };
    }),
  );
}

/** After how many steps of a life a ticket stands in this status. */
function cutsAt(life: readonly Step[], end: End): number[] {
  if (end === "resolved" || end === "closed") return [life.length];
  const told = life.map((_, index) => index + 1).filter((count) => statusAfter(life.slice(0, count)) === end);
  return end === "new" ? [0] : told;
}

/** Where the last act of a ticket in this status lies, as a stretch of office time. */
function stretchFor(end: End, anchor: Date): [number, number] {
  const now = officeTime(anchor);
  const back = (days: number) => officeTime(new Date(anchor.getTime() - days * day));
  const weekAgo = back(closedAfter / day);
  switch (end) {
    case "new": return [now - 240 * minute, now - 2 * minute];
    case "open": return [now - 1900 * minute, now - 4 * minute];
    case "pending": return [now - 2800 * minute, now - 20 * minute];
    case "on_hold": return [now - 3400 * minute, now - 25 * minute];
    case "resolved": return [weekAgo + 20 * minute, now - 8 * minute];
    case "closed": return [back(historyDays) + 30 * minute, weekAgo - 2 * minute];
  }
}

/** Spreads the tickets of one status evenly over their stretch, a little shaken. Stories with an afterwards come first. */
function placed(of: readonly Draft[], end: End, anchor: Date): Omit<Plan, "customer">[] {
  const [from, to] = stretchFor(end, anchor);
  const earliest = new Date(anchor.getTime() - historyDays * day);
  return of.toSorted((a, b) => Number(b.story.afterwards !== null) - Number(a.story.afterwards !== null)).map(({ draw, ...draft }, index) => {
    const gaps = gapsOf(draft.steps, draw);
    const span = gaps.reduce((sum, gap) => sum + gap, 0);
    const least = end === "closed" ? from + span : from;
    const last = least + ((index + draw.next() * 0.9) / of.length) * (to - least);
    const pace = paced(last - span, gaps, draft.steps, draw, earliest);
    const over = momentOf(last);
    return { ...draft, pace, closedAt: end === "closed" ? new Date(over.getTime() + closedAfter + draw.between(1, 50) * second) : null, follows: null };
  });
}

/** A closed ticket to which the customer came back within the last days. */
function followUps(closed: readonly Plan[], anchor: Date): Plan[] {
  return closed.filter((plan) => plan.story.afterwards !== null && plan.variant === 0).map((plan, index) => {
    const steps = (plan.story.afterwards?.life ?? []).slice(0, index);
    const key = `${plan.key}/afterwards`;
    const draw = randomFrom(key);
    const gaps = gapsOf(steps, draw);
    const last = officeTime(anchor) - (25 + index * 130 + draw.between(0, 60)) * minute;
    const start = last - gaps.reduce((sum, gap) => sum + gap, 0);
    return { ...plan, key, end: statusAfter(steps), steps, pace: paced(start, gaps, steps, draw, plan.closedAt ?? anchor), closedAt: null, follows: plan };
  });
}

/** The demo's customer has a bit of everything to show. */
const ofTheFirst: readonly End[] = ["open", "open", "pending", "pending", "on_hold", "resolved", "resolved", "closed", "closed"];

type Undealt = Omit<Plan, "customer">;

/** Deals the tickets to the customers: the first of them most, the visitors one each that is still in work. */
function dealt(plans: readonly Undealt[]): Plan[] {
  const [first = 0, ...others] = customers.map((_, index) => index).filter((index) => !isVisitor(index));
  const visitors = customers.map((_, index) => index).filter(isVisitor);
  const given = new Map<Undealt, number>();
  const give = (customer: number, plan: Undealt | undefined) => plan && given.set(plan, customer);
  const suits = (customer: number, { story }: Undealt) => (story.plan === null || story.plan === customers[customer]?.plan) && ![...given].some(([other, of]) => of === customer && other.story === story);
  const freeFor = (customer: number) => plans.filter((plan) => !given.has(plan) && suits(customer, plan));
  for (const visitor of visitors) give(visitor, freeFor(visitor).find((plan) => (plan.end === "new" || plan.end === "open") && plan.steps.length < 3 && plan.story.category !== "billing"));
  for (const end of ofTheFirst) give(first, freeFor(first).find((plan) => plan.end === end));
  const deck = randomFrom("customers").shuffled(Array.from({ length: plans.length - given.size }, (_, index) => others[index % others.length] as number));
  for (const plan of plans.toSorted((a, b) => Number(b.story.plan !== null) - Number(a.story.plan !== null))) {
    if (given.has(plan)) continue;
    const place = deck.findIndex((customer) => suits(customer, plan));
    give(deck.splice(Math.max(place, 0), 1)[0] ?? first, plan);
  }
  return plans.map((plan) => ({ ...plan, customer: given.get(plan) ?? first }));
}

/** Every ticket of the demo, oldest first, as things stand at `anchor`. */
export function plansAt(anchor: Date): Plan[] {
  const told = drafts();
  const plans = dealt((Object.keys(wanted) as End[]).flatMap((end) => placed(told.filter((draft) => draft.end === end), end, anchor)));
  return [...plans, ...followUps(plans.filter((plan) => plan.end === "closed"), anchor)].toSorted((a, b) => a.pace.createdAt.getTime() - b.pace.createdAt.getTime());
}
