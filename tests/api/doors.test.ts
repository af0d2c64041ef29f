import { browser } from "../auth/browser"; // first: the actions take next/headers from it
import { describe, expect, test } from "vitest";
import { encode } from "next-auth/jwt";
import { sendLinkAction, signInAction } from "@/lib/auth/actions";
import { people } from "@/lib/auth/repo";
import { tickets } from "@/lib/tickets/repo";
import { POST } from "@/app/api/v1/tickets/route";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { as } from "../support/doors";

useDesk();

const host = "127.0.0.1:3000";
const sessionOf = async ({ person }: Somebody) => `authjs.session-token=${await encode({ token: { sub: person._id, epoch: person.sessionEpoch }, secret: process.env.AUTH_SECRET ?? "", salt: "authjs.session-token" })}`;

describe("cookies", () => {
  test("a session cookie is its person; a broken, foreign or garbled one is nobody and no fault of ours", async () => {
    const agent = await an.agent();
    const cookie = await sessionOf(agent);
    expect((await as(null, { cookie }).get("/api/v1/me")).body).toMatchObject({ id: agent.id });
    for (const broken of [`${cookie}x`, "authjs.session-token=abc", "authjs.session-token=%", "%E0%A4%A=%E0%A4%A", ";;=;a", "twoway_visitor=%%%"]) {
      expect([broken, (await as(null, { cookie: broken }).get("/api/v1/me")).status]).toEqual([broken, 401]);
    }
    expect((await as(null, { cookie: await sessionOf({ ...agent, person: { ...agent.person, sessionEpoch: 7 } }) }).get("/api/v1/me")).status).toBe(401);
  });

  test.each([
    ["another site", { origin: "https://evil.example" }],
    ["a site whose name begins like ours", { origin: `http://${host}.evil.example` }],
    ["another port", { origin: "http://127.0.0.1:3001" }],
    ["a sandboxed frame", { origin: "null" }],
    ["nowhere", {}],
  ])("a write with the session cookie from %s changes nothing", async (_where, headers) => {
    const manager = await a.manager();
    const { _id: id } = await a.ticket();
    const page = as(null, { cookie: await sessionOf(manager), host, ...(headers as Record<string, string>) });
    for (const asked of [await page.put(`/api/v1/tickets/${id}/closure`), await page.post(`/api/v1/tickets/${id}/messages`, { body: "x" }), await page.patch(`/api/v1/tickets/${id}`, { priority: "low" }), await page.delete(`/api/v1/tickets/${id}/assignment`), await page.post("/api/realtime/user", { socket_id: "1.1" })]) {
      expect(asked.status).toBe(403);
    }
    expect(await tickets().findOne({ _id: id })).toMatchObject({ status: "new", seq: 1 });
  });

  test("a write from a page of the desk is done, and a bearer needs no origin", async () => {
    const manager = await a.manager();
    const { _id: id } = await a.ticket();
    expect((await as(null, { cookie: await sessionOf(manager), host, origin: `http://${host}` }).patch(`/api/v1/tickets/${id}`, { priority: "low" })).status).toBe(200);
    expect((await as(manager).patch(`/api/v1/tickets/${id}`, { priority: "high" })).status).toBe(200);
  });

  test("a bearer token that is no good is refused even beside a good cookie", async () => {
    const cookie = await sessionOf(await a.manager());
    expect((await as({ bearer: "x" }, { cookie }).get("/api/v1/me")).status).toBe(401);
    expect((await as(null, { cookie, authorization: "Basic YTpi" }).get("/api/v1/me")).status).toBe(401);
  });
});

describe("what is too much", () => {
  test("413 without a stated length: reading stops at the limit", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (stream) => {
        pulled += 1;
        if (pulled > 1000) return stream.close();
        stream.enqueue(new Uint8Array(100_000).fill(32));
      },
    });
    const { bearer } = await a.customer();
    const request = new Request(`http://${host}/api/v1/tickets`, { method: "POST", body: endless, duplex: "half", headers: { authorization: `Bearer ${bearer}` } } as RequestInit);
    expect((await POST(request)).status).toBe(413);
    expect(pulled).toBeLessThan(30);
  });

  test("429 for an address that only changes what it says of itself", async () => {
    const from = (said: string, seen: string) => as(null, { "x-forwarded-for": `${said}, ${seen}` }).get("/api/v1/openapi.json");
    for (let each = 0; each < 300; each += 1) expect((await from(`198.51.100.${each}`, "192.0.2.7")).status).toBe(200);
    expect((await from("198.51.100.1", "192.0.2.7")).status).toBe(429);
    expect((await from("198.51.100.1", "192.0.2.8")).status).toBe(200);
  });

  test("429 for forms posted by one address under ever new names", async () => {
    const asked = browser("192.0.2.9");
    const ask = (each: number) => asked.submit(sendLinkAction, { email: `n${each}@shop.example` });
    for (let each = 0; each < 120; each += 1) expect((await ask(each)).ok).toBe(true);
    expect(await ask(121)).toMatchObject({ ok: false, problem: { status: 429 } });
    expect((await browser("192.0.2.10").submit(sendLinkAction, { email: "n@shop.example" })).ok).toBe(true);
  });

  test("a body nested a hundred thousand deep is an input like another", async () => {
    const nested = `{"subject":"s","body":"b","x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect((await as(await a.customer(), { "idempotency-key": "deep-0001" }).post("/api/v1/tickets", nested)).status).toBe(201);
    expect((await as(await a.customer()).post("/api/v1/tickets", `{"subject":${"[".repeat(100_000)}${"]".repeat(100_000)}}`)).status).toBe(400);
  });
});

test("a refused form gives back what was typed, but neither password nor token", async () => {
  const outcome = await browser().submit(signInAction, { email: "nobody@shop.example", password: "not this one", token: "secret" });
  expect(outcome).toEqual({ ok: false, problem: expect.objectContaining({ status: 401 }), input: { email: "nobody@shop.example" } });
});

test("operators in the place of values are refused as input", async () => {
  const manager = as(await a.manager());
  const { _id: id } = await a.ticket();
  for (const [path, body] of [
    ["/api/v1/auth/token", { email: { $gt: "" }, password: { $gt: "" } }],
    ["/api/v1/auth/token", { refreshToken: { $ne: null } }],
    [`/api/v1/tickets/${id}/messages`, { body: { $regex: "." } }],
  ] as const) expect([path, (await manager.post(path, body)).status]).toEqual([path, 400]);
  expect((await manager.put(`/api/v1/tickets/${id}/assignment`, { assigneeId: { $ne: "x" } })).status).toBe(400);
  expect((await manager.get("/api/v1/tickets?assignee[$ne]=x")).status).toBe(200); // an unknown name is no filter
  expect((await manager.get(`/api/v1/users?q=${encodeURIComponent(".*")}`)).body).toEqual({ items: [], nextCursor: null });
  const cursor = Buffer.from(JSON.stringify({ name: { $gt: "" }, id: { $gt: "" } })).toString("base64url");
  expect((await manager.get(`/api/v1/users?cursor=${cursor}`)).status).toBe(400);
  expect(await people().countDocuments({})).toBeGreaterThan(0);
});
