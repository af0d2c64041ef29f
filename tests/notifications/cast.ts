import type { PersonActor } from "@/lib/auth/policy";
import { events, type EventRow } from "@/lib/events";
import { newId } from "@/lib/ids";
import { tickets } from "@/lib/tickets/repo";
import type { Ticket } from "@/lib/tickets/schema";

/** A row as another room would have stored it: of a ticket, for staff. */
export async function rowOn(ticket: Ticket, type: string, data: Record<string, unknown> = {}, by: PersonActor | null = null): Promise<string> {
  const after = await tickets().findOneAndUpdate({ _id: ticket._id }, { $inc: { seq: 1 } }, { returnDocument: "after" });
  const at = new Date();
  const row: EventRow = {
    _id: newId(), subject: { kind: "ticket", id: ticket._id }, seq: after?.seq ?? 0, publicSeq: null, version: ticket.version, type, data, why: null, at, announcedAt: at,
    actor: by ? { kind: "person", id: by.id, name: by.name } : { kind: "system", id: "sla", name: "Twoway" }, audience: { customerId: null, staffIds: [], queueId: null, lostSight: [] },
  };
  await events().insertOne(row);
  return row._id;
}
