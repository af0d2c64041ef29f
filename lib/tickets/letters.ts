import { isStaff, visibleTo, whoIs, type Actor } from "../auth/service.ts";
import { rowAt, type EventRow } from "../events.ts";
import { messages, tickets } from "./repo.ts";
import type { Message, Ticket } from "./schema.ts";

type Words = { body: string; author: string; side: Message["side"]; files: { name: string; size: number }[] };

/** What a letter to the requester may say: public words only. */
export type LetterFacts = {
  ticketId: string;
  number: number;
  subject: string;
  requesterId: string;
  opening: boolean;
  status: Ticket["status"];
  /** When it was resolved, while it is. */
  resolvedAt: Date | null;
  rated: boolean;
  message: Words | null;
};

/** What a letter or post to staff may say of a row, to one who may see its ticket. */
export type StaffFacts = Omit<LetterFacts, "opening" | "requesterId"> & {
  requester: { id: string; name: string; email: string };
  priority: Ticket["priority"];
  owner: string | null;
};

const wordsOf = (message: Message): Words => ({ body: message.body, author: message.author.name, side: message.side, files: (message.attachments ?? []).map(({ name, size }) => ({ name, size })) });

const standOf = (ticket: Ticket) => ({
  ticketId: ticket._id, number: ticket.number, subject: ticket.subject, status: ticket.status, resolvedAt: ticket.resolution?.at ?? null,
  rated: ticket.resolution !== null && ticket.rating?.resolvedAt.getTime() === ticket.resolution.at.getTime(),
});

/** The facts for a letter to the requester. Null when there is nothing (any more) to write about. */
export async function letterAbout(row: EventRow): Promise<LetterFacts | null> {
  const told = typeof row.data.messageId === "string" ? row.data.messageId : null;
  if (told !== null && row.publicSeq === null) return null;
  const [ticket, message] = await Promise.all([tickets().findOne({ _id: row.subject.id }), told === null ? null : messages().findOne({ _id: told, visibility: "public" })]);
  if (!ticket || (told !== null && !message)) return null;
  return { ...standOf(ticket), requesterId: ticket.requester.id, opening: row.type === "ticket/opened", message: message ? wordsOf(message) : null };
}

/** The facts for somebody of staff, private words too. Null when the ticket does not exist for this reader (any more). */
export async function staffFacts(reader: Actor, row: EventRow): Promise<StaffFacts | null> {
  const ticket = isStaff(reader) || reader.kind === "system" ? await tickets().findOne({ ...visibleTo(reader), _id: row.subject.id } as object) : null;
  if (!ticket) return null;
  const [message, owner] = await Promise.all([typeof row.data.messageId === "string" ? messages().findOne({ _id: row.data.messageId }) : null, ticket.assigneeId === null ? null : whoIs([ticket.assigneeId])]);
  return { ...standOf(ticket), requester: ticket.requester, priority: ticket.priority, owner: owner?.get(ticket.assigneeId ?? "")?.name ?? null, message: message ? wordsOf(message) : null };
}

/** Whether a ticket was resolved by the act that also replied: its reply says so, and no letter of its own is due. */
export async function resolvedByReply(resolved: EventRow): Promise<boolean> {
  const before = await rowAt(resolved.subject.id, resolved.seq - 1);
  return before?.type === "ticket/replied" && before.at.getTime() === resolved.at.getTime() && before.actor.id === resolved.actor.id;
}

/** Whether this ticket exists for a reader at this moment. */
export const seesTicket = async (reader: Actor, ticketId: string): Promise<boolean> => (await tickets().countDocuments({ ...visibleTo(reader), _id: ticketId } as object, { limit: 1 })) === 1;

/** Whether this ticket is resolved and not closed yet. */
export const isResolved = async (ticketId: string): Promise<boolean> => (await tickets().countDocuments({ _id: ticketId, status: "resolved" }, { limit: 1 })) === 1;

/** The ticket of a number and whose it is, for a mail that claims to answer it. */
export async function requesterOf(number: number): Promise<{ ticketId: string; requesterId: string } | null> {
  const ticket = await tickets().findOne({ number }, { projection: { requester: 1 } });
  return ticket ? { ticketId: ticket._id, requesterId: ticket.requester.id } : null;
}
