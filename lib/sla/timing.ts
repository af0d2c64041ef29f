import { demand, noteRead, system, type Actor } from "../auth/service.ts";
import { minute, now } from "../clock.ts";
import type { EventRow } from "../events.ts";
import { lifeOf, noteClocks, noteClocksOfMany, ticketsToTime, unsolvedLivesAfter } from "../tickets/service.ts";
import type { Ticket } from "../tickets/schema.ts";
import { copyOf, policyFor, timed, type Rules } from "./copy.ts";
import { allCalendars, allPolicies, insertRules } from "./repo.ts";
import type { Calendar, SlaPolicy } from "./schema.ts";
import { toClocksView, type ClocksView } from "./view.ts";

/** Calendars as they were last read: what the rules have worked out for one is kept with the object. */
const known = new Map<string, Calendar>();

async function currentRules(): Promise<Rules> {
  const [policies, calendars] = await Promise.all([allPolicies(), allCalendars()]);
  return { policies, calendars: calendars.map((fresh) => {
    const kept = known.get(fresh._id);
    if (kept?.seq === fresh.seq) return kept;
    known.set(fresh._id, fresh);
    return fresh;
  }) };
}

/** Computes the clocks of a ticket anew from all its rows, and has the ticket keep them. Safe to repeat; a newer computation stays. */
export async function timeTicket(id: string): Promise<void> {
  await timeBy(id, now(), await currentRules());
}

/** A row that came between the reads of ticket and rows counts: the ticket's own number may be older. */
const lastSeq = (rows: readonly EventRow[]) => rows.at(-1)?.seq ?? 0;

/** A new ticket that routing has not looked at may come into a queue that promises something else: the sweep times it, a minute after its opening at the latest. */
const mayBePlaced = ({ queueId, routing, createdAt }: Ticket, { policies }: Rules, at: Date): boolean =>
  queueId === null && routing.state === "waiting" && at.getTime() - createdAt.getTime() < minute && policies.some((policy) => policy.queueIds.length > 0);

async function timeBy(id: string, at: Date, rules: Rules): Promise<void> {
  const { ticket, rows } = await lifeOf(id);
  if (mayBePlaced(ticket, rules, at)) return;
  await noteClocks(ticket, copyOf(timed(ticket, rows, rules, at), lastSeq(rows), at));
}

const perSweep = 200;

/** Computes clocks that a lost event left behind and those that ran out. Answers how many. */
export async function timeLeftBehind(): Promise<number> {
  const at = now();
  const ids = await ticketsToTime(at, perSweep);
  if (ids.length === 0) return 0;
  const rules = await currentRules();
  for (const id of ids) await timeBy(id, at, rules);
  return ids.length;
}

const perPage = 250;

/** Computes the clocks of a page of unsolved tickets by rules that changed. Answers where the next page begins, null after the last. */
export async function timeUnsolved(after: string): Promise<string | null> {
  const [at, rules, lives] = [now(), await currentRules(), await unsolvedLivesAfter(after, perPage)];
  await noteClocksOfMany(lives.map(({ ticket, rows }) => ({ id: ticket._id, sla: copyOf(timed(ticket, rows, rules, at), lastSeq(rows), at) })));
  return lives.length < perPage ? null : (lives.at(-1)?.ticket._id ?? null);
}

/** The clocks of a ticket at this moment, explained in words; for staff who see the ticket. */
export async function clocksFor(actor: Actor, { id }: { id: string }): Promise<ClocksView> {
  const { ticket, rows } = await lifeOf(id, actor);
  demand(actor, "staff.read");
  await noteRead(actor, id);
  const [at, rules] = [now(), await currentRules()];
  return toClocksView(timed(ticket, rows, rules, at), policyFor(ticket.queueId, rules), at.getTime());
}

/** Writes the calendars and policies of the demo or of an import. */
export const restoreRules = (rules: { calendars: Calendar[]; policies: SlaPolicy[] }): Promise<void> => insertRules(rules, system("restore"));
