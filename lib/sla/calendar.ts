import { day } from "../clock.ts";
import { offsetsOn } from "./zone.ts";
import type { Calendar, Weekday } from "./schema.ts";

/** What working time depends on. Times are milliseconds since 1970, spans are `[from, to)`. */
export type Hours = Pick<Calendar, "timeZone" | "weekdays" | "holidays">;

/** The working spans of a UTC day, one after another as from, to, from, to, and how long they are together. */
type Spans = { bounds: readonly number[]; total: number };
const cached = new WeakMap<Hours, Map<number, Spans>>();
const compiled = new WeakMap<Hours, { week: readonly (readonly [number, number][])[]; free: ReadonlySet<number> }>();

/** From 1970-01-01, a Thursday. */
const fromThursday: readonly Weekday[] = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"];
const msOf = (time: string) => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000;
/** No due time is further away than this: it ends the search in a calendar with next to no working time. */
const horizonDays = 3660;

function rulesOf(hours: Hours) {
  let rules = compiled.get(hours);
  if (!rules) {
    const week = fromThursday.map((name) => hours.weekdays[name].map(({ from, to }): [number, number] => [msOf(from), msOf(to)]));
    rules = { week, free: new Set(hours.holidays.map(({ date }) => Date.parse(date) / day)) };
    compiled.set(hours, rules);
  }
  return rules;
}

/**
 * Working time is every instant whose wall clock in the calendar's zone shows a time within an interval of that
 * weekday, and no holiday. So an hour that a clock change repeats counts twice, and one that it skips never. Kept a
 * UTC day at a time, because local days neither have 24 hours nor always follow one another.
 */
function spansOn(hours: Hours, utcDay: number): Spans {
  let known = cached.get(hours);
  if (!known) cached.set(hours, (known = new Map()));
  let spans = known.get(utcDay);
  if (!spans) known.set(utcDay, (spans = found(hours, utcDay)));
  return spans;
}

function found(hours: Hours, utcDay: number): Spans {
  const { week, free } = rulesOf(hours);
  const bounds: number[] = [];
  let total = 0;
  for (const { from, to, offset } of offsetsOn(hours.timeZone, utcDay * day)) {
    for (let local = Math.floor((from + offset) / day); local * day < to + offset; local += 1) {
      if (free.has(local)) continue;
      for (const [opens, closes] of week[((local % 7) + 7) % 7] ?? []) {
        const [begin, end] = [Math.max(from, local * day + opens - offset), Math.min(to, local * day + closes - offset)];
        if (begin >= end) continue;
        bounds.push(begin, end);
        total += end - begin;
      }
    }
  }
  return { bounds, total };
}

/** Working milliseconds in `[from, to)`; 0 when `to` is not after `from`. */
export function workedBetween(hours: Hours, from: number, to: number): number {
  let worked = 0;
  for (let utcDay = Math.floor(from / day); utcDay * day < to; utcDay += 1) {
    const { bounds, total } = spansOn(hours, utcDay);
    if (from <= utcDay * day && to >= (utcDay + 1) * day) worked += total;
    else for (let at = 0; at < bounds.length; at += 2) worked += Math.max(0, Math.min(to, bounds[at + 1] ?? 0) - Math.max(from, bounds[at] ?? 0));
  }
  return worked;
}

/**
 * The first instant at which `ms` of working time have gone by since `from`: work that fills a day is done when the
 * day ends, not when the next begins. With 0 ms: the first working instant at or after `from`. Ten years at most.
 */
export function addWorking(hours: Hours, from: number, ms: number): number {
  let left = ms;
  const first = Math.floor(from / day);
  for (let utcDay = first; utcDay < first + horizonDays; utcDay += 1) {
    const { bounds, total } = spansOn(hours, utcDay);
    if (utcDay > first && total < left) {
      left -= total;
      continue;
    }
    for (let at = 0; at < bounds.length; at += 2) {
      const begin = Math.max(from, bounds[at] ?? 0);
      const length = (bounds[at + 1] ?? 0) - begin;
      if (length <= 0) continue;
      if (left <= length) return begin + left;
      left -= length;
    }
  }
  return from + horizonDays * day;
}

/** Whether anybody works in the year after `from`. */
export function hasWorkingTime(hours: Hours, from: number): boolean {
  return workedBetween(hours, from, from + 366 * day) > 0;
}
