import { day } from "../clock.ts";

/** A stretch of time `[from, to)` in which a zone's clocks are `offset` milliseconds ahead of UTC. */
export type Stretch = { from: number; to: number; offset: number };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
    formats.set(zone, format);
  }
  return format;
}

/** How far ahead of UTC the zone's clocks are at a moment (whole seconds, as the tz database has it). */
export function offsetAt(zone: string, at: number): number {
  const shown: Record<string, number> = {};
  const whole = Math.floor(at / 1000) * 1000;
  for (const { type, value } of formatOf(zone).formatToParts(whole)) shown[type] = Number(value);
  const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, date, hour, minute, second) - whole;
}

/** Offsets at the beginnings of UTC days, which every calendar of a zone asks for: Intl is slow. */
const atMidnight = new Map<string, Map<number, number>>();

function offsetAtMidnight(zone: string, at: number): number {
  let known = atMidnight.get(zone);
  if (!known) atMidnight.set(zone, (known = new Map()));
  let offset = known.get(at);
  if (offset === undefined) known.set(at, (offset = offsetAt(zone, at)));
  return offset;
}

/** The stretches of the UTC day that begins at `from`: two, when the clocks change in it (the tz database has no zone with two changes in a day). */
export function offsetsOn(zone: string, from: number): Stretch[] {
  const to = from + day;
  const [first, last] = [offsetAtMidnight(zone, from), offsetAtMidnight(zone, to)];
  if (first === last) return [{ from, to, offset: first }];
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(zone, middle) === first) before = middle;
    else after = middle;
  }
  return [{ from, to: after, offset: first }, { from: after, to, offset: last }];
}
