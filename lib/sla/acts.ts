import type { DeskSettings } from "../auth/schema.ts";
import { day, hour, minute } from "../clock.ts";
import type { EventRow } from "../events.ts";
import type { ClockAct, TimedAct } from "../tickets/rules.ts";
import { unsolvedStatuses, type Ticket } from "../tickets/schema.ts";
import { addWorking, type Hours } from "./calendar.ts";
import type { Clock, Clocks } from "./clocks.ts";

/** The settings of a desk by which it acts on its own. */
export type Periods = Pick<DeskSettings, "remindMinutes" | "repeatBreachMinutes" | "closeAfterDays" | "nudgeHours">;
/** What an act is decided from; `hours` is null on a desk that promises nothing. `settledAt`: see TicketSla. */
export type Facts = { ticket: Ticket; rows: readonly EventRow[]; clocks: Clocks; hours: Hours | null; periods: Periods; settledAt: Date | null };

/**
 * What time demands of a ticket as far as can be seen at `now`, the soonest first. An act is due from its `at` on
 * (milliseconds since 1970), and stays in the answer until the row that it writes is among the rows.
 */
export function actsOf(facts: Facts, now: number): TimedAct[] {
  const { firstResponse, nextResponses, resolution } = facts.clocks;
  const clocks = [...(firstResponse ? [firstResponse] : []), ...nextResponses, ...(resolution ? [resolution] : [])];
  const noted = new Set(facts.rows.map((row) => `${row.type} ${String(row.data.clock)} ${String(row.data.startedAt)}`));
  const ahead = [...clocks.flatMap((clock) => ofClock(clock, noted, facts.settledAt?.getTime() ?? -Infinity)), ...repeatOf(facts), ...closingOf(facts, now)];
  return ahead.toSorted((one, other) => one.at - other.at);
}

/** A clock is late only after its due time: met at exactly due is met. */
const lateFrom = (dueAt: number) => dueAt + 1;

/** Each once a clock, whatever becomes of its due time. What had stopped in time by the rules of then is not broken by later ones. */
function ofClock({ name, startedAt, state, dueAt, remindAt, stoppedAt }: Clock, noted: ReadonlySet<string>, settledAt: number): TimedAct[] {
  const has = (type: string) => noted.has(`ticket/${type} ${name} ${new Date(startedAt).toISOString()}`);
  if (dueAt === null || has("breached") || (stoppedAt !== null && stoppedAt <= settledAt)) return [];
  const of = { clock: name, startedAt, dueAt };
  if (state === "breached") return [{ does: "breach", ...of, at: lateFrom(dueAt) }];
  if (state !== "running") return [];
  return [...(remindAt === null || has("reminded") ? [] : [{ does: "remind" as const, ...of, at: remindAt }]), { does: "breach", ...of, at: lateFrom(dueAt) }];
}

/** Who of staff does anything after the newest breach ends its repetition. A desk that was away repeats once, and counts on from there. */
function repeatOf({ ticket, rows, hours, periods }: Facts): TimedAct[] {
  const breach = rows.findLastIndex((row) => row.type === "ticket/breached");
  const since = rows.slice(breach + 1);
  const row = rows[breach];
  if (!row || hours === null || periods.repeatBreachMinutes === 0 || !unsolvedStatuses.includes(ticket.status) || since.some((each) => byStaff(ticket, each))) return [];
  const told = since.filter((each) => each.type === "ticket/breach-repeated");
  const of = { clock: row.data.clock as ClockAct["clock"], startedAt: Date.parse(String(row.data.startedAt)), dueAt: Date.parse(String(row.data.dueAt)) };
  return [{ does: "repeat", ...of, times: told.length + 1, at: addWorking(hours, (told.at(-1) ?? row).at.getTime(), periods.repeatBreachMinutes * minute) }];
}

const byStaff = ({ requester }: Ticket, { actor }: EventRow) => actor.kind === "person" && actor.id !== requester.id;

/** A resolved ticket is closed some time after the last activity, and never before the moment that its customer was told. */
function closingOf({ ticket, rows, periods: { closeAfterDays, nudgeHours } }: Facts, now: number): TimedAct[] {
  if (ticket.status !== "resolved") return [];
  const closesAt = ticket.updatedAt.getTime() + closeAfterDays * day;
  if (nudgeHours > 0 && !ticket.nudgedAt) return [{ does: "nudge", closesAt: Math.max(closesAt, now + nudgeHours * hour), at: closesAt - nudgeHours * hour }];
  const told = ticket.nudgedAt ? rows.findLast((row) => row.type === "ticket/nudged")?.data.closesAt : undefined;
  return [{ does: "close", days: closeAfterDays, at: Math.max(closesAt, told === undefined ? 0 : Date.parse(String(told))) }];
}
