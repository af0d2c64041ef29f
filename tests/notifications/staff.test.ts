import { describe, expect, test } from "vitest";
import { setClock } from "@/lib/clock";
import { letterWith } from "@/lib/notifications/repo";
import { postToSlack, writeLetter } from "@/lib/notifications/service";
import { tickets } from "@/lib/tickets/repo";
import { sightOf } from "@/lib/auth/policy";
import { assign, write } from "@/lib/tickets/service";
import { freshAddress, mailsTo, postsWith, rowFor, sourceOf } from "../support/boxes";
import { a, an, useDesk } from "../support/desk";
import { rowOn } from "./cast";

useDesk();

const none = { ifMatch: null, once: null };

describe("a letter to staff", () => {
  test("comes once for a row, kind and person, however often it is asked for", async () => {
    const [agent, manager] = [await an.agent({ email: freshAddress() }), await a.manager()];
    const ticket = await a.ticket();
    await assign(manager, { id: ticket._id, assigneeId: agent.id }, none);
    const rowId = await rowFor(ticket._id, "ticket/assigned");
    const asked = { kind: "assigned" as const, rowId, personId: agent.id };
    await Promise.all([writeLetter(asked), writeLetter(asked)]);
    await writeLetter(asked);
    const mails = await mailsTo(agent.email);
    expect(mails.map(({ subject }) => subject)).toEqual([`Yours: A question [#${ticket.number}]`]);
    expect(mails[0]?.text).toContain(`https://desk.example/desk/${ticket._id}`);
    expect(await letterWith(`${rowId}:assigned:${agent.id}`)).toMatchObject({ state: "sent", channel: "mail", to: agent.email, ticketId: ticket._id, rowId, why: "The ticket is theirs now.", mail: null, kept: { text: expect.stringContaining(manager.name) as string } });
  });

  test("is one thread with the others of its ticket, is marked as a machine's, and can be turned off with one click", async () => {
    const agent = await an.agent({ email: freshAddress() });
    const ticket = await a.ticket({ assigneeId: agent.id });
    await writeLetter({ kind: "assigned", rowId: await rowOn(ticket, "ticket/assigned"), personId: agent.id });
    await writeLetter({ kind: "escalated", rowId: await rowOn(ticket, "ticket/escalated", { to: "engineering" }), personId: agent.id });
    const sources = await Promise.all((await mailsTo(agent.email)).map(sourceOf));
    expect(sources).toHaveLength(2);
    for (const source of sources) {
      expect(source).toMatch(new RegExp(`^References: <ticket-${ticket._id}@desk\\.example>`, "m"));
      expect(source).toMatch(/^Auto-Submitted: auto-generated/m);
      expect(source).toMatch(/^List-Unsubscribe: <https:\/\/desk\.example\/api\/mail-off\//m);
      expect(source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
      expect(source).not.toMatch(/^Reply-To:/m);
    }
  });

  test("goes to no address that is not proved: who was invited may be somebody else", async () => {
    const invited = await an.agent({ email: freshAddress(), verifiedAt: null });
    const ticket = await a.ticket({ assigneeId: invited.id });
    await writeLetter({ kind: "assigned", rowId: await rowOn(ticket, "ticket/assigned"), personId: invited.id });
    expect(await mailsTo(invited.email)).toEqual([]);
  });

  test("about a note goes to nobody who may not see the ticket any more", async () => {
    const [agent, other] = [await an.agent({ email: freshAddress() }), await an.agent({ email: freshAddress() })];
    const ticket = await a.ticket({ assigneeId: agent.id, watcherIds: [other.id] });
    await write(agent, { id: ticket._id, body: "Private crocodile", visibility: "private" }, none);
    const rowId = await rowFor(ticket._id, "ticket/noted");
    await writeLetter({ kind: "mention", rowId, personId: other.id });
    expect((await mailsTo(other.email)).map(({ text }) => text.includes("Private crocodile"))).toEqual([true]);

    const left = { ...ticket, watcherIds: [] };
    await tickets().updateOne({ _id: ticket._id }, { $set: { watcherIds: [], sight: sightOf(left) } });
    await write(agent, { id: ticket._id, body: "Second crocodile", visibility: "private" }, none);
    await writeLetter({ kind: "mention", rowId: await rowFor(ticket._id, "ticket/noted"), personId: other.id });
    expect(await mailsTo(other.email)).toHaveLength(1);
  });

  test("is never written to the customer, whatever kind is asked for", async () => {
    const [agent, customer] = [await an.agent(), await a.customer({ email: freshAddress() })];
    const ticket = await a.ticket({ requester: customer, assigneeId: agent.id });
    await write(agent, { id: ticket._id, body: "Private crocodile", visibility: "private" }, none);
    await writeLetter({ kind: "mention", rowId: await rowFor(ticket._id, "ticket/noted"), personId: customer.id });
    expect(await mailsTo(customer.email)).toEqual([]);
  });

  test("says how long is left, of which promise, and when it is late itself", async () => {
    const agent = await an.agent({ email: freshAddress() });
    const ticket = await a.ticket({ assigneeId: agent.id });
    setClock(new Date("2026-03-09T08:12:00Z"));
    const promise = { clock: "firstResponse", startedAt: "2026-03-09T08:00:00Z", dueAt: "2026-03-09T08:40:00Z" };
    await writeLetter({ kind: "reminder", rowId: await rowOn(ticket, "ticket/reminded", promise), personId: agent.id });
    const [first] = await mailsTo(agent.email);
    expect(first?.subject).toBe(`28 min left for the first response: A question [#${ticket.number}]`);
    expect(first?.text).toMatch(/Monday\s+\d\d:40/);
    expect(first?.text).not.toMatch(/late/);
    await writeLetter({ kind: "reminder", rowId: await rowOn(ticket, "ticket/reminded", { ...promise, late: true }), personId: agent.id });
    expect((await mailsTo(agent.email))[0]?.text).toMatch(/This reminder is late/);
    await writeLetter({ kind: "breach", rowId: await rowOn(ticket, "ticket/breached", { ...promise, lateMs: 7_800_000 }), personId: agent.id });
    expect((await mailsTo(agent.email))[0]?.text).toMatch(/found 2 h 10 min late/);
  });

  test("gathers what was kept together into one", async () => {
    const agent = await an.agent({ email: freshAddress() });
    const notice = { id: "n", kind: "assigned" as const, text: "Mara replied", words: "Thanks", ticket: { id: "ticket-one", number: 1042, subject: "Invoice" }, read: false, at: new Date().toISOString() };
    const items = [notice, { ...notice, ticket: null, words: null }];
    for (const times of [1, 2]) await writeLetter({ kind: "digest", rowId: `digest-${agent.id}`, personId: agent.id, facts: { items: items.slice(0, 3 - times) } });
    expect((await mailsTo(agent.email)).map(({ subject }) => subject)).toEqual([expect.stringContaining("2 things")]);
  });
});

describe("a message to Slack", () => {
  test("comes once for a row and kind, says what counts, and shows what people wrote as text", async () => {
    const agent = await an.agent({ name: "Zed <!channel> & Co" });
    const ticket = await a.ticket({ assigneeId: agent.id, subject: `Hello <https://evil.example|click> ${agent.id}` });
    setClock(new Date("2026-03-09T08:12:00Z"));
    const rowId = await rowOn(ticket, "ticket/reminded", { clock: "nextResponse", startedAt: "2026-03-09T08:00:00Z", dueAt: "2026-03-09T08:40:00Z" });
    await Promise.all([1, 2, 3].map(() => postToSlack({ kind: "reminder", rowId, mention: "U012ABCDEF" })));
    await postToSlack({ kind: "reminder", rowId });
    const posts = await postsWith(agent.id);
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatch(new RegExp(`^<@U012ABCDEF> \\*28 min left\\* for the next response on <https://desk\\.example/desk/${ticket._id}\\|#${ticket.number}>`));
    expect(posts[0]).toContain("Hello &lt;https://evil.example|click&gt;");
    expect(posts[0]).toContain("Owner: Zed &lt;!channel&gt; &amp; Co.");
    expect(await letterWith(`${rowId}:reminder:slack`)).toMatchObject({ state: "sent", channel: "slack", to: "Slack", ticketId: ticket._id, why: "The time for the next response runs out." });
  });

  test("has no word of a note", async () => {
    const agent = await an.agent();
    const ticket = await a.ticket({ assigneeId: agent.id });
    await write(agent, { id: ticket._id, body: "Private crocodile", visibility: "private" }, none);
    await postToSlack({ kind: "mention", rowId: await rowFor(ticket._id, "ticket/noted") });
    expect(await postsWith(ticket._id)).toHaveLength(1);
    expect(await postsWith("crocodile")).toEqual([]);
  });
});
