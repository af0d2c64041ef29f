import { describe, expect, test } from "vitest";
import { newId } from "@/lib/ids";
import { replyAddress } from "@/lib/notifications/reply-address";
import { letterWith } from "@/lib/notifications/repo";
import { writeAboutTicket } from "@/lib/notifications/service";
import { messages, tickets } from "@/lib/tickets/repo";
import type { Ticket } from "@/lib/tickets/schema";
import { close, messagesFor, resolve, timelineFor, write } from "@/lib/tickets/service";
import { freshAddress, mailsTo, rowFor, sourceOf } from "../support/boxes";
import { a, an, useDesk } from "../support/desk";
import { expectLog } from "../support/setup";
import { arrived, told } from "../support/webhooks";

useDesk();

const none = { ifMatch: null, once: null };
const theirs = async (ticket: { _id: string }) => (await messages().find({ ticketId: ticket._id, side: "customer" }).sort({ seq: 1 }).toArray()).slice(1);
const addressOf = (ticket: Ticket) => replyAddress({ ticketId: ticket._id, number: ticket.number, requesterId: ticket.requester.id });
const mailOf = (to: string, body = "Yes, that works.", head: string[] = [], from = "Somebody Else <else@evil.example>") => [`From: ${from}`, `To: ${to}`, "Subject: Re: A question", "MIME-Version: 1.0", ...head, ...(head.some((line) => /^content-type/i.test(line)) ? [] : ["Content-Type: text/plain; charset=utf-8"]), "", body].join("\n");
const received = async (raw: string) => told("email.received", { email_id: await arrived(raw) });

async function conversation(status: Ticket["status"] = "pending") {
  const [customer, agent, manager] = [await a.customer({ email: freshAddress() }), await an.agent(), await a.manager()];
  const ticket = await a.ticket({ requester: customer, assigneeId: agent.id, status });
  return { customer, agent, manager, ticket };
}

describe("an answer by mail", () => {
  test("to a letter that we sent is a message of the customer, whatever stands in From, and reopens what waited for it", async () => {
    const { customer, agent, ticket } = await conversation("open");
    await write(agent, { id: ticket._id, body: "Does it work now?", visibility: "public", status: "pending" }, none);
    await writeAboutTicket(await rowFor(ticket._id, "ticket/replied"));
    const source = await sourceOf((await mailsTo(customer.email))[0]);
    const to = /^Reply-To: (.+)$/m.exec(source)?.[1]?.trim() ?? "";
    expect(to).toMatch(new RegExp(`^reply\\+${ticket.number}\\.[0-9a-f]{32}@desk\\.example$`));
    const [, , text = ""] = /(Content-Type: text\/plain[\s\S]*?\n\r?\n)([\s\S]*?)\r?\n--alt/.exec(source) ?? [];
    expect(text).toContain("Please write your answer above this line");
    expect(await received(mailOf(to.toUpperCase(), `Yes, that works.\n\nOn Monday 9 March, Support wrote:\n${text.split("\n").map((line) => `> ${line}`).join("\n")}`))).toBe(204);
    expect((await theirs(ticket)).map(({ body, author }) => [body, author.id])).toEqual([["Yes, that works.", customer.id]]);
    expect((await tickets().findOne({ _id: ticket._id }))?.status).toBe("open");
  });

  test("speaks for the requester as a customer, also where they are of staff", async () => {
    const [manager, agent] = [await a.manager({ email: freshAddress() }), await an.agent()];
    const ticket = await a.ticket({ requester: manager, assigneeId: agent.id, status: "pending" });
    await received(mailOf(addressOf(ticket)));
    expect((await theirs(ticket)).map(({ body }) => body)).toEqual(["Yes, that works."]);
    expect((await tickets().findOne({ _id: ticket._id }))?.status).toBe("open");
  });

  test("is not shown to the browser of somebody who opened the ticket with a stranger's address; to one that proved it, it is", async () => {
    const [victim, agent] = [await a.customer({ email: freshAddress(), verifiedAt: new Date("2026-01-01") }), await an.agent()];
    const opened = (at: Date) => a.ticket({ requester: victim, assigneeId: agent.id, visitor: newId(), openedBy: { kind: "visitor", id: victim.id, name: "Somebody" }, createdAt: at });
    const [foreign, own] = [await opened(new Date("2026-02-01")), await opened(new Date("2025-12-01"))];
    const browserOf = ({ visitor }: Ticket) => messagesFor({ kind: "visitor", id: visitor }, { id: visitor === foreign.visitor ? foreign._id : own._id });
    expect((await browserOf(foreign)).items).toHaveLength(1);
    for (const ticket of [foreign, own]) await received(mailOf(addressOf(ticket), "That was not me. Call me: 555."));
    await expect(browserOf(foreign)).rejects.toMatchObject({ kind: "missing" });
    expect((await browserOf(own)).items).toHaveLength(2);
    expect((await theirs(foreign)).map(({ body }) => body)).toEqual(["That was not me. Call me: 555."]);
  });

  test("that is told of again makes one message", async () => {
    const { ticket } = await conversation();
    const mailId = await arrived(mailOf(addressOf(ticket)));
    await Promise.all([told("email.received", { email_id: mailId }), told("email.received", { email_id: mailId })]);
    expect(await told("email.received", { email_id: mailId })).toBe(204);
    expect(await theirs(ticket)).toHaveLength(1);
  });

  test("to a closed ticket opens one that goes on from it", async () => {
    const { customer, manager, ticket } = await conversation("open");
    await resolve(manager, { id: ticket._id }, none);
    await close(manager, { id: ticket._id }, none);
    await received(mailOf(addressOf(ticket), "It is back."));
    const follows = await tickets().find({ "follows.id": ticket._id }).toArray();
    expect(follows.map(({ requester, latest }) => [requester.id, latest.snippet])).toEqual([[customer.id, "It is back."]]);
  });

  test("keeps its files, and says how many could not be taken", async () => {
    const { ticket } = await conversation();
    const part = (name: string) => `--b\nContent-Type: text/plain; name="${name}"\nContent-Disposition: attachment; filename="${name}"\n\nwords of ${name}\n`;
    const logo = "--b\nContent-Type: image/gif\nContent-ID: <logo>\nContent-Disposition: inline; filename=logo.gif\nContent-Transfer-Encoding: base64\n\nR0lGODlhAQABAAAAACw=\n";
    const raw = `--b\nContent-Type: text/plain\n\nSee the files.\n${Array.from({ length: 12 }, (_, index) => part(`file-${index}.txt`)).join("")}${logo}--b--\n`;
    await received(mailOf(addressOf(ticket), raw, ['Content-Type: multipart/mixed; boundary="b"']));
    const [message] = await theirs(ticket);
    expect(message?.attachments?.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, index) => `file-${index}.txt`));
    expect(message?.body).toBe("See the files.\n\n(2 files of this mail could not be taken.)");
  });

  test("of nothing but history is none", async () => {
    const { ticket } = await conversation();
    await received(mailOf(addressOf(ticket), "On Monday 9 March, Support wrote:\n> — Please write your answer above this line —\n> Lumen"));
    expect(await theirs(ticket)).toEqual([]);
    expect((await tickets().findOne({ _id: ticket._id }))?.status).toBe("pending");
  });
});

