import { visibleTo, type Actor } from "../auth/service.ts";
import type { Filter } from "../db.ts";
import { messages, tickets } from "./repo.ts";
import type { Ticket } from "./schema.ts";
import { snippetOf } from "./terms.ts";

const facts = { number: 1, subject: 1, requester: 1, visitor: 1, assigneeId: 1, watcherIds: 1, queueId: 1, level: 1 } as const;
export type TicketNow = Pick<Ticket, "_id" | keyof typeof facts>;

/** Tickets as they are at this moment, for deciding whom of staff to tell. */
export const ticketsNow = (ids: readonly string[]): Promise<TicketNow[]> => tickets().find({ _id: { $in: [...new Set(ids)] } }, { projection: facts }).toArray();
export const ticketNow = (id: string): Promise<TicketNow | null> => tickets().findOne({ _id: id }, { projection: facts });

/** Number and subject of those of these tickets that exist for the actor, by id. */
export async function subjectsFor(actor: Actor, ids: readonly string[]): Promise<Map<string, { number: number; subject: string }>> {
  if (ids.length === 0) return new Map();
  const found = await tickets().find({ $and: [visibleTo(actor) as unknown as Filter<Ticket>, { _id: { $in: [...new Set(ids)] } }] }, { projection: { number: 1, subject: 1 } }).toArray();
  return new Map(found.map(({ _id: id, number, subject }) => [id, { number, subject }]));
}

/** How a message begins, for staff; its files' names when it has no words. */
export async function wordsOf(messageId: string): Promise<string | null> {
  const message = await messages().findOne({ _id: messageId }, { projection: { body: 1, attachments: 1 } });
  return message && snippetOf(message.body || (message.attachments ?? []).map(({ name }) => name).join(", "));
}
