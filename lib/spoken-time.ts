import { day, hour, minute } from "./clock.ts";

/** "45 min", "2 h 10 min", "3 days 4 h": as much as matters, rounded down. `perDay` is how long a day is, in ms. */
export function lasted(ms: number, perDay = day): string {
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  const parts = ms < 2 * perDay ? [[Math.floor(ms / hour), "h"], [Math.floor((ms % hour) / minute), "min"]] : [[Math.floor(ms / perDay), "days"], [Math.floor((ms % perDay) / hour), "h"]];
  return parts.filter(([count]) => count !== 0).map(([count, unit]) => `${count} ${unit}`).join(" ");
}

/** "Monday 09:40" within a week of now, else "Mon 9 Mar 2026, 09:40"; by the clocks of the zone. Times in ms since 1970. */
export function moment(at: number, timeZone: string, now: number): string {
  const near = Math.abs(at - now) < 6 * day;
  const date = new Intl.DateTimeFormat("en-GB", { timeZone, ...(near ? { weekday: "long" } : { weekday: "short", day: "numeric", month: "short", year: "numeric" }) }).format(at);
  const time = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  return near ? `${date} ${time}` : `${date.replace(",", "")}, ${time}`;
}

const endings: Record<string, string> = { one: "st", two: "nd", few: "rd", other: "th" };
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });

/** What is said or done again: "once more", "for the 2nd time". */
export const again = (times: number): string => (times === 1 ? "once more" : `for the ${times}${endings[ordinals.select(times)] ?? "th"} time`);
