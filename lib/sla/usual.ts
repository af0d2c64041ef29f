import { newId } from "../ids.ts";
import type { Calendar, SlaPolicy } from "./schema.ts";

const hours = [{ from: "09:00", to: "17:30" }];
/** 510 working minutes a day. */
const dayMinutes = 510;

/** What a desk promises until an admin says otherwise: office hours of a zone, and targets that a small team can keep. */
export function usualRules(timeZone: string, at: Date): { calendars: [Calendar]; policies: [SlaPolicy] } {
  const calendar: Calendar = { _id: newId(), name: "Business hours", timeZone, weekdays: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: [], sun: [] }, holidays: [], icalUrl: null, seq: 1, createdAt: at };
  const policy: SlaPolicy = {
    _id: newId(), name: "Standard", calendarId: calendar._id, pausedIn: ["pending", "on_hold"], queueIds: [], default: true, seq: 1, createdAt: at,
    targets: {
      low: { firstResponseMinutes: dayMinutes, nextResponseMinutes: 2 * dayMinutes, resolutionMinutes: 10 * dayMinutes },
      normal: { firstResponseMinutes: 240, nextResponseMinutes: dayMinutes, resolutionMinutes: 5 * dayMinutes },
      high: { firstResponseMinutes: 120, nextResponseMinutes: 240, resolutionMinutes: 2 * dayMinutes },
      urgent: { firstResponseMinutes: 30, nextResponseMinutes: 60, resolutionMinutes: 240 },
    },
  };
  return { calendars: [calendar], policies: [policy] };
}
