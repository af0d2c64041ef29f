import type { EventRow } from "../events.ts";
import { never, type Ticket, type TicketClock, type TicketSla } from "../tickets/schema.ts";
import type { Clock, Clocks } from "./clocks.ts";
import { clocksOf } from "./clocks.ts";
import { momentsOf } from "./history.ts";
import type { Calendar, SlaPolicy } from "./schema.ts";

/** Everything that clocks are computed by. */
export type Rules = { policies: readonly SlaPolicy[]; calendars: readonly Calendar[] };

/** The policy of a queue, else the default one; null on a desk that promises nothing. */
export function policyFor(queueId: string | null, { policies, calendars }: Rules): { policy: SlaPolicy; calendar: Calendar } | null {
  const policy = (queueId === null ? undefined : policies.find((each) => each.queueIds.includes(queueId))) ?? policies.find((each) => each.default);
  const calendar = calendars.find((each) => each._id === policy?.calendarId);
  return policy && calendar ? { policy, calendar } : null;
}

/** The clocks of a ticket at `at` by the desk's rules. */
export function timed(ticket: Ticket, rows: readonly EventRow[], rules: Rules, at: Date): Clocks {
  const by = policyFor(ticket.queueId, rules);
  return by ? clocksOf(momentsOf(ticket, rows), by.policy, by.calendar, at.getTime()) : { firstResponse: null, nextResponses: [], resolution: null };
}

const dateOf = (at: number | null) => (at === null ? null : new Date(at));
const kept = (clock: Clock | null | undefined): TicketClock | null =>
  clock ? { state: clock.state, startedAt: new Date(clock.startedAt), dueAt: dateOf(clock.dueAt), remindAt: dateOf(clock.remindAt), stoppedAt: dateOf(clock.stoppedAt), targetMs: clock.targetMs, workedMs: clock.workedMs, pausedMs: clock.pausedMs } : null;

/** What a ticket keeps of its clocks, computed at `at` from its rows up to `seq`. */
export function copyOf({ firstResponse, nextResponses, resolution }: Clocks, seq: number, at: Date): TicketSla {
  const all = [...(firstResponse ? [firstResponse] : []), ...nextResponses, ...(resolution ? [resolution] : [])];
  const running = all.filter((clock) => clock.state === "running");
  const earliest = (times: (number | null)[]) => new Date(Math.min(never.getTime(), ...times.filter((time) => time !== null)));
  return {
    seq, at, firstResponse: kept(firstResponse), nextResponse: kept(nextResponses.at(-1)), resolution: kept(resolution),
    dueAt: earliest(running.map((clock) => clock.dueAt)), remindAt: earliest(running.map((clock) => clock.remindAt)), breached: all.some((clock) => clock.state === "breached"),
  };
}
