import { demand, noteRead, system, type Actor } from "../auth/service.ts";
import { minute, now } from "../clock.ts";
import { rowOf } from "../events.ts";
import { actInTime, lifeOf, livesAfter, noteClocks, noteClocksOfMany, type Life } from "../tickets/service.ts";
import { unsolvedStatuses, type Status, type Ticket } from "../tickets/schema.ts";
import { copyOf, lookBy, policyFor, timed, type Rules } from "./copy.ts";
import { currentRules, insertRules } from "./repo.ts";
import type { Calendar, SlaPolicy } from "./schema.ts";
import { toClocksView, type ClocksView } from "./view.ts";

/**
 * Computes the clocks of a ticket anew from all its rows, has the ticket keep them, and does what is due by them. Safe
 * to repeat; a newer computation stays. Answers when the desk acts on it next, null when that is not known yet.
 */
export const timeTicket = async (id: string): Promise<Date | null> => timeLife(await lifeOf(id), await currentRules(), now());

/** A new ticket that routing has not looked at may come into a queue that promises something else: a sweep times it, a minute after its opening at the latest. */
const mayBePlaced = ({ queueId, routing, createdAt }: Ticket, { policies }: Rules, at: Date): boolean =>
  queueId === null && routing.state === "waiting" && at.getTime() - createdAt.getTime() < minute && policies.some((policy) => policy.queueIds.length > 0);

/** The same for a ticket that was read already. */
export async function timeLife(life: Life, rules: Rules, at: Date): Promise<Date | null> {
  const { ticket, rows } = life;
  if (mayBePlaced(ticket, rules, at)) return null;
  const copy = copyOf(ticket, rows, rules, at);
  if (copy.actAt > at) await noteClocks(ticket, copy);
  else await actInTime(life, lookBy(rules, at), at);
  return copy.actAt;
}

/** The statuses of tickets whose clocks or acts are moved by a change of rules. What is solved keeps the clocks it had. */
export async function movedBy(rowId: string): Promise<readonly Status[]> {
  const row = await rowOf(rowId);
  if (row?.type !== "settings/changed") return unsolvedStatuses;
  const has = (...names: (keyof Rules["periods"])[]) => names.some((name) => name in row.data);
  return [...(has("remindMinutes", "repeatBreachMinutes") ? unsolvedStatuses : []), ...(has("closeAfterDays", "nudgeHours") ? ["resolved" as const] : [])];
}

/** Small enough that whoever reads meanwhile hardly waits, for the app or for the database; and so many at a call. */
const [perPage, pages] = [50, 20];

/**
 * Computes the clocks of a thousand tickets by rules that changed; what is due by them is left to the watch. Answers
 * the id after which the next thousand begin, null after the last. The next page is read while one is computed.
 */
export async function timeAnew(statuses: readonly Status[], after: string): Promise<string | null> {
  let last = after;
  let next = livesAfter(last, statuses, perPage);
  for (let page = 1; ; page += 1) {
    const [lives, rules, at] = [await next, await currentRules(), now()];
    last = lives.at(-1)?.ticket._id ?? last;
    const ends = lives.length < perPage || page === pages;
    if (!ends) {
      next = livesAfter(last, statuses, perPage);
      next.catch(() => {}); // heard above, unless the write fails first
    }
    await noteClocksOfMany(lives.map(({ ticket, rows }) => ({ id: ticket._id, sla: copyOf(ticket, rows, rules, at) })));
    if (ends) return lives.length < perPage ? null : last;
  }
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
