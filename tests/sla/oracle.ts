// Clocks by brute force: a flag for every minute of some weeks, and questions asked of the whole list of moments. Slow and plain
// on purpose; shares no function with lib/sla.
import type { Calendar, SlaPolicy } from "../../lib/sla/schema.ts";
import type { Moment } from "../../lib/sla/history.ts";

export const minuteMs = 60_000;
export type Window = { zone: string; from: number; days: number };
/** What the wall clock shows in each minute of a window: day of the week (0 Sunday), minute of the day, date. */
export type Wall = { window: Window; weekday: Uint8Array; minute: Uint16Array; date: string[] };

/** Asks Intl anew for every single minute. */
export function wallOf(window: Window): Wall {
  const count = window.days * 24 * 60;
  const wall: Wall = { window, weekday: new Uint8Array(count), minute: new Uint16Array(count), date: [] };
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: window.zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  for (let at = 0; at < count; at += 1) {
    const shown = format.format(window.from + at * minuteMs); // 2026-03-29 03:00
    const date = shown.slice(0, 10);
    wall.date.push(date);
    wall.weekday[at] = at > 0 && date === wall.date[at - 1] ? (wall.weekday[at - 1] ?? 0) : new Date(`${date}T12:00Z`).getUTCDay();
    wall.minute[at] = Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16));
  }
  return wall;
}

const names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const minuteOf = (time: string) => Number(time.split(":")[0]) * 60 + Number(time.split(":")[1]);

/** One byte a minute: is it worked in? */
export function workedMinutes(wall: Wall, { weekdays, holidays }: Pick<Calendar, "weekdays" | "holidays">): Uint8Array {
  const open = names.map((name) => {
    const minutes = new Uint8Array(1440);
    for (const { from, to } of weekdays[name]) minutes.fill(1, minuteOf(from), minuteOf(to));
    return minutes;
  });
  const free = new Set(holidays.map(({ date }) => date));
  return wall.weekday.map((weekday, at) => (free.has(wall.date[at] ?? "") ? 0 : (open[weekday]?.[wall.minute[at] ?? 0] ?? 0)));
}

type Time = { flags: Uint8Array; from: number };

function workIn({ flags, from }: Time, begin: number, end: number): number {
  let sum = 0;
  for (let at = Math.floor((begin - from) / minuteMs); from + at * minuteMs < end; at += 1) {
    if (flags[at] === 1) sum += Math.min(end, from + (at + 1) * minuteMs) - Math.max(begin, from + at * minuteMs);
  }
  return sum;
}

/** When `ms` are worked since `begin`; with nothing to work, the next moment at which work could be done. The end of the window if it is beyond. */
function workDone({ flags, from }: Time, begin: number, ms: number): number {
  let left = ms;
  for (let at = Math.floor((begin - from) / minuteMs); at < flags.length; at += 1) {
    if (flags[at] !== 1) continue;
    const start = Math.max(begin, from + at * minuteMs);
    const here = from + (at + 1) * minuteMs - start;
    if (left <= here) return start + left;
    left -= here;
  }
  return from + flags.length * minuteMs;
}

export type Answer = { name: string; startedAt: number; state: string; dueAt: number | null; remindAt: number | null; stoppedAt: number | null; workedMs: number; pausedMs: number };

const isAnswer = (moment: Moment) => (moment.what === "message" && moment.side === "staff" && !moment.automatic) || (moment.what === "status" && (moment.status === "resolved" || moment.status === "closed"));
const isQuestion = (moment: Moment) => moment.what === "message" && moment.side === "customer" && !moment.automatic;

