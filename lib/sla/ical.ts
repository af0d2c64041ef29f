import { setImmediate } from "node:timers/promises";
import ical, { type VEvent } from "node-ical";
import { Line } from "../auth/schema.ts";
import { day, hour } from "../clock.ts";
import { AppError } from "../errors.ts";
import { entriesOf } from "./ical-entries.ts";
import { mostHolidays, type Holiday } from "./schema.ts";
import { offsetAt } from "./zone.ts";

/** What an iCalendar file says of days off, in order of dates; `skipped` counts its entries that make no day free. */
export type FoundHolidays = { holidays: Omit<Holiday, "origin">[]; skipped: number };

export const mostIcalBytes = 900_000;
const mostEvents = 10_000;
const mostRepeating = 1000;
/** A file that takes longer to be understood was made to. */
const budgetMs = 3000;
const stretchMs = 10;

const refused = (why: string, cause?: unknown) => new AppError("invalid", `The calendar file ${why}.`, { errors: [{ path: "text", message: why }], cause });

/**
 * The days off in an iCalendar file (RFC 5545), from a year before `at` to three years after it: an all-day event makes
 * its days free, one with times those days of `timeZone` of which it covers the noon and lasts at least twelve hours.
 * Rules of repetition with their exceptions count, cancelled events don't; of two on a day the first gives the name.
 * Times without a zone are by the clocks of `timeZone`. Throws `invalid` with a sentence for what is no such file, or
 * is made to be too much; yields to other requests while it works.
 */
export async function holidaysIn(text: string, timeZone: string, at: Date): Promise<FoundHolidays> {
  if (Buffer.byteLength(text) > mostIcalBytes) throw refused(`is larger than ${mostIcalBytes / 1000} kB`);
  const entries = entriesOf(text);
  if (!entries) throw refused("is no iCal file: it does not begin with BEGIN:VCALENDAR");
  if (entries.events.length + entries.unsound > mostEvents) throw refused(`has more than ${mostEvents} entries`);
  if (entries.events.filter((lines) => lines.some((line) => line.startsWith("RRULE"))).length > mostRepeating) throw refused(`has more than ${mostRepeating} repeating entries`);
  const sound = ["BEGIN:VCALENDAR", ...entries.zones, ...entries.events.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]), "END:VCALENDAR", ""].join("\r\n");
  const window = { from: new Date(at.getTime() - 366 * day), to: new Date(at.getTime() + 3 * 366 * day) };
  const free = new Map<string, string>();
  let skipped = entries.unsound;
  const ends = performance.now() + budgetMs;
  let began = performance.now();
  for (const event of Object.values(await parsed(sound))) {
    if (event?.type !== "VEVENT") continue;
    const days = daysOf(event, window, timeZone);
    if (days.length === 0) skipped += 1;
    for (const { date, name } of days) if (!free.has(date)) free.set(date, name);
    if (free.size > mostHolidays) throw refused(`makes more than ${mostHolidays} days free`);
    if (performance.now() > ends) throw refused("has rules of repetition that take too long to follow");
    if (performance.now() - began < stretchMs) continue;
    await setImmediate();
    began = performance.now();
  }
  return { holidays: [...free].map(([date, name]) => ({ date, name })).toSorted((one, other) => one.date.localeCompare(other.date)), skipped };
}

async function parsed(text: string) {
  try {
    return await ical.async.parseICS(text);
  } catch (cause) {
    throw refused("can't be read", cause);
  }
}

type Window = { from: Date; to: Date };
type Occurrence = { start: Date & { dateOnly?: boolean; tz?: string }; end: Date; name: string };

/** The days that an event makes free within the window, each once: occurrences of years that begin daily would be millions. None for a cancelled one. */
function daysOf(event: VEvent, window: Window, timeZone: string): { date: string; name: string }[] {
  const [first, last] = [Math.floor(window.from.getTime() / day), Math.floor(window.to.getTime() / day)];
  const free = new Map<number, string>();
  for (const { start, end, name } of occurrencesOf(event, window)) {
    const days = start.dateOnly ? wholeDays(start, end) : daysByNoon(start, end, timeZone);
    for (let at = Math.max(first, days.from); at < Math.min(last, days.to); at += 1) if (!free.has(at)) free.set(at, name);
  }
  return [...free].map(([at, name]) => ({ date: dateOf(at), name }));
}

function occurrencesOf(event: VEvent, { from, to }: Window): Occurrence[] {
  const cancelled = (each: { status?: unknown }) => String(each.status).toUpperCase() === "CANCELLED";
  if (cancelled(event)) return [];
  try {
    if (!event.rrule) return [{ start: event.start, end: event.end ?? event.start, name: nameOf(event.summary) }];
    return ical.expandRecurringEvent(event, { from, to, expandOngoing: true }).filter((each) => !cancelled(each.event)).map(({ start, end, summary }) => ({ start: Object.assign(new Date(start), { dateOnly: event.datetype === "date", tz: event.start.tz }), end, name: nameOf(summary) }));
  } catch {
    // A rule that the library gives up on (impossible, or without end) makes no day free, and is counted with the others.
    return [];
  }
}

/** A summary may come with parameters, as its language. */
function nameOf(summary: unknown): string {
  const text = summary !== null && typeof summary === "object" && "val" in summary ? summary.val : summary;
  return Line.parse(String(text ?? "")).slice(0, 120).trim() || "Holiday";
}

/** Days are counted from 1970. */
const dateOf = (days: number) => new Date(days * day).toISOString().slice(0, 10);
type Days = { from: number; to: number };

/** The library gives dates and times without a zone by this process' own clocks; here they are read off again. */
const asRead = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes(), date.getSeconds());

/** From the first day to the one before `end`; one day at least. */
function wholeDays(start: Date, end: Date): Days {
  const from = Math.floor(asRead(start) / day);
  return { from, to: Math.max(from + 1, Math.floor(asRead(end) / day)) };
}

/** Days of which the noon lies within, if it lasts half a day. */
function daysByNoon(start: Occurrence["start"], end: Date, timeZone: string): Days {
  const wall = (at: Date) => (start.tz ? at.getTime() + offsetAt(timeZone, at.getTime()) : asRead(at));
  const [from, to] = [wall(start), wall(end)];
  const noonsBefore = (at: number) => Math.ceil((at - 12 * hour) / day);
  return to - from < 12 * hour ? { from: 0, to: 0 } : { from: noonsBefore(from), to: noonsBefore(to) };
}
