import type { z } from "zod";
import { demand, doer, isStaff, visibleTo, type Actor } from "../auth/service.ts";
import { now } from "../clock.ts";
import { AppError, invalid } from "../errors.ts";
import { announce } from "../events.ts";
import { mentionable } from "./mentions.ts";
import { amend, find, insert, isDuplicate, markRead, messageOnce, nextNumber, ticketOnce, type Saved } from "./repo.ts";
import { onNote, onReply, openedWith, unlookedAt, type Act } from "./rules.ts";
import type { Message, MessageInput, Ticket } from "./schema.ts";
import { claimable } from "./upload.ts";
import { toMessageView, type MessageView } from "./view.ts";

/** A message as its writer sees it; `followUp` names the new ticket when theirs was closed. */
export type Written = MessageView & { ticketId: string; followUp: { id: string; number: number } | null };

export function actOf(actor: Actor, ticket: Ticket): Act {
  const by = actor.kind === "visitor" ? { kind: "visitor" as const, id: ticket.requester.id, name: ticket.requester.name } : doer(actor);
  const side = actor.kind === "system" ? "system" : isStaff(actor) ? "staff" : "customer";
  return { by, side, at: now() };
}

/**
 * Adds a public reply or a private note. Messages never conflict: they append. A customer's reply to a closed
 * ticket opens a follow-up that links back. The same `once` makes one message.
 */
export async function write(actor: Actor, input: z.infer<typeof MessageInput>, { once }: { once: string | null }): Promise<Written> {
  const ticket = await find(visibleTo(actor), input.id);
  demand(actor, input.visibility === "private" ? "ticket.note" : "ticket.reply", ticket);
  if (input.visibility === "private" && input.status !== undefined) throw invalid("status", "goes with a public reply");
  if (input.mentionIds && input.visibility === "public") throw invalid("mentionIds", "goes with a private note");
  if (input.status !== undefined && !isStaff(actor)) throw invalid("status", "is set by staff");
  const earlier = once === null ? null : await messageOnce(once);
  if (earlier) return toWritten(actor, earlier, null);
  if (ticket.status === "closed" && input.visibility === "public") return followUp(actor, ticket, input, once);
  const saved = await appended(actor, ticket, input, once);
  if (saved === null) return alreadyThere(actor, once);
  await noteOwnRead(actor, saved.ticket);
  return toWritten(actor, saved.message, null);
}

async function appended(actor: Actor, ticket: Ticket, input: z.infer<typeof MessageInput>, once: string | null): Promise<Saved | null> {
  const act = actOf(actor, ticket);
  try {
    return await amend(visibleTo(actor), ticket, act, async (newest) => {
      const message = { body: input.body, visibility: input.visibility, once, files: await claimable(actor, input.attachmentIds), mentions: await mentionable(newest, input.mentionIds) };
      return input.visibility === "private" ? onNote(newest, message, act) : onReply(newest, message, act, input.status);
    });
  } catch (error) {
    // a twin of this request may have been faster: then its message is there, and has taken the files
    if (once !== null && (isDuplicate(error, "once") || (input.attachmentIds && (await messageOnce(once))))) return null;
    throw error;
  }
}

async function alreadyThere(actor: Actor, once: string | null): Promise<Written> {
  return toWritten(actor, await messageOnce(once ?? ""), null);
}

/** What a person wrote they have read. */
async function noteOwnRead(actor: Actor, ticket: Ticket): Promise<void> {
  if (actor.kind === "person") await markRead(actor.id, ticket._id, isStaff(actor) ? ticket.seq : ticket.publicSeq, now());
}

function toWritten(actor: Actor, message: Message | null, followUpOf: Ticket | null): Written {
  if (!message) throw new Error("a written message is kept");
  const viewer = { id: actor.kind === "person" ? actor.id : message.author.id, staff: isStaff(actor) };
  return { ...toMessageView(message, viewer), ticketId: message.ticketId, followUp: followUpOf ? { id: followUpOf._id, number: followUpOf.number } : null };
}

/** A closed ticket stays closed: the customer's words open a new one with the same subject and category. */
async function followUp(actor: Actor, closed: Ticket, { body, attachmentIds }: z.infer<typeof MessageInput>, once: string | null): Promise<Written> {
  if (isStaff(actor)) throw new AppError("conflict", "This ticket is closed. Only the customer's reply opens a follow-up.");
  const before = once === null ? null : await ticketOnce(once);
  const saved = before ? null : openedWith({
    number: await nextNumber(), subject: closed.subject, body, files: await claimable(actor, attachmentIds), channel: closed.channel, requester: closed.requester, visitor: closed.visitor,
    category: closed.category.by === "default" ? unlookedAt : closed.category, priority: closed.priority, tags: [], follows: { id: closed._id, number: closed.number }, once,
  }, actOf(actor, closed));
  if (saved) {
    const first = saved.message ? { ...saved, message: { ...saved.message, once } } : saved;
    await insert(first);
    announce(first.rows);
    return toWritten(actor, first.message, first.ticket);
  }
  return toWritten(actor, await messageOnce(once ?? ""), before);
}
