import { setImmediate } from "node:timers/promises";
import type { z } from "zod";
import { demand, type Actor } from "../auth/service.ts";
import { day, now, second } from "../clock.ts";
import { missing } from "../errors.ts";
import { happenedToEach, type Happened } from "../events.ts";
import { limit } from "../limits.ts";
import { countOpenedSince, openedSince, type Opened } from "../tickets/service.ts";
import { clocksOf, type Clock } from "./clocks.ts";
import { policyFor, type Rules } from "./copy.ts";
import { momentsOf, telling, type ClockName } from "./history.ts";
import { demandParts, demandWork } from "./promises.ts";
import { allCalendars, allPolicies } from "./repo.ts";
import type { SlaPolicy, WhatIfInput } from "./schema.ts";
import type { ChangedClock, Tally, Verdict, WhatIfView } from "./view.ts";

const days = 90;
const perPage = 100;
const mostExamples = 20;
/** Nobody waits longer in front of a page; what was looked at by then is told as such. */
const budgetMs = 20 * second;
/** Other requests are answered in between. */
const stretchMs = 10;

type Ruled = Pick<Rules, "policies" | "calendars">;
type Progress = { looked: number; of: number };

/**
 * Tries rules on the tickets of the last 90 days, newest first, as if they had always held, beside those that hold now:
 * both by the rules alone, so recorded breaches count on neither side. Tickets whose rules stay the same are not
 * replayed. Throws before the first line what saving would throw; then yields how far it is and, last, what came of it.
 * A page is in memory at a time. For who may change the rules.
 */
export async function whatIf(actor: Actor, input: z.infer<typeof WhatIfInput>): Promise<AsyncGenerator<Progress | WhatIfView>> {
  demand(actor, "settings.edit");
  if (actor.kind === "person") limit("what-if", actor.id, { most: 20, perMs: 60 * second });
  const before: Ruled = { policies: await allPolicies(), calendars: await allCalendars() };
  return tried(before, await changedBy(input, before), now());
}

async function changedBy({ policy, calendar }: z.infer<typeof WhatIfInput>, { policies, calendars }: Ruled): Promise<Ruled> {
  const changed = { policies: [...policies], calendars: [...calendars] };
  if (calendar) {
    const at = calendars.findIndex(({ _id }) => _id === calendar.id);
    const stored = calendars[at];
    if (!stored) throw missing("calendar");
    changed.calendars[at] = { ...stored, ...calendar };
    demandWork(changed.calendars[at]);
  }
  if (policy) {
    const at = policies.findIndex(({ _id }) => _id === policy.id);
    if (policy.id !== undefined && at < 0) throw missing("policy");
    await demandParts({ _id: policy.id ?? "", calendarId: policy.calendarId, queueIds: policy.queueIds });
    const drafted: SlaPolicy = { ...(policies[at] ?? { _id: "draft", name: "", seq: 0, createdAt: now() }), ...policy };
    changed.policies = [...policies.filter((_, index) => index !== at).map((each) => (policy.default && each.default ? { ...each, default: false } : each)), drafted];
  }
  return changed;
}

const none = (): Tally => ({ met: 0, breached: 0, open: 0 });

async function* tried(before: Ruled, after: Ruled, at: Date): AsyncGenerator<Progress | WhatIfView> {
  const since = new Date(at.getTime() - days * day);
  const ends = performance.now() + budgetMs;
  const both = () => ({ before: none(), after: none() });
  const view: WhatIfView = { since: since.toISOString(), of: await countOpenedSince(since), looked: 0, affected: 0, complete: false, clocks: { firstResponse: both(), nextResponse: both(), resolution: both() }, changed: 0, examples: [] };
  for (let last: Opened | null = null; performance.now() < ends; ) {
    const page: Opened[] = await openedSince(since, last, perPage);
    await tally(view, page, before, after, at);
    view.looked += page.length;
    last = page.at(-1) ?? null;
    view.complete = page.length < perPage;
    if (view.complete) break;
    yield { looked: view.looked, of: Math.max(view.of, view.looked) };
  }
  yield { ...view, of: Math.max(view.of, view.looked) };
}

async function tally(view: WhatIfView, page: readonly Opened[], before: Ruled, after: Ruled, at: Date): Promise<void> {
  const moved = page.map((ticket) => ({ ticket, was: policyFor(ticket.queueId, before), becomes: policyFor(ticket.queueId, after) })).filter(({ was, becomes }) => was?.policy !== becomes?.policy || was?.calendar !== becomes?.calendar);
  if (moved.length === 0) return;
  const rows = await happenedToEach(moved.map(({ ticket }) => ticket._id), telling);
  let began = performance.now();
  for (const { ticket, was, becomes } of moved) {
    const happened = rows.get(ticket._id) ?? [];
    const changes = compared(view, verdictsOf(ticket, happened, was, at), verdictsOf(ticket, happened, becomes, at));
    view.affected += 1;
    if (changes.length > 0) {
      view.changed += 1;
      if (view.examples.length < mostExamples) view.examples.push({ id: ticket._id, number: ticket.number, subject: ticket.subject, changes });
    }
    if (performance.now() - began < stretchMs) continue;
    await setImmediate();
    began = performance.now();
  }
}

type Judged = Map<string, { clock: ClockName; verdict: Verdict }>;
const verdictOf = ({ state }: Clock): Verdict => (state === "met" || state === "breached" ? state : "open");

/** How each clock of a ticket ended, or stands, by its kind and beginning; of several that began in the same instant, by their order. */
function verdictsOf(ticket: Opened, happened: readonly Happened[], by: ReturnType<typeof policyFor>, at: Date): Judged {
  const judged: Judged = new Map();
  if (!by) return judged;
  const moments = momentsOf(ticket, happened).filter(({ what }) => what !== "breached");
  const { firstResponse, nextResponses, resolution } = clocksOf(moments, by.policy, by.calendar, at.getTime());
  for (const clock of [firstResponse, ...nextResponses, resolution]) {
    if (!clock) continue;
    let key = `${clock.name} ${clock.startedAt}`;
    while (judged.has(key)) key += " and then";
    judged.set(key, { clock: clock.name, verdict: verdictOf(clock) });
  }
  return judged;
}

function compared({ clocks }: WhatIfView, before: Judged, after: Judged): ChangedClock[] {
  for (const { clock, verdict } of before.values()) clocks[clock].before[verdict] += 1;
  for (const { clock, verdict } of after.values()) clocks[clock].after[verdict] += 1;
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, becomes] = [before.get(key), after.get(key)];
    const clock = (was ?? becomes)?.clock;
    return clock && was?.verdict !== becomes?.verdict ? [{ clock, before: was?.verdict ?? null, after: becomes?.verdict ?? null }] : [];
  });
}
