import { describe, expect, test } from "vitest";
import { tickets, messages } from "@/lib/tickets/repo";
import { people } from "@/lib/auth/repo";
import { a, an, useDesk } from "../support/desk";
import { as } from "../support/doors";

useDesk();

const paths = (answer: { body: unknown }) => (answer.body as { errors?: { path: string }[] }).errors?.map((error) => error.path) ?? [];
const idOf = (answer: { body: unknown }) => (answer.body as { id: string }).id;

describe("POST /api/v1/tickets", () => {
  test("201 a customer's own", async () => {
    const answer = await as(await a.customer()).post("/api/v1/tickets", { subject: "Hello", body: "World", priority: "high", tags: ["VIP", "vip"] });
    expect(answer.status).toBe(201);
    expect(await tickets().findOne({ _id: idOf(answer) })).toMatchObject({ channel: "api", priority: "high", tags: ["vip"], status: "new" });
  });

  test("201 by staff on behalf of an address that the desk has not met", async () => {
    const answer = await as(await an.agent()).post("/api/v1/tickets", { subject: "Called us", body: "Wants a refund", requester: { email: "New.Person@Shop.Example", name: "New Person" } });
    expect(answer.status).toBe(201);
    expect((await tickets().findOne({ _id: idOf(answer) }))?.requester.email).toBe("new.person@shop.example");
    expect(await people().findOne({ email: "new.person@shop.example" })).toMatchObject({ roles: ["customer"], verifiedAt: null });
  });

  test("201 a visitor gets number, status and a cookie with which this browser sees the ticket, and nobody else", async () => {
    const answer = await as(null).post("/api/v1/tickets", { subject: "Help", body: "Please", requester: { email: "visitor@shop.example", name: "Vi" } });
    expect(answer).toMatchObject({ status: 201, body: { status: "new", verification: "sent" } });
    expect(Object.keys(answer.body as object).sort()).toEqual(["id", "number", "status", "verification"]);
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^twoway_visitor=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/);
    const browser = { cookie: cookie.split(";")[0] ?? "", origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" };
    expect((await as(null, browser).get(`/api/v1/tickets/${idOf(answer)}`)).status).toBe(200);
    expect((await as(null).get(`/api/v1/tickets/${idOf(answer)}`)).status).toBe(401);
    expect((await as(null, { ...browser, cookie: "twoway_visitor=somebody-else" }).get(`/api/v1/tickets/${idOf(answer)}`)).status).toBe(404);
    expect((await as(null, browser).post(`/api/v1/tickets/${idOf(answer)}/messages`, { body: "More words" })).status).toBe(201);
  });

  test("the same key twice is the same answer and one ticket; with another body it is 422", async () => {
    const customer = as(await a.customer(), { "idempotency-key": "create-0001" });
    const first = await customer.post("/api/v1/tickets", { subject: "Key", body: "Same" });
    const second = await customer.post("/api/v1/tickets", { subject: "Key", body: "Same" });
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(await tickets().countDocuments({ subject: "Key" })).toBe(1);
    expect((await customer.post("/api/v1/tickets", { subject: "Key", body: "Different" })).status).toBe(422);
    const other = await as(await a.customer(), { "idempotency-key": "create-0001" }).post("/api/v1/tickets", { subject: "Key", body: "Same" });
    expect(idOf(other)).not.toBe(idOf(first));
  });

  test.each([
    [{ body: "b" }, ["subject"]],
    [{ subject: "", body: "b" }, ["subject"]],
    [{ subject: "s".repeat(201), body: "b" }, ["subject"]],
    [{ subject: "s", body: "b", priority: "asap" }, ["priority"]],
    [{ subject: "s", body: "b", tags: "vip" }, ["tags"]],
    [{ subject: 5, body: null }, ["subject", "body"]],
    [{ subject: "s", body: "b", category: "no such" }, ["category"]],
    ["not json", ["(body)"]],
    ["[1]", ["(body)"]],
  ])("400 %j names %j and nothing is written", async (body, expected) => {
    const before = await tickets().countDocuments({});
    const answer = await as(await a.customer()).post("/api/v1/tickets", body);
    expect(answer.status).toBe(400);
    expect(paths(answer)).toEqual(expected);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await tickets().countDocuments({})).toBe(before);
  });

  test("400 a visitor without an address, or with an address of staff", async () => {
    const agent = await an.agent();
    expect(paths(await as(null).post("/api/v1/tickets", { subject: "s", body: "b" }))).toEqual(["requester"]);
    expect(paths(await as(null).post("/api/v1/tickets", { subject: "s", body: "b", requester: { email: agent.email, name: "x" } }))).toEqual(["requester.email"]);
  });

  test("401 a bearer token that is no good", async () => {
    expect((await as({ bearer: "no.such.token" }).post("/api/v1/tickets", { subject: "s", body: "b" })).status).toBe(401);
  });

  test("403 an engineer opens nothing, and a cookie from another site opens nothing", async () => {
    expect((await as(await an.engineer()).post("/api/v1/tickets", { subject: "s", body: "b" })).status).toBe(403);
    const forged = { cookie: "twoway_visitor=whatever-it-is", origin: "https://evil.example", host: "127.0.0.1:3000" };
    expect((await as(null, forged).post("/api/v1/tickets", { subject: "s", body: "b", requester: { email: "v@shop.example", name: "V" } })).status).toBe(403);
  });

  test("413 a body beyond a megabyte", async () => {
    expect((await as(await a.customer()).post("/api/v1/tickets", { subject: "s", body: "x".repeat(1_000_001) })).status).toBe(413);
  });

  test("429 one address from too many requests, with the time to wait", async () => {
    const ask = () => as(null).post("/api/v1/tickets", { subject: "s", body: "b", requester: { email: "bomb@shop.example", name: "B" } });
    for (let each = 0; each < 10; each += 1) expect((await ask()).status).toBe(201);
    const answer = await ask();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("changing a ticket", () => {
  test("409 a stale If-Match, and the version comes with every answer", async () => {
    const manager = as(await a.manager());
    const ticket = await a.ticket();
    const first = await manager.patch(`/api/v1/tickets/${ticket._id}`, { priority: "high" }, { "if-match": `"${ticket.version}"` });
    expect([first.status, first.headers.get("etag")]).toEqual([200, `"${ticket.version + 1}"`]);
    const stale = await manager.patch(`/api/v1/tickets/${ticket._id}`, { priority: "low" }, { "if-match": `"${ticket.version}"` });
    expect(stale.status).toBe(409);
    expect((await tickets().findOne({ _id: ticket._id }))?.priority).toBe("high");
    expect((await manager.patch(`/api/v1/tickets/${ticket._id}`, { priority: "low" }, { "if-match": "yesterday" })).status).toBe(400);
  });

  test.each(["resolved", "closed", "new"])("400 PATCH to %s: it has a verb of its own", async (status) => {
    const answer = await as(await a.manager()).patch(`/api/v1/tickets/${(await a.ticket())._id}`, { status });
    expect([answer.status, paths(answer)]).toEqual([400, ["status"]]);
  });

  test("404 an unknown id and 400 what can't be an id", async () => {
    const manager = as(await a.manager());
    expect((await manager.get("/api/v1/tickets/abcdefghijkl")).status).toBe(404);
    expect((await manager.get("/api/v1/tickets/a..b")).status).toBe(400);
    expect((await manager.get("/api/v1/tickets/short")).status).toBe(400);
  });

  test("assignment, escalation, resolution and closure do what they say", async () => {
    const [manager, agent] = [as(await a.manager()), await an.agent()];
    const { _id: id } = await a.ticket();
    expect((await manager.put(`/api/v1/tickets/${id}/assignment`, { assigneeId: agent.id })).body).toMatchObject({ assignee: { id: agent.id } });
    expect((await manager.post(`/api/v1/tickets/${id}/escalation`, { level: "engineering", reason: "a bug" })).body).toMatchObject({ level: "engineering" });
    expect((await manager.post(`/api/v1/tickets/${id}/escalation`, { level: "engineering", reason: "again" })).status).toBe(409);
    expect((await manager.put(`/api/v1/tickets/${id}/resolution`)).body).toMatchObject({ status: "resolved" });
    expect((await manager.delete(`/api/v1/tickets/${id}/resolution`)).body).toMatchObject({ status: "open" });
    expect((await manager.put(`/api/v1/tickets/${id}/closure`)).body).toMatchObject({ status: "closed" });
    expect((await manager.put(`/api/v1/tickets/${id}/resolution`)).status).toBe(409);
    expect((await manager.put(`/api/v1/tickets/${id}/assignment`, { assigneeId: (await an.engineer()).id })).status).toBe(400);
  });

  test("the timeline says who, what and why in order, with the customer's part for the customer", async () => {
    const customer = await a.customer();
    const agent = await an.agent();
    const { _id: id } = await a.ticket({ requester: customer, assigneeId: agent.id });
    await as(agent).post(`/api/v1/tickets/${id}/messages`, { body: "secret", visibility: "private" });
    await as(agent).post(`/api/v1/tickets/${id}/escalation`, { level: "engineering", reason: "needs a developer" });
    await as(agent).post(`/api/v1/tickets/${id}/messages`, { body: "Hello", status: "pending" });
    const types = async (who: Parameters<typeof as>[0]) => ((await as(who).get(`/api/v1/tickets/${id}/timeline`)).body as { items: { type: string; why: string | null; seq: number }[] }).items;
    expect((await types(agent)).map((entry) => entry.type)).toEqual(["ticket/opened", "ticket/noted", "ticket/escalated", "ticket/replied", "ticket/status-changed"]);
    expect((await types(agent))[2]?.why).toBe("needs a developer");
    const own = await types(customer);
    expect(own.map((entry) => [entry.type, entry.seq])).toEqual([["ticket/opened", 1], ["ticket/replied", 2], ["ticket/status-changed", 3]]);
    expect(own.every((entry) => entry.why === null)).toBe(true);
  });
});

test("a customer's ticket shows nothing of the desk's inside", async () => {
  const customer = await a.customer();
  const agent = await an.agent();
  const ticket = await a.ticket({ requester: customer, assigneeId: agent.id, tags: ["difficult"] });
  const { body } = await as(customer).get(`/api/v1/tickets/${ticket._id}`);
  for (const inside of ["tags", "queue", "level", "routing", "seq", "category", "priority", "watcherIds", "sla", "may"]) expect(body).not.toHaveProperty(inside);
  expect(JSON.stringify(body)).not.toContain("difficult");
});

test("messages: an empty one, and a status by a customer, are refused and nothing is written", async () => {
  const customer = await a.customer();
  const { _id: id } = await a.ticket({ requester: customer });
  expect(paths(await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "   " }))).toEqual(["body"]);
  expect(paths(await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "x", status: "pending" }))).toEqual(["status"]);
  expect(await messages().countDocuments({ ticketId: id })).toBe(1);
});

test("rate limits are stated with every answer", async () => {
  const { headers } = await as(await a.customer()).get("/api/v1/me");
  for (const name of ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"]) expect(Number(headers.get(name))).toBeGreaterThan(0);
});
