import { day, hour, minute } from "../clock.ts";
import type { Clock, Standstill } from "./clocks.ts";

/** "45 min", "2 h 10 min", "3 days 4 h": as much as matters, rounded down. */
export function lasted(ms: number, perDay = day): string {
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  const parts = ms < 2 * perDay ? [[Math.floor(ms / hour), "h"], [Math.floor((ms % hour) / minute), "min"]] : [[Math.floor(ms / perDay), "days"], [Math.floor((ms % perDay) / hour), "h"]];
  return parts.filter(([count]) => count !== 0).map(([count, unit]) => `${count} ${unit}`).join(" ");
}

/** "Monday 09:40" within a week of now, else "Mon 9 Mar 2026, 09:40"; by the calendar's clocks. */
function moment(at: number, timeZone: string, now: number): string {
  const near = Math.abs(at - now) < 6 * day;
  const date = new Intl.DateTimeFormat("en-GB", { timeZone, ...(near ? { weekday: "long" } : { weekday: "short", day: "numeric", month: "short", year: "numeric" }) }).format(at);
  const time = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  return near ? `${date} ${time}` : `${date.replace(",", "")}, ${time}`;
}

const whys: Record<Standstill, string> = { pending: "while we waited for the customer", on_hold: "while it was on hold", resolved: "while it was resolved" };
/** Working time is told in hours: nobody's working day has 24 of them. */
const worked = (ms: number) => lasted(ms, Number.POSITIVE_INFINITY);

/** A clock in words: "2 h 10 min of 17 h worked, paused 18 h while we waited for the customer, due Monday 09:40". */
export function explained(clock: Clock, timeZone: string, now: number): string {
  const stood = (Object.entries(clock.stood) as [Standstill, number][]).filter(([, ms]) => ms >= minute).map(([as, ms]) => `paused ${lasted(ms)} ${whys[as]}`);
  const account = [`${worked(clock.workedMs)} of ${worked(clock.targetMs)} worked`, ...stood].join(", ");
  const due = clock.dueAt === null ? null : moment(clock.dueAt, timeZone, now);
  switch (clock.state) {
    case "running": return `${account}, due ${due}`;
    case "paused": return `${account}; it stands until the ticket is worked on again`;
    case "met": return `Met: ${account}, was due ${due}`;
    case "breached": return `Breached: ${account}, ${due === null ? "late already when it was paused" : `was due ${due}`}`;
  }
}
