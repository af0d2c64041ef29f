import type { z } from "zod";
import { demand, deskSettings, type Actor } from "../auth/service.ts";
import { day, now } from "../clock.ts";
import { invalid, missing } from "../errors.ts";
import { moment } from "../spoken-time.ts";
import { Priority } from "../tickets/schema.ts";
import type { Hours } from "./calendar.ts";
import { clocksOf, type Clock, type Promised } from "./clocks.ts";
import { calendars, policies } from "./repo.ts";
import type { PreviewInput } from "./schema.ts";
import type { DueView, PreviewView } from "./view.ts";

/** When tickets of each priority opened at a moment would be due, under stored rules or drafts of them; for staff. Changes nothing. */
export async function previewFor(actor: Actor, input: z.infer<typeof PreviewInput>): Promise<PreviewView> {
  demand(actor, "staff.read");
  const { targets, hours } = await askedAbout(input);
  const at = input.at ? new Date(input.at) : now();
  if (Math.abs(at.getTime() - now().getTime()) > 3660 * day) throw invalid("at", "must be within ten years");
  const { remindMinutes } = await deskSettings();
  const due = Object.fromEntries(Priority.options.map((priority) => [priority, dueBy({ targets, pausedIn: [] }, hours, priority, at.getTime(), remindMinutes)])) as PreviewView["due"];
  return { at: at.toISOString(), timeZone: hours.timeZone, due };
}

async function askedAbout({ policyId, calendarId, ...drafts }: z.infer<typeof PreviewInput>): Promise<{ targets: Promised["targets"]; hours: Hours }> {
  const policy = policyId === undefined ? null : await policies().findOne({ _id: policyId });
  if (policyId !== undefined && !policy) throw missing("policy");
  const targets = drafts.targets ?? policy?.targets;
  if (!targets) throw invalid("targets", "must be given, or a policyId");
  if (drafts.calendar) return { targets, hours: drafts.calendar };
  const hours = await calendars().findOne({ _id: calendarId ?? policy?.calendarId ?? "" });
  if (!hours) throw invalid("calendarId", "is no calendar");
  return { targets, hours };
}

function dueBy(policy: Promised, hours: Hours, priority: Priority, at: number, remindMinutes: number): PreviewView["due"][Priority] {
  const opened = (onBehalf: boolean) => ({ at, what: "opened" as const, priority, onBehalf });
  const { firstResponse, resolution } = clocksOf([opened(false)], policy, hours, at, remindMinutes);
  const { nextResponses } = clocksOf([opened(true), { at, what: "message", side: "customer", automatic: false }], policy, hours, at, remindMinutes);
  const told = (clock: Clock | null | undefined): DueView | null =>
    clock && clock.dueAt !== null && clock.remindAt !== null ? { dueAt: new Date(clock.dueAt).toISOString(), remindAt: new Date(clock.remindAt).toISOString(), text: moment(clock.dueAt, hours.timeZone, at) } : null;
  return { firstResponse: told(firstResponse), nextResponse: told(nextResponses[0]), resolution: told(resolution) };
}
