import type { Maybe } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { momentOf, offsetAt, type Parts, partsIn, wallTime } from "./zone.ts";

const FIXED: Record<string, number> = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000 };
const DAY = 86_400_000;
const MONTHS: Record<string, number> = { month: 1, quarter: 3, year: 12 };
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
/** $dateTrunc counts its bins from here. */
const ORIGIN = Date.UTC(2000, 0, 1);

/** ISO 8601: the week with the year's first Thursday is week 1. */
export function isoWeek(p: Parts): { year: number; week: number } {
  const day = Math.floor(wallTime(p) / DAY);
  const thursday = day - ((new Date(day * DAY).getUTCDay() + 6) % 7) + 3;
  const year = new Date(thursday * DAY).getUTCFullYear();
  return { year, week: Math.floor((thursday - Date.UTC(year, 0, 1) / DAY) / 7) + 1 };
}

function firstWeekday(v: Maybe): number {
  if (v === undefined) return 0;
  const i = typeof v === "string" ? WEEKDAYS.findIndex((day) => v.length >= 3 && day.startsWith(v.toLowerCase())) : -1;
  return i < 0 ? refuse(5439015, "startOfWeek is not a valid day of the week") : i;
}

const unknown = (unit: string): never => refuse(5439014, `unknown time unit value: ${unit}`);

/** Which bin of `size` units a wall time is in, counted from 2000 (weeks: from the first start of a week in it). */
function bin(wall: number, unit: string, size: number, startOfWeek: Maybe): { index: number; start(index: number): number } {
  if (unit in MONTHS) {
    const d = new Date(wall);
    const months = MONTHS[unit]! * size;
    const index = Math.floor(((d.getUTCFullYear() - 2000) * 12 + d.getUTCMonth()) / months);
    return { index, start: (i) => Date.UTC(2000, i * months, 1) };
  }
  const step = unit === "week" ? 7 * DAY : unit === "day" ? DAY : (FIXED[unit] ?? unknown(unit));
  const origin = unit === "week" ? ORIGIN + ((firstWeekday(startOfWeek) + 1) % 7) * DAY : ORIGIN;
  return { index: Math.floor((wall - origin) / (step * size)), start: (i) => origin + i * step * size };
}

/** The start of the bin of `size` units in the zone. Hours and less follow the zone's offset at the moment itself. */
export function truncate(time: number, unit: string, size: number, startOfWeek: Maybe, zone: string): number {
  if (size <= 0) refuse(5439018, "$dateTrunc requires 'binSize' to be greater than 0");
  const offset = offsetAt(time, zone);
  const { index, start } = bin(time + offset, unit, size, startOfWeek);
  return unit in FIXED ? start(index) - offset : momentOf(start(index), zone);
}

/** Days and more keep the wall clock; a day that the month lacks becomes its last. */
export function addUnits(time: number, unit: string, amount: number, zone: string): number {
  if (unit in FIXED) return time + amount * FIXED[unit]!;
  const p = partsIn(time, zone);
  if (unit === "day" || unit === "week") return momentOf(wallTime(p) + amount * (unit === "week" ? 7 : 1) * DAY, zone);
  const months = MONTHS[unit] ?? unknown(unit);
  const first = new Date(Date.UTC(p.year, p.month - 1 + amount * months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return momentOf(wallTime({ ...p, year: first.getUTCFullYear(), month: first.getUTCMonth() + 1, day: Math.min(p.day, last) }), zone);
}

/** How many boundaries of the unit lie between two moments. */
export function differenceIn(from: number, to: number, unit: string, startOfWeek: Maybe, zone: string): number {
  if (unit === "millisecond") return to - from;
  const at = (time: number) => bin(time + offsetAt(unit in FIXED ? from : time, zone), unit, 1, startOfWeek).index;
  return at(to) - at(from);
}
