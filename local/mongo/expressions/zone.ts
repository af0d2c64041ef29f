import { refuse } from "../errors.ts";

/** A moment taken apart in a time zone. */
export interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    try {
      format = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", era: "short", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
    } catch {
      // Intl's only complaint here is an unknown zone.
      refuse(40485, `unrecognized time zone identifier: "${zone}"`);
    }
    formats.set(zone, format);
  }
  return format;
}

function fixedOffset(zone: string): number | undefined {
  if (zone === "UTC" || zone === "GMT" || zone === "Z") return 0;
  const m = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  return m ? (m[1] === "-" ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3] ?? 0)) * 60_000 : undefined;
}

const utc = (time: number): Parts => {
  const d = new Date(time);
  return { year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate(), hour: d.getUTCHours(), minute: d.getUTCMinutes(), second: d.getUTCSeconds(), ms: d.getUTCMilliseconds() };
};

/** Milliseconds since 1970 that the wall clock of the parts would be in UTC. */
export function wallTime(p: Parts): number {
  const d = new Date(0);
  d.setUTCFullYear(p.year, p.month - 1, p.day);
  return d.setUTCHours(p.hour, p.minute, p.second, p.ms);
}

export function partsIn(time: number, zone: string): Parts {
  const offset = fixedOffset(zone);
  if (offset !== undefined) return utc(time + offset);
  const found: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(time)) found[type] = value;
  const year = found.era === "BC" ? 1 - Number(found.year) : Number(found.year);
  return { year, month: Number(found.month), day: Number(found.day), hour: Number(found.hour), minute: Number(found.minute), second: Number(found.second), ms: ((time % 1000) + 1000) % 1000 };
}

/** What the zone's clock is ahead of UTC at a moment, in ms. */
export const offsetAt = (time: number, zone: string): number => fixedOffset(zone) ?? wallTime(partsIn(time, zone)) - time;

/** The moment at which the zone's clock shows `wall`; in a gap the moment after it, in an overlap the earlier one. */
export function momentOf(wall: number, zone: string): number {
  const before = offsetAt(wall - 86_400_000, zone);
  const first = wall - before;
  if (offsetAt(first, zone) === before) return first;
  const after = offsetAt(wall + 86_400_000, zone);
  return offsetAt(wall - after, zone) === after ? wall - after : first;
}
