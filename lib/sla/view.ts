import type { TimedAct } from "../tickets/rules.ts";
import { never, type Priority } from "../tickets/schema.ts";
import type { Clock, Clocks } from "./clocks.ts";
import type { ClockName } from "./history.ts";
import type { Calendar, IcalReading, SlaPolicy } from "./schema.ts";
import { explained } from "./words.ts";

/** `failure` is of the newest reading of the address; `at` of the last that succeeded. */
export type IcalReadingView = { at: string | null; found: number; skipped: number; failure: { at: string; why: string } | null };
/** `version` is what If-Match checks. */
export type CalendarView = Pick<Calendar, "name" | "timeZone" | "weekdays" | "holidays" | "icalUrl"> & { id: string; version: number; icalReading: IcalReadingView | null; createdAt: string };
export type PolicyView = Pick<SlaPolicy, "name" | "calendarId" | "targets" | "pausedIn" | "queueIds" | "default"> & { id: string; version: number; createdAt: string };
/** When a ticket opened at `at` would be due and reminded of, under the rules asked about; `text` by the calendar's clocks. */
export type DueView = { dueAt: string; remindAt: string; text: string };
export type PreviewView = { at: string; timeZone: string; due: Record<Priority, Record<ClockName, DueView | null>> };

const iso = (at: Date | null) => at?.toISOString() ?? null;
const toReadingView = ({ at, found, skipped, failure }: IcalReading): IcalReadingView => ({ at: iso(at), found, skipped, failure: failure && { at: failure.at.toISOString(), why: failure.why } });

export const toCalendarView = ({ _id, seq, name, timeZone, weekdays, holidays, icalUrl, icalReading, createdAt }: Calendar): CalendarView => ({
  id: _id, version: seq, name, timeZone, weekdays, holidays, icalUrl, icalReading: icalReading ? toReadingView(icalReading) : null, createdAt: createdAt.toISOString(),
});

export const toPolicyView = ({ _id, seq, name, calendarId, targets, pausedIn, queueIds, default: isDefault, createdAt }: SlaPolicy): PolicyView => ({ id: _id, version: seq, name, calendarId, targets, pausedIn, queueIds, default: isDefault, createdAt: createdAt.toISOString() });

/** A clock with its explanation; minutes are rounded down. */
export type ClockExplained = { name: Clock["name"]; state: Clock["state"]; startedAt: string; dueAt: string | null; stoppedAt: string | null; targetMinutes: number; workedMinutes: number; pausedMinutes: number; text: string };
/** Null: the desk promises nothing. */
export type ClocksView = { policy: { id: string; name: string } | null; calendar: { id: string; name: string; timeZone: string } | null; clocks: ClockExplained[] };

export function toClocksView({ firstResponse, nextResponses, resolution }: Clocks, by: { policy: SlaPolicy; calendar: Calendar } | null, now: number): ClocksView {
  if (!by) return { policy: null, calendar: null, clocks: [] };
  const { policy, calendar } = by;
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const minutes = (ms: number) => Math.floor(ms / 60_000);
  const shown = (clock: Clock): ClockExplained => ({
    name: clock.name, state: clock.state, startedAt: new Date(clock.startedAt).toISOString(), dueAt: time(clock.dueAt), stoppedAt: time(clock.stoppedAt),
    targetMinutes: minutes(clock.targetMs), workedMinutes: minutes(clock.workedMs), pausedMinutes: minutes(clock.pausedMs), text: explained(clock, calendar.timeZone, now),
  });
  return { policy: { id: policy._id, name: policy.name }, calendar: { id: calendar._id, name: calendar.name, timeZone: calendar.timeZone }, clocks: [...(firstResponse ? [firstResponse] : []), ...nextResponses, ...(resolution ? [resolution] : [])].map(shown) };
}

/** Clocks of one kind: kept, missed, and not over yet. */
export type Tally = { met: number; breached: number; open: number };
export type Verdict = keyof Tally;
/** How a clock would have ended under other rules; null: nothing was promised. */
export type ChangedClock = { clock: ClockName; before: Verdict | null; after: Verdict | null };
/** `of` tickets were opened `since`, the newest `looked` were looked at, `affected` of them follow other rules than before; `complete` when that is all of them. */
export type WhatIfView = {
  since: string; of: number; looked: number; affected: number; complete: boolean;
  clocks: Record<ClockName, { before: Tally; after: Tally }>;
  changed: number; examples: { id: string; number: number; subject: string; changes: ChangedClock[] }[];
};

/** An act that is ahead; `times`: how often a breach was told of again then; `closesAt`: what the customer is told of. */
export type ActView = { does: TimedAct["does"]; at: string; clock: Clock["name"] | null; times: number | null; closesAt: string | null };
/** `looksAt`: when the watch comes to this ticket next, as the ticket keeps it; null when it does not, or that is not worked out yet. */
export type ScheduleView = { looksAt: string | null; next: ActView[] };

const toActView = (act: TimedAct): ActView => ({
  does: act.does,
  at: new Date(act.at).toISOString(),
  clock: "clock" in act ? act.clock : null,
  times: "times" in act ? act.times : null,
  closesAt: "closesAt" in act ? new Date(act.closesAt).toISOString() : null,
});

export const toScheduleView = (acts: readonly TimedAct[], actAt: Date | null): ScheduleView => ({ looksAt: actAt && actAt < never ? actAt.toISOString() : null, next: acts.map(toActView) });
