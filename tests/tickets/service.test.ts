import { beforeAll, describe, expect, test } from "vitest";
import { announced, events } from "@/lib/events";
import { messagesFor, openTicket, inboxFor, ticketFor, timelineFor, write, edit, resolve } from "@/lib/tickets/service";
import { messages, tickets } from "@/lib/tickets/repo";
import { TicketQuery, type Ticket } from "@/lib/tickets/schema";
import { a, an, useDesk, type Somebody } from "../support/desk";

useDesk();

const none = { ifMatch: null, once: null };
const query = (of: Record<string, unknown> = {}) => TicketQuery.parse(of);
const bodyOf = (id: string, body: string, more: object = {}) => ({ id, body, visibility: "public" as const, ...more });

describe("opening", () => {
  test("a customer's ticket is stored with its message and an announced row", async () => {
    const customer = await a.customer();
    const view = await openTicket(customer, { subject: "Two invoices", body: "I was charged twice" }, none);
    await announced();
    const [rows, thread] = await Promise.all([events().find({ "subject.id": view.id }).toArray(), messages().find({ ticketId: view.id }).toArray()]);
    expect(rows.map((row) => [row.type, row.seq, row.publicSeq, row.announcedAt !== null])).toEqual([["ticket/opened", 1, 1, true]]);
    expect(thread.map((message) => message.body)).toEqual(["I was charged twice"]);
    expect(view).toMatchObject({ status: "new", assignee: null, audience: "customer" });
  });

  test("the same key opens one ticket, also when asked twice at once", async () => {
    const customer = await a.customer();
    const ask = () => openTicket(customer, { subject: "Once", body: "Only once" }, { once: "key-once-1", ifMatch: null } as never);
    const [first, second] = await Promise.all([ask(), ask()]);
    const third = await ask();
    expect(new Set([first.id, second.id, third.id]).size).toBe(1);
    expect(await tickets().countDocuments({ subject: "Once" })).toBe(1);
  });

  test("numbers increase and are never reused", async () => {
    const customer = await a.customer();
    const numbers = [];
    for (let each = 0; each < 3; each += 1) numbers.push((await openTicket(customer, { subject: "N", body: "n" }, none)).number);
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    expect(new Set(numbers).size).toBe(3);
  });

  test("staff must name a requester, who may not be staff", async () => {
    const agent = await an.agent();
    await expect(openTicket(agent, { subject: "S", body: "b" }, none)).rejects.toMatchObject({ kind: "invalid" });
    await expect(openTicket(agent, { subject: "S", body: "b", requester: { email: agent.email, name: "X" } }, none)).rejects.toMatchObject({ kind: "invalid" });
  });
});

describe("a private note never reaches the customer", () => {
  let customer: Somebody, agent: Somebody, ticket: Ticket;
  beforeAll(async () => {
    [customer, agent] = [await a.customer(), await an.agent()];
    ticket = await a.ticket({ requester: customer, assigneeId: agent.id });
    await write(agent, bodyOf(ticket._id, "The customer is a crocodile", { visibility: "private" }), none);
  });

  test("not in the thread, the timeline, the ticket or its numbers", async () => {
    const before = await ticketFor(customer, { id: ticket._id });
    await write(agent, bodyOf(ticket._id, "Another crocodile", { visibility: "private" }), none);
    expect(await ticketFor(customer, { id: ticket._id })).toEqual(before);
    expect(JSON.stringify([await messagesFor(customer, { id: ticket._id }), await timelineFor(customer, { id: ticket._id }), before])).not.toContain("crocodile");
    expect((await timelineFor(customer, { id: ticket._id })).items.map((entry) => entry.type)).toEqual(["ticket/opened"]);
  });

  test("not by search: the word finds the ticket for its agent and nothing for its customer", async () => {
    expect((await inboxFor(agent, query({ q: "crocodile" }))).items.map((each) => each.id)).toEqual([ticket._id]);
    expect((await inboxFor(customer, query({ q: "crocodile" }))).items).toEqual([]);
    expect((await inboxFor(customer, query({ q: "!crocodile" }))).items).toEqual([]);
  });

  test("not by order: a note moves the ticket up in the agent's list, not in the customer's", async () => {
    const newer = await a.ticket({ requester: customer, assigneeId: agent.id });
    await write(agent, bodyOf(ticket._id, "a third note", { visibility: "private" }), none);
    expect((await inboxFor(agent, query())).items.map((each) => each.id).slice(0, 2)).toEqual([ticket._id, newer._id]);
    expect((await inboxFor(customer, query())).items.map((each) => each.id).slice(0, 2)).toEqual([newer._id, ticket._id]);
  });
});

