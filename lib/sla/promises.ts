import type { z } from "zod";
import { allQueues, demand, deskSettings, system, type Actor } from "../auth/service.ts";
import { now } from "../clock.ts";
import { isDuplicate } from "../db.ts";
import { AppError, invalid, missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { allCalendars, allPolicies, calendars, insertRules, policies, remove, save } from "./repo.ts";
import { hasWorkingTime } from "./calendar.ts";
import { withAddress, type Reach } from "./reading.ts";
import type { Calendar, ChangeCalendarInput, ChangePolicyInput, NewCalendarInput, NewPolicyInput, SlaPolicy } from "./schema.ts";
import { usualRules } from "./usual.ts";
import { toCalendarView, toPolicyView, type CalendarView, type PolicyView } from "./view.ts";

type Listed<T> = { items: T[]; nextCursor: null };
type Seen = { ifMatch: number | null };
const unseen: Seen = { ifMatch: null };

/** Every calendar, for staff. */
export async function calendarsFor(actor: Actor): Promise<Listed<CalendarView>> {
  demand(actor, "staff.read");
  return { items: (await allCalendars()).map(toCalendarView), nextCursor: null };
}

/** Adds a calendar; holidays at its address, if it has one, are read at once. */
export async function addCalendar(actor: Actor, input: z.infer<typeof NewCalendarInput>, _ask: unknown = null, reach: Reach = {}): Promise<CalendarView> {
  demand(actor, "settings.edit");
  const given: Calendar = { _id: newId(), ...input, seq: 0, createdAt: now() };
  demandWork(given);
  const calendar = given.icalUrl === null ? given : await withAddress(actor, given, reach);
  return toCalendarView(await save("calendar", null, calendar, actor, { type: "calendar/created", data: { name: calendar.name } }));
}

/** Changes a calendar; holidays at a new address are read at once. `ifMatch` is the version that the writer saw: a stale one is told, never overwritten. */
export async function changeCalendar(actor: Actor, { id, ...changes }: z.infer<typeof ChangeCalendarInput>, { ifMatch }: Seen = unseen, reach: Reach = {}): Promise<CalendarView> {
  demand(actor, "settings.edit");
  const before = await calendars().findOne({ _id: id });
  if (!before) throw missing("calendar");
  demandNewest(before, ifMatch);
  const given = stated<Calendar>(changes);
  const edited = { ...before, ...given };
  demandWork(edited);
  const after = edited.icalUrl === before.icalUrl ? edited : await withAddress(actor, edited, reach);
  return toCalendarView(await save("calendar", before, after, actor, { type: "calendar/changed", data: { fields: Object.keys(given) } }));
}

/** Deletes a calendar that no policy counts by. */
export async function deleteCalendar(actor: Actor, { id }: { id: string }): Promise<void> {
  demand(actor, "settings.edit");
  const calendar = await calendars().findOne({ _id: id });
  if (!calendar) throw missing("calendar");
  const user = await policies().findOne({ calendarId: id });
  if (user) throw new AppError("conflict", `The policy ${user.name} counts by this calendar. Give it another one first.`);
  await remove("calendar", calendar, actor);
}

export function demandWork(calendar: Calendar): void {
  if (!hasWorkingTime(calendar, now().getTime())) throw invalid("weekdays", "leave no working minute in the coming year, so nothing would ever be due");
}

function demandNewest({ seq }: { seq: number }, ifMatch: number | null): void {
  if (ifMatch !== null && ifMatch !== seq) throw new AppError("conflict", "This was changed by somebody else in the meantime. Please look again.");
}

const stated = <T>(changes: object): Partial<T> => Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Every policy, for staff. */
export async function policiesFor(actor: Actor): Promise<Listed<PolicyView>> {
  demand(actor, "staff.read");
  return { items: (await allPolicies()).map(toPolicyView), nextCursor: null };
}

/** Adds a policy. The first is the default; a later one becomes it by saying so. */
export async function addPolicy(actor: Actor, input: z.infer<typeof NewPolicyInput>): Promise<PolicyView> {
  demand(actor, "settings.edit");
  const isFirst = (await policies().findOne({ default: true })) === null;
  const policy: SlaPolicy = { _id: newId(), ...input, default: input.default || isFirst, seq: 0, createdAt: now() };
  await demandParts(policy);
  return toPolicyView(await save("policy", null, policy, actor, { type: "policy/created", data: { name: policy.name } }));
}

/** Changes a policy. As with calendars, a stale version is told. */
export async function changePolicy(actor: Actor, { id, ...changes }: z.infer<typeof ChangePolicyInput>, { ifMatch }: Seen = unseen): Promise<PolicyView> {
  demand(actor, "settings.edit");
  const before = await policies().findOne({ _id: id });
  if (!before) throw missing("policy");
  demandNewest(before, ifMatch);
  const given = stated<SlaPolicy>(changes);
  if (before.default && given.default === false) throw new AppError("conflict", "A desk needs a default policy. Make another one the default instead.");
  await demandParts({ ...given, _id: id });
  return toPolicyView(await save("policy", before, { ...before, ...given }, actor, { type: "policy/changed", data: { fields: Object.keys(given) } }));
}

export async function deletePolicy(actor: Actor, { id }: { id: string }): Promise<void> {
  demand(actor, "settings.edit");
  const policy = await policies().findOne({ _id: id });
  if (!policy) throw missing("policy");
  if (policy.default) throw new AppError("conflict", "A desk needs a default policy. Make another one the default first.");
  await remove("policy", policy, actor);
}

/** The calendar and queues that a policy names exist, and no queue has two policies. */
export async function demandParts({ _id, calendarId, queueIds = [] }: Partial<SlaPolicy>): Promise<void> {
  if (calendarId !== undefined && !(await calendars().findOne({ _id: calendarId }))) throw invalid("calendarId", "is no calendar");
  if (queueIds.length === 0) return;
  const known = new Set((await allQueues()).map((queue) => queue._id));
  if (queueIds.some((id) => !known.has(id))) throw invalid("queueIds", "may name queues only");
  const other = await policies().findOne({ queueIds: { $in: queueIds }, _id: { $ne: _id ?? "" } });
  if (other) throw new AppError("conflict", `The policy ${other.name} has one of these queues already.`, { errors: [{ path: "queueIds", message: `are in ${other.name}` }] });
}

/** Gives a desk without a default policy the usual one, with office hours in the desk's time zone. Safe to repeat, and in several processes at once. */
export async function promiseTheUsual(): Promise<void> {
  if (await policies().findOne({ default: true }, { projection: { _id: 1 } })) return;
  try {
    await insertRules(usualRules((await deskSettings()).timeZone, now()), system("setup"));
  } catch (error) {
    if (!isDuplicate(error)) throw error; // another process was faster
  }
}
