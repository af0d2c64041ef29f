import { day, hour } from "../../lib/clock.ts";

// The demo's desk works Monday to Friday, 8:00 to 17:00 UTC. Office time counts the milliseconds of those hours
// alone: threads are laid out in it, so that nobody at Lumen answers at night.

/** Where its service levels are counted: the usual business hours there are much the same. */
export const officeZone = "Europe/Berlin";

const opens = 8 * hour;
const closes = 17 * hour;
export const officeDay = closes - opens;
/** 5 January 1970 was a Monday. */
const firstMonday = 4 * day;

/** How much office time has passed at a moment. */
export function officeTime(at: Date): number {
  const since = at.getTime() - firstMonday;
  const days = Math.floor(since / day);
  const weekday = days - Math.floor(days / 7) * 7;
  const today = weekday < 5 ? Math.min(Math.max(since - days * day, opens), closes) - opens : 0;
  return (Math.floor(days / 7) * 5 + Math.min(weekday, 5)) * officeDay + today;
}

/** The moment at which so much office time has passed; the end of one day is the opening of the next. */
export function momentOf(time: number): Date {
  const days = Math.floor(time / officeDay);
  const weeks = Math.floor(days / 5);
  return new Date(firstMonday + (weeks * 7 + (days - weeks * 5)) * day + opens + (time - days * officeDay));
}

/** Office time since the desk opened on that day. */
export const sinceOpening = (time: number): number => time - Math.floor(time / officeDay) * officeDay;
