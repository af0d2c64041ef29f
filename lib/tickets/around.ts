import { can, isStaff, type Actor } from "../auth/policy.ts";
import { deskSettings, queueNames, whoIs } from "../auth/service.ts";
import { readMarks } from "./repo.ts";
import { isUnsolved } from "./rules.ts";
import type { Ticket } from "./schema.ts";
import { toCustomerTicket, toStaffTicket, type TicketMay, type TicketView } from "./view.ts";

/** What the actor may do with the ticket in the state it is in. */
export function mayWith(actor: Actor, ticket: Ticket): TicketMay {
  const unsolved = isUnsolved(ticket.status);
  return {
    reply: can(actor, "ticket.reply", ticket) && ticket.status !== "closed",
    note: can(actor, "ticket.note", ticket),
    edit: can(actor, "ticket.edit", ticket) && ticket.status !== "closed",
    assign: can(actor, "ticket.assign", ticket) && ticket.status !== "closed",
    claim: can(actor, "ticket.claim", ticket) && ticket.assigneeId === null && unsolved,
    escalate: can(actor, "ticket.escalate", ticket) && unsolved,
    resolve: can(actor, "ticket.resolve", ticket) && unsolved,
    reopen: can(actor, "ticket.reopen", ticket) && ticket.status === "resolved",
    close: can(actor, "ticket.close", ticket) && ticket.status !== "closed",
    schedule: can(actor, "schedule.read"),
  };
}

/**
 * Whether a ticket is known to be its requester's. Anybody can write an address into a form, also one that its owner
 * proved long ago: a visitor's ticket counts from the proof that came after it.
 */
export const isRequesters = (ticket: Ticket, provedAt: Date | undefined) => provedAt !== undefined && (ticket.openedBy.kind !== "visitor" || provedAt >= ticket.createdAt);

const viewerOf = (actor: Actor): string => (actor.kind === "person" ? actor.id : actor.kind === "visitor" ? (actor.id ?? "") : actor.rule);

/** Tickets as this actor sees them, with the names and marks they need fetched once for all. */
export async function shown(actor: Actor, found: readonly Ticket[], whole = false): Promise<TicketView[]> {
  const staff = isStaff(actor);
  const ids = found.flatMap((ticket) => [...(ticket.assigneeId === null ? [] : [ticket.assigneeId]), ...(staff ? [ticket.requester.id] : [])]);
  const [people, queues, marks, { askRating: asksRating }] = await Promise.all([
    whoIs(ids),
    staff ? queueNames() : new Map<string, string>(),
    readMarks(viewerOf(actor), found.map((ticket) => ticket._id)),
    !staff && found.some(({ resolution }) => resolution) ? deskSettings() : { askRating: false }, // nobody else is asked
  ]);
  return found.map((ticket) => {
    const verified = isRequesters(ticket, people.get(ticket.requester.id)?.verifiedAt ?? undefined);
    const around = { ownerName: people.get(ticket.assigneeId ?? "")?.name ?? "Somebody", queues, readSeq: marks.get(ticket._id) ?? null, verified, may: mayWith(actor, ticket), asksRating, whole };
    return staff ? toStaffTicket(ticket, around) : toCustomerTicket(ticket, around);
  });
}

export async function shownOne(actor: Actor, ticket: Ticket): Promise<TicketView> {
  const [view] = await shown(actor, [ticket], true);
  if (!view) throw new Error("a ticket has a view");
  return view;
}
