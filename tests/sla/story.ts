import type { EventRow } from "@/lib/events";
import { actsOf, lookBy, timed, type Periods, type Rules } from "@/lib/sla/rules";
import type { Calendar, SlaPolicy } from "@/lib/sla/schema";
import { bySelf, inTime } from "@/lib/tickets/automatic-rules";
import { apply, onEdit, onNote, onReopen, onReply, onResolve, onStatus, openedWith, unlookedAt, type Act, type Change } from "@/lib/tickets/rules";
import type { Priority, Ticket } from "@/lib/tickets/schema";

/** What happens to a ticket; `desk`: whatever is due then by the rules of then is done, as the watch does it. */
export type Step = [time: string, does: "customer writes" | "staff answers" | "staff notes" | "pending" | "open" | "resolved" | "reopened" | "urgent" | "normal" | "desk", rules?: Rules];

const none = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const span = (from: string, to: string) => [{ from, to }];
const every = { mon: span("09:00", "17:30"), tue: span("09:00", "17:30"), wed: span("09:00", "17:30"), thu: span("09:00", "17:30"), fri: span("09:00", "17:30"), sat: [], sun: [] };
/** Monday to Friday from 09:00 to 17:30: 510 minutes a day. */
export const office = { timeZone: "Europe/Berlin", weekdays: every, holidays: [] };
export const sundayMorning = { timeZone: "Europe/Berlin", weekdays: { ...none, sun: span("00:00", "06:00") }, holidays: [] };
export const periods: Periods = { remindMinutes: 30, repeatBreachMinutes: 60, closeAfterDays: 7, nudgeHours: 24 };
export const targets = {
  low: {},
  normal: { firstResponseMinutes: 120, nextResponseMinutes: 240, resolutionMinutes: 1020 },
  high: { firstResponseMinutes: 60 },
  urgent: { firstResponseMinutes: 30, nextResponseMinutes: 60, resolutionMinutes: 240 },
};

/** Rules with one policy. */
export function rules(of: { calendar?: Pick<Calendar, "timeZone" | "weekdays" | "holidays">; targets?: SlaPolicy["targets"]; periods?: Partial<Periods> } = {}): Rules {
  const made = { seq: 1, createdAt: new Date(0) };
  return {
    calendars: [{ ...(of.calendar ?? office), ...made, _id: "calendar0", name: "Office", icalUrl: null }],
    policies: [{ ...made, _id: "policy00", name: "Usual", calendarId: "calendar0", targets: of.targets ?? targets, pausedIn: ["pending", "on_hold"], queueIds: [], default: true }],
    periods: { ...periods, ...of.periods },
  };
}

const customer = { kind: "person" as const, id: "customer0", name: "Ana" };
const agent = { kind: "person" as const, id: "agent000", name: "Ben" };

/** A ticket after its opening and these steps, with all its rows. */
export function lived(opened: string, steps: readonly Step[], by: Rules, priority: Priority = "normal"): { ticket: Ticket; rows: EventRow[] } {
  const opening = { number: 1, subject: "Help", body: "Please", channel: "portal" as const, requester: { id: customer.id, name: "Ana", email: "ana@shop.example" }, visitor: null, category: unlookedAt, priority, tags: [], follows: null, once: null };
  let saved: { ticket: Ticket; rows: EventRow[] } = openedWith(opening, { by: customer, side: "customer", at: new Date(opened) });
  const rows = [...saved.rows];
  for (const [time, does, then = by] of steps) {
    const at = new Date(time);
    const look = lookBy(then, at);
    const act: Act | null = does === "desk" ? bySelf(look.due(saved.ticket, rows), at) : does === "customer writes" ? { by: customer, side: "customer", at } : { by: agent, side: "staff", at };
    if (act) {
      saved = apply(saved.ticket, does === "desk" ? inTime(saved.ticket, rows, look, act) : changeBy(does, saved.ticket, act), act);
      rows.push(...saved.rows);
    }
    saved.ticket = { ...saved.ticket, sla: look.copy(saved.ticket, rows) };
  }
  return { ticket: saved.ticket, rows };
}

function changeBy(does: Exclude<Step[1], "desk">, ticket: Ticket, act: Act): Change {
  const message = { body: "Words", visibility: "public" as const, once: null };
  switch (does) {
    case "customer writes": case "staff answers": return onReply(ticket, message, act);
    case "staff notes": return onNote(ticket, { ...message, visibility: "private" }, act);
    case "pending": case "open": return onStatus(ticket, does);
    case "resolved": return onResolve(ticket, act);
    case "reopened": return onReopen(ticket, act);
    case "urgent": case "normal": return onEdit(ticket, { priority: does }, act);
  }
}

/** What is ahead of a ticket, in words: `*` before what is due, the clock, the moment; of a breach the due time. */
export function ahead({ ticket, rows }: { ticket: Ticket; rows: readonly EventRow[] }, by: Rules, time: string): string[] {
  const now = Date.parse(time);
  const clocks = timed(ticket, rows, by, new Date(now));
  return actsOf({ ticket, rows, clocks, hours: by.calendars[0] ?? null, periods: by.periods, settledAt: ticket.sla?.settledAt ?? null }, now).map((act) => {
    const at = act.does === "breach" ? act.at - 1 : act.at;
    const words = [act.does, ..."clock" in act ? [act.clock] : [], ...(act.does === "repeat" ? [act.times] : [])];
    return `${act.at <= now ? "* " : ""}${words.join(" ")} ${new Date(at).toISOString().replace(/\.000Z|Z/, "")}`;
  });
}
