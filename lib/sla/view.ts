import type { Calendar, SlaPolicy } from "./schema.ts";

export type CalendarView = Pick<Calendar, "name" | "timeZone" | "weekdays" | "holidays" | "icalUrl"> & { id: string; createdAt: string };
export type PolicyView = Pick<SlaPolicy, "name" | "calendarId" | "targets" | "pausedIn" | "queueIds" | "default"> & { id: string; createdAt: string };

export const toCalendarView = ({ _id, name, timeZone, weekdays, holidays, icalUrl, createdAt }: Calendar): CalendarView => ({ id: _id, name, timeZone, weekdays, holidays, icalUrl, createdAt: createdAt.toISOString() });

export const toPolicyView = ({ _id, name, calendarId, targets, pausedIn, queueIds, default: isDefault, createdAt }: SlaPolicy): PolicyView => ({ id: _id, name, calendarId, targets, pausedIn, queueIds, default: isDefault, createdAt: createdAt.toISOString() });
