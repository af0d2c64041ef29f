import { minute } from "../clock.ts";
import type { Priority, Status } from "../tickets/schema.ts";
import { addWorking, workedBetween, type Hours } from "./calendar.ts";
import type { ClockName, Moment } from "./history.ts";
import type { SlaPolicy } from "./schema.ts";

export type ClockState = "running" | "paused" | "met" | "breached";
export type Standstill = "pending" | "on_hold" | "resolved";

/** A clock as it stands; times in milliseconds since 1970. */
export type Clock = {
  name: ClockName;
  startedAt: number;
  targetMs: number;
  state: ClockState;
  /** Under the present rule, also of a clock that is over; null while paused. */
  dueAt: number | null;
  /** When its reminder is due; null unless it runs. */
  remindAt: number | null;
  stoppedAt: number | null;
  /** Working time that counted so far. */
  workedMs: number;
  /** Time by the wall in which it stood, and why. Being resolved counts when it was reopened. */
  pausedMs: number;
  stood: Partial<Record<Standstill, number>>;
};
export type Clocks = { firstResponse: Clock | null; nextResponses: Clock[]; resolution: Clock | null };

export type Promised = Pick<SlaPolicy, "targets" | "pausedIn">;

/** A clock before it is timed: when it ran (`to` is null while it runs), why it stood, and what it stood for last. */
type Run = { name: ClockName; startedAt: number; ran: { from: number; to: number | null }[]; stoppedAt: number | null; priority: Priority; stood: Clock["stood"]; stands: { as: Standstill; since: number } | null };

/**
 * Every clock of a ticket at `now`, from its moments in order. A clock is timed under the priority it has, or had
 * when it stopped, from its own start over the whole span. Met at exactly due is met. Resolving or closing a ticket
 * ends response clocks too: nothing is left to answer. `remindMinutes` of working time are left at a reminder.
 */
export function clocksOf(moments: readonly Moment[], policy: Promised, hours: Hours, now: number, remindMinutes = 30): Clocks {
  const life: Life = { priority: "normal", spoken: false, runs: [], waiting: null, resolution: null };
  const recorded = new Set<string>();
  for (const moment of moments) {
    if (moment.what === "breached") recorded.add(`${moment.clock}@${moment.startedAt}`);
    else live(life, moment, policy.pausedIn);
  }
  const timed = life.runs.flatMap((run) => {
    const minutes = policy.targets[run.stoppedAt === null ? life.priority : run.priority][`${run.name}Minutes`];
    return minutes === undefined ? [] : [timedBy(run, minutes * minute, recorded.has(`${run.name}@${run.startedAt}`), hours, now, remindMinutes * minute)];
  });
  const named = (name: ClockName) => timed.filter((clock) => clock.name === name);
  return { firstResponse: named("firstResponse")[0] ?? null, nextResponses: named("nextResponse"), resolution: named("resolution")[0] ?? null };
}

/** A life followed so far; `waiting` is the response clock that runs, `spoken` says that staff has answered before. */
type Life = { priority: Priority; spoken: boolean; runs: Run[]; waiting: Run | null; resolution: Run | null };

function live(life: Life, moment: Exclude<Moment, { what: "breached" }>, pausedIn: readonly Status[]): void {
  switch (moment.what) {
    case "opened":
      life.priority = moment.priority;
      life.resolution = started(life, "resolution", moment.at);
      if (moment.onBehalf) life.spoken = true;
      else life.waiting = started(life, "firstResponse", moment.at);
      return;
    case "priority":
      life.priority = moment.priority;
      return;
    case "status":
      if (moment.status === "resolved" || moment.status === "closed") answered(life, moment.at);
      if (life.resolution) become(life.resolution, moment.status, moment.at, life.priority, pausedIn);
      return;
    case "message":
      if (moment.automatic || moment.side === "system") return;
      if (moment.side === "staff") answered(life, moment.at);
      else if (life.spoken && !life.waiting) life.waiting = started(life, "nextResponse", moment.at);
  }
}

function started(life: Life, name: ClockName, at: number): Run {
  const run: Run = { name, startedAt: at, ran: [{ from: at, to: null }], stoppedAt: null, priority: life.priority, stood: {}, stands: null };
  life.runs.push(run);
  return run;
}

function answered(life: Life, at: number): void {
  life.spoken = true;
  if (!life.waiting) return;
  halt(life.waiting, at);
  Object.assign(life.waiting, { stoppedAt: at, priority: life.priority });
  life.waiting = null;
}

/** The resolution clock follows the status: it stands in pausing ones, is over when resolved or closed, else runs (on). */
function become(run: Run, status: Status, at: number, priority: Priority, pausedIn: readonly Status[]): void {
  const over = status === "resolved" || status === "closed";
  if (over && run.stoppedAt !== null) return;
  if (run.stands) run.stood[run.stands.as] = (run.stood[run.stands.as] ?? 0) + at - run.stands.since;
  const stands = status === "resolved" || pausedIn.includes(status);
  run.stands = stands ? { as: status as Standstill, since: at } : null;
  if (over || stands) halt(run, at);
  else if (run.ran.at(-1)?.to !== null) run.ran.push({ from: at, to: null });
  run.stoppedAt = over ? at : null;
  if (over) run.priority = priority;
}

function halt(run: Run, at: number): void {
  const last = run.ran.at(-1);
  if (last && last.to === null) last.to = at;
}

/** Puts times to a run. */
function timedBy(run: Run, targetMs: number, recorded: boolean, hours: Hours, now: number, remindMs: number): Clock {
  let [workedMs, dueAt, remindAt, breached] = [0, run.startedAt, run.startedAt, false];
  for (const { from, to } of run.ran) {
    const end = to ?? now;
    if (!breached) {
      const left = targetMs - workedMs;
      dueAt = addWorking(hours, from, left);
      remindAt = addWorking(hours, from, Math.max(0, left - leadOf(targetMs, remindMs)));
      breached = end > dueAt;
    }
    workedMs += workedBetween(hours, from, end);
  }
  const stands = run.stoppedAt === null && run.ran.at(-1)?.to !== null;
  const state = breached || recorded ? "breached" : run.stoppedAt !== null ? "met" : stands ? "paused" : "running";
  const stood = { ...run.stood };
  if (run.stands && stands) stood[run.stands.as] = (stood[run.stands.as] ?? 0) + now - run.stands.since;
  const pausedMs = Object.values(stood).reduce((sum, ms) => sum + ms, 0);
  return { name: run.name, startedAt: run.startedAt, targetMs, state, dueAt: state === "paused" ? null : dueAt, remindAt: state === "running" ? remindAt : null, stoppedAt: run.stoppedAt, workedMs, pausedMs, stood };
}

/** A reminder goes out when this much working time is left: `remindMs`, or a quarter of a target shorter than four times that. */
export const leadOf = (targetMs: number, remindMs: number): number => Math.min(remindMs, targetMs / 4);
