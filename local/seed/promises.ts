import type { Queue } from "../../lib/auth/schema.ts";
import { day } from "../../lib/clock.ts";
import { newId } from "../../lib/ids.ts";
import { usualRules } from "../../lib/sla/rules.ts";
import type { Calendar, Holiday, SlaPolicy } from "../../lib/sla/schema.ts";
import { officeZone } from "./office.ts";

/** What Lumen promises: the usual in office hours without the holidays of Berlin, and sooner help where something is broken. */
export function demoRules(anchor: Date, queues: readonly Queue[]): { calendars: Calendar[]; policies: SlaPolicy[] } {
  const { calendars: [calendar], policies: [standard] } = usualRules(officeZone, new Date(anchor.getTime() - 700 * day));
  const year = anchor.getUTCFullYear();
  const dayMinutes = 510;
  const technical: SlaPolicy = {
    ...standard, _id: newId(), name: "Something is broken", default: false, queueIds: queues.filter(({ category }) => category === "technical").map(({ _id }) => _id),
    targets: {
      low: { firstResponseMinutes: 240, nextResponseMinutes: dayMinutes, resolutionMinutes: 5 * dayMinutes },
      normal: { firstResponseMinutes: 120, nextResponseMinutes: 240, resolutionMinutes: 3 * dayMinutes },
      high: { firstResponseMinutes: 60, nextResponseMinutes: 120, resolutionMinutes: dayMinutes },
      urgent: { firstResponseMinutes: 15, nextResponseMinutes: 30, resolutionMinutes: 240 },
    },
  };
  return { calendars: [{ ...calendar, holidays: [year - 1, year, year + 1].flatMap(holidaysOf) }], policies: [standard, technical] };
}

/** Public holidays of Berlin in a year, in order. */
function holidaysOf(year: number): Holiday[] {
  const on = (month: number, date: number, name: string): Holiday => ({ date: new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10), name });
  const after = (days: number, name: string): Holiday => ({ date: new Date(easterOf(year) + days * day).toISOString().slice(0, 10), name });
  return [
    on(1, 1, "New Year’s Day"), on(3, 8, "International Women’s Day"), after(-2, "Good Friday"), after(1, "Easter Monday"), on(5, 1, "Labour Day"), after(39, "Ascension Day"),
    after(50, "Whit Monday"), on(10, 3, "German Unity Day"), on(12, 25, "Christmas Day"), on(12, 26, "Second Day of Christmas"),
  ].toSorted((one, other) => one.date.localeCompare(other.date));
}

/** Easter Sunday: the one after the first full moon of spring, as the Gregorian calendar computes both. */
function easterOf(year: number): number {
  const [golden, century] = [year % 19, Math.floor(year / 100)];
  const moon = (19 * golden + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 15) % 30;
  const full = moon - Math.floor(moon / 28) * (1 - Math.floor(29 / (moon + 1)) * Math.floor((21 - golden) / 11));
  const weekday = (year + Math.floor(year / 4) + full + 2 - century + Math.floor(century / 4)) % 7;
  return Date.UTC(year, 2, 28 + full - weekday);
}
