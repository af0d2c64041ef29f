import type { Calendar } from "./schema.ts";

type Weekdays = Calendar["weekdays"];
const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Working minutes of each weekday, Monday first. */
export const minutesADay = (weekdays: Weekdays): number[] => [weekdays.mon, weekdays.tue, weekdays.wed, weekdays.thu, weekdays.fri, weekdays.sat, weekdays.sun].map((spans) => spans.reduce((sum, { from, to }) => sum + minuteOf(to) - minuteOf(from), 0));

/** What "a day" of work means in a calendar: the length that most of its working weekdays have; of two as frequent, the longer. Eight hours where nobody works. */
export function typicalDay(weekdays: Weekdays): number {
  const worked = minutesADay(weekdays).filter((minutes) => minutes > 0);
  const times = (minutes: number) => worked.filter((each) => each === minutes).length;
  return worked.toSorted((one, other) => times(other) - times(one) || other - one)[0] ?? 480;
}

const units: Readonly<Record<string, "min" | "h" | "day">> = { m: "min", min: "min", mins: "min", minute: "min", minutes: "min", h: "h", hr: "h", hrs: "h", hour: "h", hours: "h", d: "day", day: "day", days: "day" };
const part = /(\d+(?:[.,]\d+)?)\s*([a-z]+)\s*/gy;

/** Working minutes as people write them: "30 min", "1.5 h", "2 days 4 h". Undefined for nothing, null for what is no length of time. */
export function minutesIn(text: string, dayMinutes: number): number | null | undefined {
  const words = text.trim().toLowerCase();
  if (words === "") return undefined;
  const long = { min: 1, h: 60, day: dayMinutes };
  let [minutes, read] = [0, 0];
  for (const [whole, count = "", unit = ""] of words.matchAll(part)) {
    const known = units[unit];
    if (!known) return null;
    minutes += Number(count.replace(",", ".")) * long[known];
    read += whole.length;
  }
  return read === words.length && minutes >= 1 ? Math.round(minutes) : null;
}

/** Minutes as `minutesIn` reads them back: "2 days" where they are whole ones, else "4 h 30 min". Days shorter than four hours are told in hours. */
export function inWorkingWords(minutes: number, dayMinutes: number): string {
  if (dayMinutes >= 240 && minutes % dayMinutes === 0) return minutes === dayMinutes ? "1 day" : `${minutes / dayMinutes} days`;
  return inHours(minutes);
}

/** "4 h 30 min", "17 h", "45 min". */
export function inHours(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])].join(" ");
}
