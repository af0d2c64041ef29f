import { visibleTo, system } from "../auth/policy.ts";
import { rowsOfEach, type EventRow } from "../events.ts";
import { bySelf, inTime, type Look } from "./automatic-rules.ts";
import { amend, type Saved } from "./repo.ts";
import type { Ticket } from "./schema.ts";

/** A ticket with all its rows. */
export type Life = { ticket: Ticket; rows: readonly EventRow[] };

/**
 * Does what time demands of a ticket, in one transaction with the rows that say so and the copy of its clocks. The look
 * is asked anew about the newest ticket, so what is out of date is not done, and nothing twice, however many ask for it
 * at once. Does what follows from one rule; what another demands as well is found by the next look.
 */
export async function actInTime(found: Life, look: Look, at: Date): Promise<Saved | null> {
  const act = bySelf(look.due(found.ticket, found.rows), at);
  if (!act) return null;
  return amend(visibleTo(system(act.by.id)), found.ticket, act, async (ticket) => inTime(ticket, await rowsUpTo(ticket, found), look, act));
}

/** The rows that a ticket had when it was read: a later one must not be seen without what it did to the ticket. */
async function rowsUpTo({ _id, seq }: Ticket, found: Life): Promise<readonly EventRow[]> {
  const rows = found.ticket.seq === seq ? found.rows : ((await rowsOfEach([_id])).get(_id) ?? []);
  return rows.filter((row) => row.seq <= seq);
}
