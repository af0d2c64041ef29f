import { browser } from "../auth/browser"; // first: the actions take next/headers from it
import { describe, expect, test } from "vitest";
import { people } from "@/lib/auth/repo";
import { channelsFor } from "@/lib/channels";
import { events } from "@/lib/events";
import { newId } from "@/lib/ids";
import { contactAction } from "@/lib/tickets/actions";
import { letterAbout } from "@/lib/tickets/letters";
import type { CustomerTicket, StaffTicket } from "@/lib/tickets/view";
import { a, an, useDesk } from "../support/desk";
import { as } from "../support/doors";
import { auditOf } from "../auth/kept";

useDesk();

type List<T> = { items: T[]; nextCursor: string | null };
const idsIn = (answer: { body: unknown }) => (answer.body as List<{ id: string }>).items.map((item) => item.id);
const decoded = (cursor: string | null) => JSON.parse(Buffer.from(cursor ?? "", "base64url").toString()) as { by: unknown };

describe("a private note leaks by no way", () => {
  test("not by search, order, cursor, numbers, times, or the fields of the ticket", async () => {
    const [customer, agent] = [await a.customer(), await an.agent()];
    const own = as(customer);
    const [one, two] = [await a.ticket({ requester: customer, assigneeId: agent.id }), await a.ticket({ requester: customer, assigneeId: agent.id })];
    const looks = async () => [await own.get("/api/v1/tickets"), await own.get("/api/v1/tickets?sort=updatedAt&limit=1"), await own.get(`/api/v1/tickets/${one._id}`), await own.get(`/api/v1/tickets/${one._id}/messages`), await own.get(`/api/v1/tickets/${one._id}/timeline`), await own.get(`/api/v1/tickets?updatedAfter=${new Date().toISOString()}`)].map(({ body }) => body);
    const before = await looks();
    await as(agent).post(`/api/v1/tickets/${one._id}/messages`, { body: "A crocodile of a customer", visibility: "private" });
    expect(await looks()).toEqual(before);
    for (const words of ["crocodile", "!crocodile", "crocodil", "question crocodile"]) expect([words, idsIn(await own.get(`/api/v1/tickets?q=${encodeURIComponent(words)}`))]).toEqual([words, []]);
    expect(idsIn(await as(agent).get("/api/v1/tickets?q=crocodile"))).toEqual([one._id]);
    expect(idsIn(await own.get("/api/v1/tickets")).toSorted()).toEqual([one._id, two._id].toSorted());
  });

  test("not by a channel of the customer, nor by mail", async () => {
    const [customer, agent] = [await a.customer(), await an.agent()];
    const { _id: id } = await a.ticket({ requester: customer, assigneeId: agent.id });
    await as(agent).post(`/api/v1/tickets/${id}/messages`, { body: "Hm", visibility: "private" });
    const row = await events().findOne({ "subject.id": id, type: "ticket/noted" });
    if (!row) throw new Error("the note has a row");
    const heard = channelsFor(row).map(({ channel }) => channel);
    expect(heard).toContain(`private-ticket-${id}-staff`);
    expect(heard.filter((channel) => channel === `private-ticket-${id}` || channel === `private-user-${customer.id}`)).toEqual([]);
    expect(await letterAbout(row)).toBeNull();
  });

  test("a public row carries only the public number to the customer", async () => {
    const [customer, agent] = [await a.customer(), await an.agent()];
    const { _id: id } = await a.ticket({ requester: customer, assigneeId: agent.id });
    for (const visibility of ["private", "private", "public"]) await as(agent).post(`/api/v1/tickets/${id}/messages`, { body: "Hm", visibility });
    const row = await events().findOne({ "subject.id": id, type: "ticket/replied" });
    if (!row) throw new Error("the reply has a row");
    expect(row.seq).toBe(4);
    const own = channelsFor(row).filter(({ channel }) => channel === `private-ticket-${id}` || channel === `private-user-${customer.id}`);
    expect(own.map(({ payload }) => payload)).toEqual([{ id, publicSeq: 2 }, { id, publicSeq: 2 }]);
  });
});

describe("what the desk thinks of a customer's ticket", () => {
  test.each(["tag=difficult", "level=engineering", "priority=urgent", "category=billing", "queue=abcdefgh12", "sort=priority", "sort=-priority"])("can't be found out by asking for %s", async (asked) => {
    const customer = await a.customer();
    await a.ticket({ requester: customer, tags: ["difficult"], level: "engineering", priority: "urgent", priorityRank: 3 });
    const answer = await as(customer).get(`/api/v1/tickets?${asked}`);
    expect([answer.status, (answer.body as { errors?: { path: string }[] }).errors?.[0]?.path]).toEqual([400, asked.split("=")[0]]);
    expect((await as(await a.manager()).get(`/api/v1/tickets?${asked}`)).status).toBe(200);
  });

  test("is in no cursor of theirs", async () => {
    const customer = await a.customer();
    for (let each = 0; each < 2; each += 1) await a.ticket({ requester: customer, priority: "urgent", priorityRank: 3 });
    for (const sort of ["updatedAt", "-createdAt"]) {
      const { nextCursor } = (await as(customer).get(`/api/v1/tickets?limit=1&sort=${sort}`)).body as List<CustomerTicket>;
      expect(decoded(nextCursor).by).toMatch(/^\d{4}-/);
    }
  });
});

