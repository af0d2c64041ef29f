import { minute } from "../clock.ts";
import { lasted, moment } from "../spoken-time.ts";
import type { Clock, Standstill } from "./clocks.ts";

const whys: Record<Standstill, string> = { pending: "while we waited for the customer", on_hold: "while it was on hold", resolved: "while it was resolved" };
/** Working time is told in hours: nobody's working day has 24 of them. */
const worked = (ms: number) => lasted(ms, Number.POSITIVE_INFINITY);

/** A clock in words: "2 h 10 min of 17 h worked, paused 18 h while we waited for the customer, due Monday 09:40". */
export function explained(clock: Clock, timeZone: string, now: number): string {
  const stood = (Object.entries(clock.stood) as [Standstill, number][]).filter(([, ms]) => ms >= minute).map(([as, ms]) => `paused ${lasted(ms)} ${whys[as]}`);
  const account = [`${worked(clock.workedMs)} of ${worked(clock.targetMs)} worked`, ...stood].join(", ");
  const due = clock.dueAt === null ? null : moment(clock.dueAt, timeZone, now);
  switch (clock.state) {
    case "running": return `${account}, due ${due}`;
    case "paused": return `${account}; it stands until the ticket is worked on again`;
    case "met": return `Met: ${account}, was due ${due}`;
    case "breached": return `Breached: ${account}, ${due === null ? "late already when it was paused" : `was due ${due}`}`;
  }
}