describe("conflicts", () => {
  test("a stale version is told and nothing is overwritten", async () => {
    const manager = await a.manager();
    const ticket = await a.ticket();
    await edit(manager, { id: ticket._id, priority: "high" }, { ifMatch: ticket.version });
    await expect(edit(manager, { id: ticket._id, priority: "low" }, { ifMatch: ticket.version })).rejects.toMatchObject({ kind: "conflict" });
    expect((await tickets().findOne({ _id: ticket._id }))?.priority).toBe("high");
  });

  test("thirty replies at once are all there, numbered without a gap", async () => {
    const customer = await a.customer();
    const ticket = await a.ticket({ requester: customer });
    await Promise.all(Array.from({ length: 30 }, (_, index) => write(customer, bodyOf(ticket._id, `message ${index}`), none)));
    const thread = await messagesFor(await a.manager(), { id: ticket._id });
    expect(thread.items.map((message) => message.seq)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
    expect(new Set(thread.items.map((message) => message.body)).size).toBe(31);
  });

  test("a message retried with its key is one message", async () => {
    const customer = await a.customer();
    const ticket = await a.ticket({ requester: customer });
    const ask = () => write(customer, bodyOf(ticket._id, "just once"), { once: `key-${ticket._id}` });
    const all = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(all.map((message) => message.id)).size).toBe(1);
    expect(await messages().countDocuments({ ticketId: ticket._id })).toBe(2);
  });
});

test("a customer's reply to a closed ticket opens a follow-up that links back, once a key", async () => {
  const customer = await a.customer();
  const closed = await a.ticket({ requester: customer, status: "closed" });
  const written = await write(customer, bodyOf(closed._id, "it happened again"), { once: "follow-up-key" });
  const again = await write(customer, bodyOf(closed._id, "it happened again"), { once: "follow-up-key" });
  expect(written.followUp).toMatchObject({ id: again.ticketId });
  expect((await ticketFor(customer, { id: written.ticketId })).follows).toEqual({ id: closed._id, number: closed.number });
});

describe("lists", () => {
  test("pages follow each other without gap or repeat while tickets change", async () => {
    const manager = await a.manager();
    const customer = await a.customer();
    const made = [];
    for (let each = 0; each < 12; each += 1) made.push((await a.ticket({ requester: customer }))._id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof inboxFor>> = await inboxFor(manager, query({ requester: customer.id, limit: 5, ...(cursor ? { cursor } : {}) }));
      seen.push(...page.items.map((each) => each.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(made.toReversed());
  });

  test("a cursor can't smuggle a query operator", async () => {
    const cursor = Buffer.from(JSON.stringify({ by: { $gt: "" }, id: "x" })).toString("base64url");
    await expect(inboxFor(await a.manager(), query({ cursor }))).rejects.toMatchObject({ kind: "invalid", errors: [{ path: "cursor" }] });
  });

  test("search finds number, requester, subject and message words together", async () => {
    const manager = await a.manager();
    const customer = await a.customer({ name: "Zebulon Quist" });
    const view = await openTicket(customer, { subject: "Broken hinge", body: "The cupboard squeaks" }, none);
    for (const q of [`#${view.number}`, "zebulon", "HINGE", "cupboard squeaks", "quist hinge"]) {
      expect((await inboxFor(manager, query({ q }))).items.map((each) => each.id), q).toEqual([view.id]);
    }
    expect((await inboxFor(manager, query({ q: "hinge marmalade" }))).items).toEqual([]);
  });
});

test("resolve, then the customer writes: open again, resolution gone", async () => {
  const customer = await a.customer();
  const agent = await an.agent();
  const ticket = await a.ticket({ requester: customer, assigneeId: agent.id });
  await resolve(agent, { id: ticket._id }, none);
  await write(customer, bodyOf(ticket._id, "still broken"), none);
  expect(await tickets().findOne({ _id: ticket._id })).toMatchObject({ status: "open", resolution: null, assigneeId: agent.id });
});