/** Every clock of a life at `now`. */
export function askOracle(moments: readonly Moment[], policy: Pick<SlaPolicy, "targets" | "pausedIn">, time: Time, now: number): Answer[] {
  const opening = moments[0];
  if (opening?.what !== "opened") throw new Error("a life begins with its opening");
  const priorityAfter = (index: number) => moments.slice(0, index + 1).reduce((found, moment) => (moment.what === "opened" || moment.what === "priority" ? moment.priority : found), opening.priority);
  const statusAfter = (index: number) => moments.slice(0, index + 1).reduce<string>((found, moment) => (moment.what === "status" ? moment.status : found), "new");
  const promised = (name: "firstResponse" | "nextResponse" | "resolution", stop: number) => policy.targets[priorityAfter(stop === -1 ? moments.length : stop)][`${name}Minutes`];
  const isRecorded = (name: string, startedAt: number) => moments.some((moment) => moment.what === "breached" && moment.clock === name && moment.startedAt === startedAt);
  const answers: Answer[] = [];

  const respond = (name: "firstResponse" | "nextResponse", index: number) => {
    const startedAt = moments[index]?.at ?? 0;
    const stop = moments.findIndex((moment, at) => at > index && isAnswer(moment));
    const minutes = promised(name, stop);
    if (minutes === undefined) return;
    const end = stop === -1 ? now : (moments[stop]?.at ?? 0);
    const dueAt = workDone(time, startedAt, minutes * minuteMs);
    const state = end > dueAt || isRecorded(name, startedAt) ? "breached" : stop === -1 ? "running" : "met";
    answers.push({ name, startedAt, state, dueAt, remindAt: state === "running" ? workDone(time, startedAt, minutes * minuteMs - lead(minutes)) : null, stoppedAt: stop === -1 ? null : end, workedMs: workIn(time, startedAt, end), pausedMs: 0 });
  };
  if (!opening.onBehalf) respond("firstResponse", 0);
  moments.forEach((moment, index) => {
    if (!isQuestion(moment)) return;
    const before = moments.slice(0, index);
    const lastAnswer = before.findLastIndex(isAnswer);
    if (lastAnswer === -1 && !opening.onBehalf) return;
    if (!before.slice(lastAnswer + 1).some(isQuestion)) respond("nextResponse", index);
  });

  const isOver = (status: string) => status === "resolved" || status === "closed";
  const lastStatus = statusAfter(moments.length);
  const stop = isOver(lastStatus) ? moments.findLastIndex((moment, index) => moment.what === "status" && isOver(moment.status) && !isOver(statusAfter(index - 1))) : -1;
  const minutes = promised("resolution", stop);
  if (minutes === undefined) return answers;
  const stretches: { from: number; to: number; runs: boolean; counted: boolean }[] = [];
  moments.forEach((moment, index) => {
    const status = statusAfter(index);
    const to = moments[index + 1]?.at ?? now;
    const pausing = (policy.pausedIn as readonly string[]).includes(status);
    const stretch = { from: moment.at, to, runs: !pausing && !isOver(status), counted: pausing || (isOver(status) && (stop === -1 || index < stop)) };
    const last = stretches.at(-1);
    if (last?.runs && stretch.runs) last.to = to;
    else stretches.push(stretch);
  });
  let [workedMs, dueAt, remindAt, late] = [0, 0, 0, false];
  for (const { from, to } of stretches.filter(({ runs }) => runs)) {
    if (!late) {
      dueAt = workDone(time, from, minutes * minuteMs - workedMs);
      remindAt = workDone(time, from, Math.max(0, minutes * minuteMs - workedMs - lead(minutes)));
      late = to > dueAt;
    }
    workedMs += workIn(time, from, to);
  }
  const state = late || isRecorded("resolution", opening.at) ? "breached" : stop !== -1 ? "met" : stretches.at(-1)?.runs ? "running" : "paused";
  const pausedMs = stretches.filter(({ counted }) => counted).reduce((sum, { from, to }) => sum + to - from, 0);
  answers.push({ name: "resolution", startedAt: opening.at, state, dueAt: state === "paused" ? null : dueAt, remindAt: state === "running" ? remindAt : null, stoppedAt: stop === -1 ? null : (moments[stop]?.at ?? 0), workedMs, pausedMs });
  return answers;
}

const lead = (minutes: number) => (minutes >= 120 ? 30 * minuteMs : (minutes * minuteMs) / 4);
