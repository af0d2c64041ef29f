import type { z } from "zod";
import { allQueues, can, customerWith, demand, doer, isStaff, type Actor } from "../auth/service.ts";
import { now, minute } from "../clock.ts";
import { invalid } from "../errors.ts";
import { announce } from "../events.ts";
import { limit } from "../limits.ts";
import { shownOne } from "./around.ts";
import { insert, isDuplicate, nextNumber, ticketOnce } from "./repo.ts";
import { openedWith, unlookedAt, type Act } from "./rules.ts";
import type { Channel, OpenTicketInput } from "./schema.ts";
import { claimable } from "./upload.ts";
import type { TicketView } from "./view.ts";

type Input = z.infer<typeof OpenTicketInput>;

/** What somebody without an account learns: enough to find it again, nothing of the desk. */
export type Receipt = { id: string; number: number; status: string; verification: "sent" };

/**
 * Opens a ticket: a customer's own, one by staff on behalf of a requester, or a visitor's with their address.
 * It is stored with its first message and event before this answers; routing and mail follow. The same `once`
 * opens one ticket, however often it is asked.
 */
export async function openTicket(actor: Actor, input: Input, { once, channel = "api" }: { once: string | null; channel?: Channel }): Promise<TicketView | Receipt> {
  const saved = await opening(actor, input, once, channel);
  if (actor.kind === "visitor") return { id: saved._id, number: saved.number, status: saved.status, verification: "sent" };
  return shownOne(actor, saved);
}

async function opening(actor: Actor, input: Input, once: string | null, channel: Channel) {
  const requester = await requesterFor(actor, input);
  if (input.category !== undefined) await demandCategory(input.category);
  const at = now();
  const by = actor.kind === "visitor" ? { kind: "visitor" as const, id: requester.id, name: requester.name } : doer(actor);
  const act: Act = { by, side: isStaff(actor) && requester.id !== actor.id ? "staff" : "customer", at };
  const earlier = once === null ? null : await ticketOnce(once);
  if (earlier) return earlier;
  const saved = openedWith({
    number: await nextNumber(), subject: input.subject, body: input.body, files: await claimable(actor, input.attachmentIds), channel, requester,
    visitor: actor.kind === "visitor" ? actor.id : null,
    category: input.category === undefined ? unlookedAt : { name: input.category, confidence: 1, by: "person", why: `${by.name} chose it.` },
    priority: input.priority ?? "normal", tags: input.tags ?? [], follows: null, once,
  }, act);
  try {
    await insert(saved);
  } catch (error) {
    const other = once !== null && (isDuplicate(error, "once") || input.attachmentIds) ? await ticketOnce(once) : null;
    if (other) return other;
    throw error;
  }
  announce(saved.rows);
  return saved.ticket;
}

async function demandCategory(category: string): Promise<void> {
  if (category !== "general" && !(await allQueues()).some((queue) => queue.category === category)) throw invalid("category", "is not the category of any queue");
}

async function requesterFor(actor: Actor, input: Input): Promise<{ id: string; name: string; email: string }> {
  if (isStaff(actor)) {
    demand(actor, "ticket.openOnBehalf");
    if (!input.requester) throw invalid("requester", "must be given: staff open tickets on behalf of somebody");
    return reference(actor, input.requester);
  }
  demand(actor, "ticket.open");
  if (actor.kind === "person") return { id: actor.id, name: actor.name, email: actor.email };
  if (!input.requester) throw invalid("requester", "must be given: we need an address to answer to");
  limit("open", input.requester.email, { most: 10, perMs: 60 * minute });
  return reference(actor, input.requester);
}

/** A customer's record for the address; a visitor is not told the name in it. Staff addresses are refused: nobody without a session may write in their name. */
async function reference(actor: Actor, requester: { email: string; name: string }) {
  const person = await customerWith(actor, requester);
  if (!person.roles.includes("customer")) throw invalid("requester.email", "belongs to somebody of staff");
  return { id: person._id, name: can(actor, "ticket.openOnBehalf") ? person.name : requester.name, email: person.email };
}
