import type { z } from "zod";
import { demand, system, type Actor } from "../auth/service.ts";
import { hour, now } from "../clock.ts";
import { AppError, invalid, missing } from "../errors.ts";
import { FetchError, fetchGuarded, type Guard } from "../fetch-guarded.ts";
import { limit } from "../limits.ts";
import { hasWorkingTime } from "./calendar.ts";
import { holidaysIn, mostIcalBytes, type FoundHolidays } from "./ical.ts";
import { calendars, noteReading, save } from "./repo.ts";
import { mostHolidays, type Calendar, type Holiday, type IcalInput, type IcalReading } from "./schema.ts";
import { toCalendarView, type CalendarView } from "./view.ts";

/** Where an address may lead; for tests with a server of their own. */
export type Reach = Pick<Guard, "allow">;
type Read = Pick<Calendar, "holidays" | "icalReading">;

const perHour = 30;
const often = (actor: Actor) => { if (actor.kind === "person") limit("ical", actor.id, { most: perHour, perMs: hour }); };

/** What a calendar file says, for a form to show; nothing is kept. */
export async function holidaysOfFile(actor: Actor, { text, timeZone }: z.infer<typeof IcalInput>): Promise<FoundHolidays> {
  demand(actor, "settings.edit");
  often(actor);
  return await holidaysIn(text, timeZone, now());
}

/**
 * A calendar's holidays after its address was set, changed or taken away: those by hand stay, those of the address are
 * read, or go with it. An address that must not be asked is refused; one that does not answer is kept and tried again.
 */
export async function withAddress(actor: Actor, calendar: Calendar, reach: Reach): Promise<Calendar> {
  const byHand = { ...calendar, holidays: calendar.holidays.filter(({ origin }) => origin !== "ical"), icalReading: null };
  if (calendar.icalUrl === null) return byHand;
  often(actor);
  return { ...byHand, ...(await read(byHand, calendar.icalUrl, reach, (why) => { throw invalid("icalUrl", lowered(why)); })) };
}

/** Reads a calendar's address again, now. */
export async function readAgain(actor: Actor, { id }: { id: string }, _ask: unknown = null, reach: Reach = {}): Promise<CalendarView> {
  demand(actor, "settings.edit");
  often(actor);
  const calendar = await calendars().findOne({ _id: id });
  if (!calendar) throw missing("calendar");
  if (calendar.icalUrl === null) throw new AppError("conflict", "This calendar has no address to read from.");
  return toCalendarView(await refreshed(calendar, calendar.icalUrl, reach));
}

/** Calendars whose address is read daily. */
export const calendarsToRead = async (): Promise<string[]> => (await calendars().find({ icalUrl: { $ne: null } }, { projection: { _id: 1 } }).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

/** Reads one of them, for the daily job. Safe to repeat; throws a conflict when somebody saved it meanwhile. */
export async function readDaily(id: string, reach: Reach = {}): Promise<"read" | "failed" | "gone"> {
  const calendar = await calendars().findOne({ _id: id });
  if (!calendar || calendar.icalUrl === null) return "gone";
  return (await refreshed(calendar, calendar.icalUrl, reach)).icalReading?.failure ? "failed" : "read";
}

/** Only other holidays are a change of the calendar, which re-times tickets; that they were looked at is noted beside. */
async function refreshed(before: Calendar, url: string, reach: Reach): Promise<Calendar> {
  const after = { ...before, ...(await read(before, url, reach)) };
  if (JSON.stringify(after.holidays) !== JSON.stringify(before.holidays)) return await save("calendar", before, after, system("sla"), { type: "calendar/changed", data: { fields: ["holidays"] }, why: "The holidays at its address have changed." });
  await noteReading(before, after.icalReading ?? null);
  return after;
}

/** The holidays at an address beside those by hand; as they were, with the reason, when it can't be read. `onRefused` is told of an address that must not be asked. */
async function read(calendar: Calendar, url: string, reach: Reach, onRefused?: (why: string) => never): Promise<Read> {
  const at = now();
  try {
    const text = await fetchGuarded(url, { accept: "text/calendar, text/plain;q=0.5", mostBytes: mostIcalBytes, ...reach });
    const found = await holidaysIn(text, calendar.timeZone, at);
    const holidays = together(calendar.holidays, found.holidays);
    if (holidays.length > mostHolidays) throw new FetchError("failed", `With it there would be more than ${mostHolidays} holidays.`);
    if (!hasWorkingTime({ ...calendar, holidays }, at.getTime())) throw new FetchError("failed", "With it there would be no working minute in the coming year.");
    return { holidays, icalReading: { at, found: found.holidays.length, skipped: found.skipped, failure: null } };
  } catch (error) {
    // edge: an address of others fails as it likes; the calendar keeps what it has and says why
    if (!(error instanceof FetchError) && !(error instanceof AppError && error.kind === "invalid")) throw error;
    if (error instanceof FetchError && error.kind === "refused") onRefused?.(error.message);
    const last: IcalReading = calendar.icalReading ?? { at: null, found: 0, skipped: 0, failure: null };
    return { holidays: calendar.holidays, icalReading: { ...last, failure: { at, why: error.message } } };
  }
}

/** Those by hand stay, and give the name where both have a day. */
function together(before: readonly Holiday[], found: FoundHolidays["holidays"]): Holiday[] {
  const byHand = before.filter(({ origin }) => origin !== "ical");
  const taken = new Set(byHand.map(({ date }) => date));
  return [...byHand, ...found.filter(({ date }) => !taken.has(date)).map((holiday) => ({ ...holiday, origin: "ical" as const }))].toSorted((one, other) => one.date.localeCompare(other.date));
}

/** A sentence as the second half of one that begins with the field's name. */
const lowered = (sentence: string) => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, "")}`;
