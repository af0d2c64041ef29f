import { refuse } from "../errors.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    try {
      format = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
    } catch {
      // Intl's only complaint here is an unknown zone.
      refuse(40485, `unrecognized time zone identifier: "${zone}"`);
    }
    formats.set(zone, format);
  }
  return format;
}

/** What the zone's clock is ahead of UTC at a moment, in ms. Zones are IANA names or offsets such as +02:00. */
export function offsetAt(time: number, zone: string): number {
  if (zone === "UTC" || zone === "GMT") return 0;
  const fixed = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (fixed) return (fixed[1] === "-" ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * 60_000;
  const p = Object.fromEntries(formatOf(zone).formatToParts(time).map(({ type, value }) => [type, Number(value)])) as Record<"year" | "month" | "day" | "hour" | "minute" | "second", number>;
  return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - Math.floor(time / 1000) * 1000;
}

/** The moment at which the zone's clock shows `wall` (as if it were UTC); in a gap the moment after, in an overlap the earlier. */
export function momentOf(wall: number, zone: string): number {
  const before = offsetAt(wall - 86_400_000, zone);
  if (offsetAt(wall - before, zone) === before) return wall - before;
  const after = offsetAt(wall + 86_400_000, zone);
  return offsetAt(wall - after, zone) === after ? wall - after : wall - before;
}
