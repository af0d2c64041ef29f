import type { Calendar, Holiday, Weekday } from "@/lib/sla/schema.ts";
import type { CalendarView } from "@/lib/sla/view.ts";

export const weekdayNames: readonly { key: Weekday; short: string; long: string }[] = [
  { key: "mon", short: "Mon", long: "Monday" }, { key: "tue", short: "Tue", long: "Tuesday" }, { key: "wed", short: "Wed", long: "Wednesday" }, { key: "thu", short: "Thu", long: "Thursday" },
  { key: "fri", short: "Fri", long: "Friday" }, { key: "sat", short: "Sat", long: "Saturday" }, { key: "sun", short: "Sun", long: "Sunday" },
];

/** A calendar while it is edited; times as they were typed. */
export type CalendarDraft = { name: string; timeZone: string; weekdays: Calendar["weekdays"]; holidays: Holiday[]; icalUrl: string };

const office = () => [{ from: "09:00", to: "17:00" }];

export const calendarDraft = (calendar: CalendarView | null, timeZone: string): CalendarDraft =>
  calendar
    ? { name: calendar.name, timeZone: calendar.timeZone, weekdays: calendar.weekdays, holidays: calendar.holidays, icalUrl: calendar.icalUrl ?? "" }
    : { name: "", timeZone, weekdays: { mon: office(), tue: office(), wed: office(), thu: office(), fri: office(), sat: [], sun: [] }, holidays: [], icalUrl: "" };

export const calendarInput = ({ icalUrl, ...draft }: CalendarDraft) => ({ ...draft, icalUrl: icalUrl.trim() === "" ? null : icalUrl.trim() });

/** A time as people type it: "9" → "09:00", "930" and "9.30" → "09:30". What is none is left for the desk to refuse. */
export function timeIn(text: string): string {
  const [, hours = "", minutes = ""] = /^(\d{1,2})(?:[:.h]?(\d{2}))?$/.exec(text.trim()) ?? [];
  return hours === "" ? text.trim() : `${hours.padStart(2, "0")}:${minutes || "00"}`;
}

/** Holidays with more of them, each day once: what is there already stays. */
export function holidaysBesides(known: readonly Holiday[], more: readonly Holiday[]): { all: Holiday[]; added: number } {
  const taken = new Set(known.map(({ date }) => date));
  const fresh = more.filter(({ date }) => !taken.has(date));
  return { all: [...known, ...fresh].toSorted((one, other) => one.date.localeCompare(other.date)), added: fresh.length };
}

const dateWords = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** "Fri, 25 Dec 2026". */
export const dateInWords = (date: string): string => (Number.isNaN(Date.parse(date)) ? date : dateWords.format(new Date(date)));

/** Today by a calendar's clocks, as 2026-12-25. */
export const todayIn = (timeZone: string): string => new Intl.DateTimeFormat("en-CA", { timeZone }).format();
