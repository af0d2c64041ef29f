const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const exact = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
const monthDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const monthDayYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** Date, time and zone, in the reader's zone. */
export const exactTime = (at: string): string => exact.format(new Date(at));

/** How long before `now` (ms) something was; from a week on, the date. `short` is for narrow rows: "5m", "3h", "2d". */
export function relativeTime(at: string, now: number, short = false): string {
  const date = new Date(at);
  const age = now - date.getTime();
  if (age < minute) return short ? "now" : "just now";
  if (age < hour) return short ? `${Math.floor(age / minute)}m` : `${Math.floor(age / minute)} min ago`;
  if (age < day) return short ? `${Math.floor(age / hour)}h` : `${Math.floor(age / hour)} h ago`;
  if (age < 7 * day) {
    const days = Math.floor(age / day);
    return short ? `${days}d` : days === 1 ? "yesterday" : `${days} days ago`;
  }
  return date.getFullYear() === new Date(now).getFullYear() ? monthDay.format(date) : monthDayYear.format(date);
}