describe("a mail is no answer", () => {
  test.each([["Auto-Submitted: auto-replied"], ["Precedence: bulk"], ["X-Autoreply: yes"], ["Return-Path: <>"]])("when a program wrote it (%s): status and clock stay", async (head) => {
    expectLog(/a mail that a program wrote was left/);
    const { ticket } = await conversation();
    expect(await received(mailOf(addressOf(ticket), "I am away until Monday.", [head]))).toBe(204);
    expect(await theirs(ticket)).toEqual([]);
    expect(await tickets().findOne({ _id: ticket._id })).toMatchObject({ status: "pending", seq: ticket.seq });
  });

  test("when the address proves nothing: another ticket's proof, one letter changed, none", async () => {
    expectLog(/a mail answers no ticket/);
    const [{ ticket, customer }, { ticket: other }] = [await conversation(), await conversation()];
    const address = addressOf(ticket);
    const forged = [addressOf(other).replace(String(other.number), String(ticket.number)), address.replace(/.@/, (end) => `${end[0] === "0" ? "1" : "0"}@`), `reply+${ticket.number}@desk.example`, "support@desk.example", address.replace("desk.example", "evil.example")];
    for (const to of forged) expect(await received(mailOf(to, "Hello", [], `${customer.name} <${customer.email}>`))).toBe(204);
    expect(await theirs(ticket)).toEqual([]);
    expect(await theirs(other)).toEqual([]);
  });

  test("when its writer was shut out", async () => {
    expectLog(/a mail answers no ticket/);
    const customer = await a.customer({ deactivated: { at: new Date(), by: "somebody" } });
    const ticket = await a.ticket({ requester: customer });
    await received(mailOf(addressOf(ticket)));
    expect(await theirs(ticket)).toEqual([]);
  });
});

describe("a letter that came back", () => {
  test("is told on the ticket, once, with the reason; a late “delivered” does not hide it", async () => {
    const { customer, agent, ticket } = await conversation("open");
    await write(agent, { id: ticket._id, body: "Hello", visibility: "public" }, none);
    const rowId = await rowFor(ticket._id, "ticket/replied");
    await writeAboutTicket(rowId);
    const letter = await letterWith(`${rowId}:reply`);
    const before = await tickets().findOne({ _id: ticket._id });
    const bounce = { email_id: letter?.providerId, bounce: { type: "Permanent", subType: "General", message: "550 no such mailbox" } };
    for (const type of ["email.bounced", "email.bounced", "email.delivered"]) expect(await told(type, bounce)).toBe(204);
    expect(await letterWith(`${rowId}:reply`)).toMatchObject({ state: "sent", delivery: "bounced", deliveryReason: "550 no such mailbox" });
    const { items } = await timelineFor(agent, { id: ticket._id });
    expect(items.filter(({ type }) => type === "ticket/letter-bounced").map(({ text }) => text)).toEqual([`learned that our mail to ${customer.email} came back: 550 no such mailbox`]);
    expect((await timelineFor(customer, { id: ticket._id })).items.some(({ type }) => type === "ticket/letter-bounced")).toBe(false);
    const after = await tickets().findOne({ _id: ticket._id });
    expect([after?.updatedAt, after?.publicSeq, after?.version]).toEqual([before?.updatedAt, before?.publicSeq, before?.version]);
  });

  test("is known by its key when the event is faster than the note of its id", async () => {
    const { agent, ticket } = await conversation("open");
    await write(agent, { id: ticket._id, body: "Hello", visibility: "public" }, none);
    const rowId = await rowFor(ticket._id, "ticket/replied");
    await writeAboutTicket(rowId);
    expect(await told("email.delivered", { email_id: "not-noted-yet", tags: { letter: Buffer.from(`${rowId}:reply`).toString("base64url") } })).toBe(204);
    expect(await letterWith(`${rowId}:reply`)).toMatchObject({ delivery: "delivered" });
  });
});
