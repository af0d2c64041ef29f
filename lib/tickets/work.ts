import type { z } from "zod";
import { allQueues, demand, staffMember, visibleTo, type Actor } from "../auth/service.ts";
import type { Permission } from "../auth/policy.ts";
import { invalid } from "../errors.ts";
import { shownOne } from "./around.ts";
import { actOf } from "./converse.ts";
import { amend, find } from "./repo.ts";
import { onAssign, onClose, onEdit, onEscalate, onReopen, onResolve, onUnassign, type Act, type Change } from "./rules.ts";
import type { AssignInput, ChangeTicketInput, EscalateInput, Ticket } from "./schema.ts";
import type { TicketView } from "./view.ts";

type Stated = { ifMatch: number | null };

/** Finds through the person, demands the right on the newest state, decides, saves, announces. */
export async function change(actor: Actor, id: string, permission: Permission, { ifMatch }: Stated, decide: (ticket: Ticket, act: Act) => Change): Promise<TicketView> {
  const ticket = await find(visibleTo(actor), id);
  demand(actor, permission, ticket);
  const act = actOf(actor, ticket);
  const { ticket: after } = await amend(visibleTo(actor), ticket, act, (newest) => {
    demand(actor, permission, newest);
    return decide(newest, act);
  }, ifMatch);
  return shownOne(actor, after);
}

/** Gives the ticket to a member of staff who may reply. Agents may claim an unowned ticket of their queues, if the desk allows it. */
export async function assign(actor: Actor, { id, assigneeId }: z.infer<typeof AssignInput>, stated: Stated): Promise<TicketView> {
  const claims = actor.kind === "person" && actor.id === assigneeId && !actor.roles.includes("manager");
  const ticket = await find(visibleTo(actor), id);
  demand(actor, claims ? "ticket.claim" : "ticket.assign", ticket);
  const owner = await staffMember(assigneeId, "assigneeId");
  if (!owner.roles.includes("agent") && !owner.roles.includes("manager")) throw invalid("assigneeId", "may not reply to customers, so can't own a ticket");
  return change(actor, id, claims ? "ticket.claim" : "ticket.assign", stated, (newest, act) => onAssign(newest, { id: owner._id, name: owner.name }, act));
}

/** Sends the ticket back to its queue, to be routed again. */
export const unassign = (actor: Actor, { id }: { id: string }, stated: Stated) => change(actor, id, "ticket.assign", stated, (ticket, act) => onUnassign(ticket, act));

export const escalate = (actor: Actor, { id, level, reason }: z.infer<typeof EscalateInput>, stated: Stated) => change(actor, id, "ticket.escalate", stated, (ticket) => onEscalate(ticket, level, reason));

export const resolve = (actor: Actor, { id }: { id: string }, stated: Stated) => change(actor, id, "ticket.resolve", stated, (ticket, act) => onResolve(ticket, act));

export const reopen = (actor: Actor, { id }: { id: string }, stated: Stated) => change(actor, id, "ticket.reopen", stated, (ticket, act) => onReopen(ticket, act));

export const close = (actor: Actor, { id }: { id: string }, stated: Stated) => change(actor, id, "ticket.close", stated, (ticket, act) => onClose(ticket, act));

/** Changes priority, category, tags or status; a category takes its queue with it and must be one of a queue, or `general`. */
export async function edit(actor: Actor, { id, priority, tags, category, status }: z.infer<typeof ChangeTicketInput>, stated: Stated): Promise<TicketView> {
  const queue = category === undefined ? undefined : (await allQueues()).find((each) => each.category === category);
  if (category !== undefined && category !== "general" && !queue) {
    await find(visibleTo(actor), id);
    throw invalid("category", "is not the category of any queue");
  }
  const to = category === undefined ? undefined : { name: category, queueId: queue?._id ?? null };
  return change(actor, id, "ticket.edit", stated, (ticket, act) => onEdit(ticket, { priority, tags, status, category: to }, act));
}
