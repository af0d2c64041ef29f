import { rowOf } from "../events.ts";
import { messages, tickets } from "./repo.ts";

/** What a letter about a row may say: public words only. Null when there is nothing (any more) to write about. */
export type LetterFacts = {
  ticketId: string;
  number: number;
  subject: string;
  requesterId: string;
  opening: boolean;
  message: { body: string; author: string; side: "customer" | "staff" | "system"; files: { name: string; size: number }[] };
};

export async function letterAbout(rowId: string): Promise<LetterFacts | null> {
  const row = await rowOf(rowId);
  if (row === null || row.publicSeq === null || typeof row.data.messageId !== "string") return null;
  const [ticket, message] = await Promise.all([tickets().findOne({ _id: row.subject.id }), messages().findOne({ _id: row.data.messageId, visibility: "public" })]);
  if (!ticket || !message) return null;
  return {
    ticketId: ticket._id, number: ticket.number, subject: ticket.subject, requesterId: ticket.requester.id, opening: row.type === "ticket/opened",
    message: { body: message.body, author: message.author.name, side: message.side, files: (message.attachments ?? []).map(({ name, size }) => ({ name, size })) },
  };
}
