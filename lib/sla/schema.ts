import { z } from "zod";
import { Name, TimeZone } from "../auth/schema.ts";
import { Id } from "../ids.ts";

export const Weekday = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
export type Weekday = z.infer<typeof Weekday>;

const from = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time like 09:00");
const to = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "must be a time like 17:30, at most 24:00");
/** Working time of a day by its wall clock, `[from, to)`. "24:00" ends a day, so a night is split at midnight. */
export const Interval = z.object({ from, to }).refine((span) => span.from < span.to, { path: ["to"], message: "must be after from" });
export type Interval = z.infer<typeof Interval>;

const Intervals = z
  .array(Interval)
  .max(12, "may be 12 at most")
  .superRefine((spans, context) => {
    const late = spans.findIndex((span, index) => spans.slice(0, index).some((other) => span.from < other.to && other.from < span.to));
    if (late >= 0) context.addIssue({ code: "custom", path: [late, "from"], message: "must not overlap" });
  })
  .transform((spans) => spans.toSorted((one, other) => one.from.localeCompare(other.from)));
const weekdays = z.object({ mon: Intervals, tue: Intervals, wed: Intervals, thu: Intervals, fri: Intervals, sat: Intervals, sun: Intervals });
export const Holiday = z.object({ date: z.iso.date("must be a date like 2026-12-25"), name: Name, origin: z.literal("ical").optional().describe("read from the address; absent: by hand") });
export type Holiday = z.infer<typeof Holiday>;

export const mostHolidays = 1000;
const holidays = z.array(Holiday).max(mostHolidays, `may be ${mostHolidays} at most`).transform((all) => all.toSorted((one, other) => one.date.localeCompare(other.date)));

/** How the last readings of a calendar's address went. A failed one changes no holiday. */
export const IcalReading = z.object({
  at: z.date().nullable().describe("of the last that succeeded"),
  found: z.number().int().describe("holidays in it"),
  skipped: z.number().int().describe("entries that make no day free"),
  failure: z.object({ at: z.date(), why: z.string() }).nullable().describe("null: the last succeeded"),
});
export type IcalReading = z.infer<typeof IcalReading>;

/** When a desk works. */
export const Calendar = z.object({
  _id: Id,
  name: Name,
  timeZone: TimeZone,
  weekdays,
  holidays: z.array(Holiday),
  icalUrl: z.string().nullable().describe("where holidays are read from, daily"),
  icalReading: IcalReading.nullish().describe("null or absent: not read yet"),
  seq: z.number().int(),
  createdAt: z.date(),
});
export type Calendar = z.infer<typeof Calendar>;

const minutes = z.number().int().min(1).max(525_600).optional();
/** Working minutes; what is left out is not promised. */
export const Targets = z.object({ firstResponseMinutes: minutes, nextResponseMinutes: minutes, resolutionMinutes: minutes });
const targets = z.object({ low: Targets, normal: Targets, high: Targets, urgent: Targets });
const Pausing = z.enum(["pending", "on_hold"], "must be pending or on_hold");
const pausedIn = z.array(Pausing).max(2).transform((all) => [...new Set(all)]);

/** What is promised: by the default policy, or by the one of a ticket's queue. */
export const SlaPolicy = z.object({
  _id: Id,
  name: Name,
  calendarId: Id,
  targets,
  pausedIn: z.array(Pausing).describe("statuses in which the resolution clock stands"),
  queueIds: z.array(Id),
  default: z.boolean(),
  seq: z.number().int(),
  createdAt: z.date(),
});
export type SlaPolicy = z.infer<typeof SlaPolicy>;

const icalUrl = z.url({ protocol: /^https?$/, error: "must be an address that begins with http" }).max(2000).nullable();
export const NewCalendarInput = z.object({ name: Name, timeZone: TimeZone, weekdays, holidays: holidays.default([]), icalUrl: icalUrl.default(null) });
export const ChangeCalendarInput = z.object({ id: Id, name: Name.optional(), timeZone: TimeZone.optional(), weekdays: weekdays.optional(), holidays: holidays.optional(), icalUrl: icalUrl.optional() });
const queueIds = z.array(Id).max(1000).transform((all) => [...new Set(all)]);
export const NewPolicyInput = z.object({ name: Name, calendarId: Id, targets, pausedIn: pausedIn.default(["pending", "on_hold"]), queueIds: queueIds.default([]), default: z.boolean().default(false) });
export const ChangePolicyInput = z.object({ id: Id, name: Name.optional(), calendarId: Id.optional(), targets: targets.optional(), pausedIn: pausedIn.optional(), queueIds: queueIds.optional(), default: z.boolean().optional() });
export const RuleId = z.object({ id: Id });

/** A calendar file to be understood; times in it without a zone are by the clocks of `timeZone`. */
export const IcalInput = z.object({ text: z.string().min(1, "must not be empty"), timeZone: TimeZone });

/** What is asked of rules that need not be saved: ids name what is stored, drafts stand in for it. */
export const PreviewInput = z.object({
  policyId: Id.optional(),
  targets: targets.optional().describe("instead of the policy's"),
  calendarId: Id.optional().describe("instead of the policy's"),
  calendar: z.object({ timeZone: TimeZone, weekdays, holidays: holidays.default([]) }).optional().describe("instead of a stored one"),
  at: z.iso.datetime({ offset: true, error: "must be a moment like 2026-12-25T09:00:00Z" }).optional().describe("when the ticket is opened; now without it"),
});

/** Rules that might be saved, to be tried on the past. A policy without an id is a new one. */
export const WhatIfInput = z
  .object({
    policy: z.object({ id: Id.optional(), calendarId: Id, targets, pausedIn: pausedIn.default(["pending", "on_hold"]), queueIds: queueIds.default([]), default: z.boolean().default(false) }).optional(),
    calendar: z.object({ id: Id, timeZone: TimeZone, weekdays, holidays: holidays.default([]) }).optional(),
  })
  .refine(({ policy, calendar }) => policy || calendar, { path: ["policy"], message: "must be given, or a calendar" });
