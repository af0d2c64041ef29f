import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { doer, system } from "@/lib/auth/policy";
import { people } from "@/lib/auth/repo";
import type { Queue } from "@/lib/auth/schema";
import { minute, setClock } from "@/lib/clock";
import { announced, events } from "@/lib/events";
import { routeWaiting } from "@/lib/routing/service";
import { messages, tickets } from "@/lib/tickets/repo";
import { onNote, onReply, onResolve, unlookedAt, type Act } from "@/lib/tickets/rules";
import { openTicket, resolve, restore, write, type History } from "@/lib/tickets/service";
import { givenTo, heldByManager, nobodyThere, placedBy, takeTurn, turnsFrom, type Turns } from "../../local/seed/turns";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { withoutIds } from "./lived";

useDesk();

const none = { once: null, ifMatch: null };
const words = { subject: "Invoice is wrong", body: "The invoice of May shows four seats too many." };
const start = new Date("2025-11-26T09:00:00Z");
const at = (minutes: number) => new Date(start.getTime() + minutes * minute);

let customer: Somebody, agent: Somebody, manager: Somebody, queue: Queue, turns: Turns;
beforeAll(async () => {
  [customer, agent, manager] = [await a.customer(), await an.agent(), await a.manager()];
  queue = await a.queue({ name: "Money", category: "money", keywords: ["invoice"], memberIds: [agent.id], managerId: manager.id });
});
beforeEach(() => {
  turns = turnsFrom([queue], [agent.person], at(-60));
});

const presence = (seenAt: Date) => people().updateOne({ _id: agent.id }, { $set: { availability: { state: "online", since: seenAt, seenAt } } });
const routing = (when: Date): Act => ({ by: doer(system("routing")), side: "system", at: when });
const by = (who: Somebody, side: "customer" | "staff", when: Date): Act => ({ by: doer(who) as Act["by"], side, at: when });
const message = (body: string, visibility: "public" | "private" = "public") => ({ body, visibility, once: null });

const opening: () => History["opening"] = () => ({ ...words, channel: "api", requester: { id: customer.id, name: customer.name, email: customer.email }, visitor: null, category: unlookedAt, priority: "normal", tags: [], follows: null });

/** Rows are marked as announced at the time of the act that made them, as restore has it. */
async function clockAt(minutes: number): Promise<void> {
  await announced();
  setClock(at(minutes));
}

/** Everything that is stored of a ticket, with its number and all drawn ids taken out. The clock stood still, so times are compared too. */
async function stored(id: string): Promise<unknown> {
  await announced();
  const [ticket, rows, thread] = await Promise.all([tickets().findOne({ _id: id }), events().find({ "subject.id": id }).sort({ seq: 1 }).toArray(), messages().find({ ticketId: id }).sort({ seq: 1 }).toArray()]);
  if (!ticket) throw new Error("the ticket is stored");
  const { number, ...rest } = ticket;
  const known = new Map([customer, agent, manager].map((each) => [each.id, each.name])).set(queue._id, queue.name);
  return withoutIds({ ticket: { ...rest, terms: rest.terms.filter((term) => term !== String(number)) }, rows, thread }, known);
}

describe("a ticket made through the services equals one made by restore, field by field", () => {
  test("routed at once, replied to, noted, answered, resolved", async () => {
    await clockAt(0);
    await presence(at(0));
    const { id } = await openTicket(customer, words, none);
    await routeWaiting();
    await clockAt(1);
    await write(agent, { id, ...message("I'm looking into it."), status: "pending" }, none);
    await clockAt(2);
    await write(agent, { id, ...message("Four seats, indeed.", "private") }, none);
    await clockAt(3);
    await write(customer, { id, ...message("Thank you!") }, none);
    await clockAt(4);
    await resolve(agent, { id }, none);

    const placed = placedBy(turns, unlookedAt, words.subject, words.body);
    const { chosen, decision } = takeTurn(turns, placed.queue, at(0), new Map());
    if (!chosen) throw new Error("the agent is there");
    const [asking, noting, thanking, resolving] = [by(agent, "staff", at(1)), by(agent, "staff", at(2)), by(customer, "customer", at(3)), by(agent, "staff", at(4))];
    const [restored] = await restore([{
      opening: opening(), openedBy: by(customer, "customer", at(0)),
      acts: [
        { act: routing(at(0)), decide: (ticket) => givenTo(ticket, placed, chosen, decision, routing(at(0))) },
        { act: asking, decide: (ticket) => onReply(ticket, message("I'm looking into it."), asking, "pending") },
        { act: noting, decide: (ticket) => onNote(ticket, message("Four seats, indeed.", "private"), noting) },
        { act: thanking, decide: (ticket) => onReply(ticket, message("Thank you!"), thanking) },
        { act: resolving, decide: (ticket) => onResolve(ticket, resolving) },
      ],
    }]);
    expect(await stored(restored?._id ?? "")).toEqual(await stored(id));
  });

  test("came in at night: with the manager until somebody was free", async () => {
    await clockAt(100);
    await presence(at(0));
    const { id } = await openTicket(customer, words, none);
    await routeWaiting();
    await clockAt(600);
    await presence(at(600));
    await routeWaiting();

    const placed = placedBy(turns, unlookedAt, words.subject, words.body);
    const called = nobodyThere(turns, placed.queue, at(100), manager.person);
    const { chosen, decision } = takeTurn(turns, placed.queue, at(600), new Map());
    if (!chosen) throw new Error("the agent is there");
    const [restored] = await restore([{
      opening: opening(), openedBy: by(customer, "customer", at(100)),
      acts: [
        { act: routing(at(100)), decide: (ticket) => heldByManager(ticket, placed, called, manager.person) },
        { act: routing(at(600)), decide: (ticket) => givenTo(ticket, placed, chosen, decision, routing(at(600))) },
      ],
    }]);
    expect(await stored(restored?._id ?? "")).toEqual(await stored(id));
  });
});
