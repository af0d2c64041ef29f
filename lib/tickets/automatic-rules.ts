import { doer, system } from "../auth/policy.ts";
import { minute } from "../clock.ts";
import type { EventRow, NewEvent } from "../events.ts";
import { lasted } from "../spoken-time.ts";
import { apply, isUnsolved, merged, onClose, type Act, type Change } from "./rules.ts";
import type { Ticket, TicketSla } from "./schema.ts";

/** About one clock of a ticket, which its name and start tell from all others. Times are milliseconds since 1970. */
export type ClockAct = { clock: "firstResponse" | "nextResponse" | "resolution"; startedAt: number; dueAt: number };
/** Something that the desk does by itself when its time (`at`) has come. */
export type TimedAct = { at: number } & (
  | ({ does: "remind" | "breach" } & ClockAct)
  | ({ does: "repeat"; times: number } & ClockAct)
  | { does: "nudge"; closesAt: number }
  | { does: "close"; days: number }
);

/** What the room of service levels says of a ticket and all its rows: which acts are due, and the copy of the clocks to keep. */
export type Look = { due: (ticket: Ticket, rows: readonly EventRow[]) => readonly TimedAct[]; copy: (ticket: Ticket, rows: readonly EventRow[]) => TicketSla };

const ruleOf = ({ does }: TimedAct) => (does === "nudge" || does === "close" ? "closing" : "sla");

/** The desk acting by itself under the rule of the first of these acts; null when there is none. */
export const bySelf = ([first]: readonly TimedAct[], at: Date): Act | null => (first ? { by: doer(system(ruleOf(first))), side: "system", at } : null);

/** What is due by the rule in whose name it is acted, one after the other, with the copy of the clocks after it. All but closing is no activity. */
export function inTime(ticket: Ticket, rows: readonly EventRow[], look: Look, act: Act): Change {
  const due = look.due(ticket, rows).filter((each) => ruleOf(each) === act.by.id);
  const change = due.reduce<Change>((before, timed) => merged(before, onAct({ ...ticket, ...before.set }, timed, act)), { set: {}, happened: [] });
  if (due.length === 0) return change;
  const after = apply(ticket, change, act);
  return { ...change, set: { ...change.set, sla: look.copy(after.ticket, [...rows, ...after.rows]) } };
}

function onAct(ticket: Ticket, timed: TimedAct, act: Act): Change {
  const lateMs = act.at.getTime() - timed.at;
  const late = lateMs > minute;
  switch (timed.does) {
    case "remind":
      return noted({ type: "ticket/reminded", why: `${promised[timed.clock]} is due soon.${late ? ` This reminder is ${lasted(lateMs)} late.` : ""}`, data: { ...dataOf(timed), ...(late ? { late } : {}) } });
    case "breach":
      return onBreach(ticket, timed, late ? lateMs : null);
    case "repeat":
      return noted({ type: "ticket/breach-repeated", why: "Nobody of staff has acted since the breach.", data: { ...dataOf(timed), times: timed.times } });
    case "nudge":
      return { set: { nudgedAt: act.at }, happened: [{ type: "ticket/nudged", quiet: true, why: "It was resolved, and nothing has happened since.", data: { closesAt: new Date(timed.closesAt).toISOString() } }] };
    case "close":
      return onClose(ticket, act, `It was resolved, and nothing has happened for ${timed.days} ${timed.days === 1 ? "day" : "days"}.`);
  }
}

/** Recorded once and for good. An unsolved ticket of the first level goes to a manager; engineers keep theirs, and whether it waits for an owner does not change. */
function onBreach(ticket: Ticket, timed: ClockAct, lateMs: number | null): Change {
  const breached = noted({ type: "ticket/breached", why: `${missed[timed.clock]}${lateMs === null ? "." : `; noticed ${lasted(lateMs)} after it was due.`}`, data: { ...dataOf(timed), ...(lateMs === null ? {} : { lateMs }) } });
  if (!isUnsolved(ticket.status) || ticket.level !== "l1") return breached;
  return merged(breached, { set: { level: "manager" }, happened: [{ type: "ticket/escalated", quiet: true, why: `${missed[timed.clock]}: a breach calls a manager.`, data: { from: ticket.level, to: "manager" } }] });
}

const promised = { firstResponse: "The first response", nextResponse: "The next response", resolution: "The resolution" };
const missed = { firstResponse: "The first response was not given in time", nextResponse: "The customer was not answered in time", resolution: "The ticket was not resolved in time" };
const dataOf = ({ clock, startedAt, dueAt }: ClockAct) => ({ clock, startedAt: new Date(startedAt).toISOString(), dueAt: new Date(dueAt).toISOString() });
const noted = (event: NewEvent): Change => ({ set: {}, happened: [{ ...event, quiet: true }] });
