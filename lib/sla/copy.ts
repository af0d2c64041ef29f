import type { EventRow } from "../events.ts";
import type { Look, TimedAct } from "../tickets/rules.ts";
import { never, type Ticket, type TicketClock, type TicketSla } from "../tickets/schema.ts";
import { actsOf, type Periods } from "./acts.ts";
import type { Clock, Clocks } from "./clocks.ts";
import { clocksOf } from "./clocks.ts";
import { momentsOf } from "./history.ts";
import type { Calendar, SlaPolicy } from "./schema.ts";

/** Everything that clocks, and what the desk does by them, are computed by. */
export type Rules = { policies: readonly SlaPolicy[]; calendars: readonly Calendar[]; periods: Periods };

/** The policy of a queue, else the default one; null on a desk that promises nothing. */
export function policyFor(queueId: string | null, { policies, calendars }: Pick<Rules, "policies" | "calendars">): { policy: SlaPolicy; calendar: Calendar } | null {
  const policy = (queueId === null ? undefined : policies.find((each) => each.queueIds.includes(queueId))) ?? policies.find((each) => each.default);
  const calendar = calendars.find((each) => each._id === policy?.calendarId);
  return policy && calendar ? { policy, calendar } : null;
}

/** The clocks of a ticket at `at` by the desk's rules. */
export function timed(ticket: Ticket, rows: readonly EventRow[], rules: Rules, at: Date): Clocks {
  const by = policyFor(ticket.queueId, rules);
  return by ? clocksOf(momentsOf(ticket, rows), by.policy, by.calendar, at.getTime(), rules.periods.remindMinutes) : { firstResponse: null, nextResponses: [], resolution: null };
}

/** A ticket at a moment: its clocks, and what time demands of it from then on. */
function seen(ticket: Ticket, rows: readonly EventRow[], rules: Rules, at: Date): { clocks: Clocks; acts: TimedAct[] } {
  const clocks = timed(ticket, rows, rules, at);
  const hours = policyFor(ticket.queueId, rules)?.calendar ?? null;
  return { clocks, acts: actsOf({ ticket, rows, clocks, hours, periods: rules.periods, settledAt: settledIn(ticket) }, at.getTime()) };
}

/** A copy of before there were acts settles what had stopped by then: nobody is called for it now. */
const settledIn = ({ sla }: Ticket): Date | null => (sla && !sla.actAt ? sla.at : (sla?.settledAt ?? null));

/** What time demands of a ticket as far as can be seen at a moment, the soonest first; what is due already is among it. */
export const actsAhead = (ticket: Ticket, rows: readonly EventRow[], rules: Rules, at: Date): TimedAct[] => seen(ticket, rows, rules, at).acts;

/** How the tickets' room asks, inside a transaction of its own, for what is due at a moment, and for what to keep. */
export const lookBy = (rules: Rules, at: Date): Look => ({
  due: (ticket, rows) => actsAhead(ticket, rows, rules, at).filter((act) => act.at <= at.getTime()),
  copy: (ticket, rows) => copyOf(ticket, rows, rules, at),
});

/** What a ticket keeps of its clocks, computed at `at` from all its rows. */
export function copyOf(ticket: Ticket, rows: readonly EventRow[], rules: Rules, at: Date): TicketSla & { actAt: Date } {
  const { clocks: { firstResponse, nextResponses, resolution }, acts } = seen(ticket, rows, rules, at);
  const all = [...(firstResponse ? [firstResponse] : []), ...nextResponses, ...(resolution ? [resolution] : [])];
  const running = all.filter((clock) => clock.state === "running");
  const actAt = earliest(acts.map((act) => act.at));
  return {
    seq: rows.at(-1)?.seq ?? 0, at, firstResponse: kept(firstResponse), nextResponse: kept(nextResponses.at(-1)), resolution: kept(resolution),
    dueAt: earliest(running.map((clock) => clock.dueAt)), remindAt: earliest(running.map((clock) => clock.remindAt)), breached: all.some((clock) => clock.state === "breached"),
    actAt, settledAt: actAt > at ? at : settledIn(ticket),
  };
}

const earliest = (times: (number | null)[]) => new Date(Math.min(never.getTime(), ...times.filter((time) => time !== null)));
const dateOf = (at: number | null) => (at === null ? null : new Date(at));
const kept = (clock: Clock | null | undefined): TicketClock | null =>
  clock ? { state: clock.state, startedAt: new Date(clock.startedAt), dueAt: dateOf(clock.dueAt), remindAt: dateOf(clock.remindAt), stoppedAt: dateOf(clock.stoppedAt), targetMs: clock.targetMs, workedMs: clock.workedMs, pausedMs: clock.pausedMs } : null;