describe("a visitor who gives somebody else's address", () => {
  const opened = async (email: string) => {
    const answer = await as(null).post("/api/v1/tickets", { subject: "Send me my data", body: "please", requester: { email, name: "Whoever I am" } });
    const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    return { id: (answer.body as { id: string }).id, browser: as(null, { cookie, origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" }) };
  };

  test("is shown to staff as not verified, though the address was proved by its owner before", async () => {
    const owner = await a.customer({ verifiedAt: new Date(Date.now() - 60_000) });
    const { id } = await opened(owner.email);
    const manager = as(await a.manager());
    expect((await manager.get(`/api/v1/tickets/${id}`)).body).toMatchObject({ requester: { email: owner.email, verified: false } });
    const { _id: own } = await a.ticket({ requester: owner });
    expect((await manager.get(`/api/v1/tickets/${own}`)).body).toMatchObject({ requester: { verified: true } });
    await people().updateOne({ _id: owner.id }, { $set: { verifiedAt: new Date(Date.now() + 1000) } });
    expect(((await manager.get(`/api/v1/tickets/${id}`)).body as StaffTicket).requester.verified).toBe(true);
  });

  test.each([["proved", new Date()], ["not proved", null]])("learns nothing of the person whose address is %s", async (_which, verifiedAt) => {
    const { email } = await a.customer({ verifiedAt, name: "Mr Hidden" });
    const { id, browser: theirs } = await opened(email);
    const seen = JSON.stringify([(await theirs.get(`/api/v1/tickets/${id}`)).body, (await theirs.get(`/api/v1/tickets/${id}/messages`)).body, (await theirs.get(`/api/v1/tickets/${id}/timeline`)).body]);
    expect(seen).toContain("Whoever I am");
    expect(seen).not.toContain("Hidden");
  });

  test("sees none of the other tickets of that address", async () => {
    const owner = await a.customer();
    const { _id: other } = await a.ticket({ requester: owner });
    const { id, browser: theirs } = await opened(owner.email);
    expect(idsIn(await theirs.get("/api/v1/tickets"))).toEqual([id]);
    expect((await theirs.get(`/api/v1/tickets/${other}`)).status).toBe(404);
    expect((await theirs.get(`/api/v1/tickets?requester=${owner.id}`)).body).toMatchObject({ items: [{ id }] });
  });
});

test("the contact form's key opens nobody else's ticket", async () => {
  const once = newId();
  const fields = { subject: "Mine", body: "secret words", name: "First", email: `first-${newId().toLowerCase()}@shop.example`, once };
  const first = await browser().submit(contactAction, fields);
  const again = await browser().submit(contactAction, fields);
  const other = await browser().submit(contactAction, { ...fields, subject: "Theirs", email: `second-${newId().toLowerCase()}@shop.example` });
  if (!first.ok || !again.ok || !other.ok) throw new Error("the form is accepted");
  expect(again.value.id).toBe(first.value.id);
  expect(other.value.id).not.toBe(first.value.id);
});

test("an admin's every read of a ticket, its thread and its history is written down", async () => {
  const admin = await an.admin();
  const { _id: id } = await a.ticket();
  for (const part of ["", "/messages", "/timeline"]) expect((await as(admin).get(`/api/v1/tickets/${id}${part}`)).status).toBe(200);
  expect(await auditOf(id)).toEqual([admin.id, admin.id, admin.id]);
  await as(await a.manager()).get(`/api/v1/tickets/${id}`);
  expect(await auditOf(id)).toHaveLength(3);
});

test("a line break in a subject or a name never gets into a mail's head", async () => {
  const customer = await a.customer();
  const answer = await as(customer).post("/api/v1/tickets", { subject: "Hello\r\nBcc: everybody@shop.example", body: "b" });
  expect((answer.body as CustomerTicket).subject).toBe("Hello Bcc: everybody@shop.example");
  const admin = as(await an.admin());
  expect((await admin.post("/api/v1/users", { email: `n-${newId().toLowerCase()}@desk.example`, name: "Ann\nBcc: x", role: "agent" })).body).toMatchObject({ name: "Ann Bcc: x" });
});

