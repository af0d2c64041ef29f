import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { encode } from "next-auth/jwt";
import { GET as authGet, POST as authPost } from "@/app/api/auth/[...nextauth]/route";
import { GET as jobsGet, POST as jobsPost, PUT as jobsPut } from "@/app/api/inngest/route";
import { queues, settings } from "@/lib/auth/repo";
import type { Me, PersonView, QueueView } from "@/lib/auth/view";
import { events } from "@/lib/events";
import { newId } from "@/lib/ids";
import { operations } from "@/lib/openapi";
import { becomeReady } from "@/lib/ready";
import { NextRequest } from "next/server";
import { a, an, somebody, useDesk } from "../support/desk";
import { as, doors, methodsOf } from "../support/doors";
import { expectLog } from "../support/setup";

useDesk();

const paths = (answer: { body: unknown }) => (answer.body as { errors?: { path: string }[] }).errors?.map((error) => error.path) ?? [];
const origin = "http://127.0.0.1:3000";

test("GET /api/health: 503 until the desk was prepared, then 200 with its services, for anybody", async () => {
  expect(await as(null).get("/api/health")).toMatchObject({ status: 503, body: { status: "down" } });
  becomeReady();
  const answer = await as({ bearer: "no.such.token" }, { cookie: "authjs.session-token=%" }).get("/api/health");
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(answer.body).toEqual({ status: "ok", version: expect.stringMatching(/^\d+\.\d+\.\d+$/), services: { database: "ok", jobs: "ok", realtime: "ok", mail: "ok" } });
});

describe("POST /api/v1/auth/token", () => {
  test("200 by password and by refresh token; the token opens the doors of its person", async () => {
    const { person } = await somebody(["manager", "admin"], { password: "a long enough password" });
    const answer = await as(null).post("/api/v1/auth/token", { email: person.email, password: "a long enough password" });
    expect(answer).toMatchObject({ status: 200, body: { expiresIn: 900, user: { id: person._id, name: person.name, role: "admin" } } });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(Number(answer.headers.get("ratelimit-remaining"))).toBeGreaterThan(0);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    const { accessToken, refreshToken } = answer.body as { accessToken: string; refreshToken: string };
    expect((await as({ bearer: accessToken }).get("/api/v1/me")).body).toMatchObject({ id: person._id, roles: ["manager", "admin"] });
    expect((await as(null).post("/api/v1/auth/token", { refreshToken })).status).toBe(200);
    expect((await as({ bearer: refreshToken }).get("/api/v1/me")).status).toBe(401);
  });

  test.each([[{}], [{ email: "a@shop.example" }], [{ email: "no address", password: "p" }], [{ refreshToken: "short" }], [{ refreshToken: 5 }], ["nonsense"]])("400 %j", async (body) => {
    const answer = await as(null).post("/api/v1/auth/token", body);
    expect([answer.status, paths(answer).length > 0]).toEqual([400, true]);
  });

  test("401 what fits nobody, with the scheme to use", async () => {
    const answer = await as(null).post("/api/v1/auth/token", { email: "nobody@shop.example", password: "p" });
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="twoway"']);
    expect((await as(null).post("/api/v1/auth/token", { refreshToken: "x".repeat(43) })).status).toBe(401);
  });
});

test("GET /api/v1/me says who one is, with the highest role and one's queues; 401 for nobody", async () => {
  const { person, bearer } = await somebody(["agent", "manager"]);
  const queue = await a.queue({ memberIds: [person._id] });
  expect((await as({ bearer }).get("/api/v1/me")).body).toEqual({ id: person._id, name: person.name, email: person.email, role: "manager", roles: ["agent", "manager"], availability: "online", queueIds: [queue._id] } satisfies Me);
  expect((await as(null).get("/api/v1/me")).status).toBe(401);
});

test("PUT /api/v1/me/availability: 400 for another state", async () => {
  expect(paths(await as(await an.agent()).put("/api/v1/me/availability", { state: "busy" }))).toEqual(["state"]);
});

describe("/api/v1/users", () => {
  test("201 with role, queues and capacity; 409 for a known address; 400 for what does not fit", async () => {
    const admin = as(await an.admin());
    const queue = await a.queue();
    const input = { email: `N-${newId()}@desk.example`, name: "New", role: "agent", queueIds: [queue._id], capacity: 5 };
    const answer = await admin.post("/api/v1/users", input);
    expect(answer).toMatchObject({ status: 201, body: { email: input.email.toLowerCase(), role: "agent", invited: true, active: true, verified: false, queueIds: [queue._id], capacity: 5 } });
    expect((await admin.post("/api/v1/users", input)).status).toBe(409);
    for (const [wrong, path] of [[{ ...input, email: "no" }, "email"], [{ ...input, capacity: -1 }, "capacity"], [{ ...input, capacity: 1.5 }, "capacity"], [{ ...input, password: "short" }, "password"], [{ ...input, name: " " }, "name"], [{ ...input, email: `${newId()}@desk.example`, queueIds: [newId()] }, "queueIds"]] as const) {
      const refused = await admin.post("/api/v1/users", wrong);
      expect([refused.status, paths(refused)]).toEqual([400, [path]]);
    }
  });

  test("200 changes; DELETE deactivates and keeps the person; 404 an unknown one", async () => {
    const admin = as(await an.admin());
    const { id } = await an.agent();
    expect((await admin.patch(`/api/v1/users/${id}`, { capacity: 3, name: "Other" })).body).toMatchObject({ capacity: 3, name: "Other" });
    expect((await admin.delete(`/api/v1/users/${id}`)).body).toMatchObject({ active: false });
    expect(((await admin.get(`/api/v1/users/${id}`)).body as PersonView).active).toBe(false);
    for (const asked of [await admin.get("/api/v1/users/abcdefghijkl"), await admin.patch("/api/v1/users/abcdefghijkl", { name: "N" }), await admin.delete("/api/v1/users/abcdefghijkl")]) expect(asked.status).toBe(404);
  });
});

describe("/api/v1/queues", () => {
  test("201 a queue with its people; 409 a taken name or category; 400 members who may not reply", async () => {
    const admin = as(await an.admin());
    const [agent, manager, engineer] = [await an.agent(), await a.manager(), await an.engineer()];
    const input = { name: `Billing ${newId()}`, category: `bill ${newId().toLowerCase()}`, keywords: ["Invoice"], managerId: manager.id, memberIds: [agent.id], waitMinutes: 5 };
    const answer = await admin.post("/api/v1/queues", input);
    expect(answer).toMatchObject({ status: 201, body: { name: input.name, keywords: ["invoice"], manager: { id: manager.id }, members: [{ id: agent.id, name: agent.name }], waitMinutes: 5, escalateTo: "l1" } });
    expect(paths(await admin.post("/api/v1/queues", { ...input, category: "another" }))).toEqual(["name"]);
    expect(paths(await admin.post("/api/v1/queues", { ...input, name: "Another" }))).toEqual(["category"]);
    const other = { ...input, name: newId(), category: newId().toLowerCase() };
    expect(paths(await admin.post("/api/v1/queues", { ...other, memberIds: [engineer.id] }))).toEqual(["memberIds"]);
    expect(paths(await admin.post("/api/v1/queues", { ...other, managerId: agent.id }))).toEqual(["managerId"]);
    expect(paths(await admin.post("/api/v1/queues", { ...other, category: "UPPER & lower" }))).toEqual(["category"]);
    expect(await queues().countDocuments({ name: other.name })).toBe(0);
  });

  test("200 a change of some fields leaves the others; 409 deleting one with unsolved tickets; 204 then; 404 after", async () => {
    const admin = as(await an.admin());
    const agent = await an.agent();
    const { _id: id, name } = await a.queue({ memberIds: [agent.id], waitMinutes: 7 });
    expect((await admin.patch(`/api/v1/queues/${id}`, { keywords: ["a b"] })).body).toMatchObject({ name, waitMinutes: 7, keywords: ["a b"], members: [{ id: agent.id }] } satisfies Partial<QueueView> | object);
    const ticket = await a.ticket({ queueId: id });
    expect((await admin.delete(`/api/v1/queues/${id}`)).status).toBe(409);
    await as(await a.manager()).put(`/api/v1/tickets/${ticket._id}/resolution`);
    expect((await admin.delete(`/api/v1/queues/${id}`)).status).toBe(204);
    for (const asked of [await admin.delete(`/api/v1/queues/${id}`), await admin.patch(`/api/v1/queues/${id}`, { name: "N" })]) expect(asked.status).toBe(404);
    expect((await events().find({ "subject.id": id }).toArray()).map(({ type }) => type)).toContain("queue/deleted");
  });
});

test("/api/v1/settings: 200 with what was not given unchanged, 400 by field", async () => {
  const admin = as(await an.admin());
  const { body: before } = await admin.get("/api/v1/settings");
  expect(before).toMatchObject({ queueVisibility: false, remindMinutes: 30, repeatBreachMinutes: 60, closeAfterDays: 7, nudgeHours: 24, askRating: true });
  expect((await admin.patch("/api/v1/settings", { name: "Acme", offlineGraceMinutes: 30 })).body).toEqual({ ...(before as object), name: "Acme", offlineGraceMinutes: 30 });
  expect((await admin.patch("/api/v1/settings", { queueVisibility: true, timeZone: "Asia/Kolkata" })).body).toEqual({ ...(before as object), name: "Acme", queueVisibility: true, offlineGraceMinutes: 30, timeZone: "Asia/Kolkata" });
  expect(paths(await admin.patch("/api/v1/settings", { offlineGraceMinutes: 0, name: "", queueVisibility: "yes", timeZone: "Mars/Base" })).toSorted()).toEqual(["name", "offlineGraceMinutes", "queueVisibility", "timeZone"]);
  expect(await settings().findOne({ _id: "desk" })).toMatchObject({ name: "Acme", seq: 2 });
});

test("/api/v1/settings: there is room to tell a customer before a request closes: 400 by the field's name, whichever of the two changes", async () => {
  const admin = as(await an.admin());
  expect(paths(await admin.patch("/api/v1/settings", { nudgeHours: 168 }))).toEqual(["nudgeHours"]);
  expect((await admin.patch("/api/v1/settings", { closeAfterDays: 8, nudgeHours: 168 })).status).toBe(200);
  expect(paths(await admin.patch("/api/v1/settings", { closeAfterDays: 7 }))).toEqual(["nudgeHours"]);
  expect((await admin.patch("/api/v1/settings", { closeAfterDays: 1, nudgeHours: 0 })).body).toMatchObject({ closeAfterDays: 1, nudgeHours: 0 });
});

describe("GET /api/v1/openapi.json", () => {
  type Described = { openapi: string; paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown>; parameters: { name: string; in: string; required: boolean }[] }>>; components: { schemas: Record<string, unknown> } };
  const described = async () => (await as(null).get("/api/v1/openapi.json")).body as Described;

  test("describes every door of the API and no other", async () => {
    const { paths: all, openapi } = await described();
    expect(openapi).toBe("3.1.0");
    const told = Object.entries(all).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} /api/v1${path}`)).toSorted();
    const found = (await doors()).filter(({ path }) => path.startsWith("/api/v1/")).flatMap(({ path, module }) => methodsOf(module).map((method) => `${method} ${path.replaceAll("[", "{").replaceAll("]", "}")}`)).toSorted();
    expect(told).toEqual(found);
    expect(operations).toHaveLength(found.length);
  });

  test("has references that lead somewhere, names that are unique, and every part of a path as a parameter", async () => {
    const document = await described();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to ?? "");
    expect(references.length).toBeGreaterThan(30);
    const at = (pointer: string) => pointer.replace(/^#\//, "").split("/").reduce<unknown>((value, name) => (value !== null && typeof value === "object" ? (value as Record<string, unknown>)[name] : undefined), document);
    expect(references.filter((to) => !to.startsWith("#/") || at(to) === undefined)).toEqual([]);
    const every = Object.entries(document.paths).flatMap(([path, methods]) => Object.values(methods).map((operation) => ({ path, ...operation })));
    expect(new Set(every.map(({ operationId }) => operationId)).size).toBe(every.length);
    for (const { path, parameters, responses } of every) {
      expect(parameters.filter((each) => each.in === "path" && each.required).map(({ name }) => name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(Object.keys(responses)).toContain("default");
    }
  });
});

describe("realtime", () => {
  const signed = (text: string) => `${process.env.PUSHER_KEY}:${createHmac("sha256", process.env.PUSHER_SECRET ?? "").update(text).digest("hex")}`;

  test("200 passes are signed for this connection and this channel alone (Pusher, authentication signatures)", async () => {
    const agent = await an.agent();
    const { _id: id } = await a.ticket({ assigneeId: agent.id });
    const channel_name = `private-ticket-${id}-staff`;
    const answer = await as(agent, { "content-type": "application/x-www-form-urlencoded" }).post("/api/realtime/auth", new URLSearchParams({ socket_id: "12.34", channel_name }).toString());
    expect(answer).toMatchObject({ status: 200, body: { auth: signed(`12.34:${channel_name}`) } });
    const who = (await as(agent).post("/api/realtime/user", { socket_id: "12.34" })).body as { auth: string; user_data: string };
    expect(who.auth).toBe(signed(`12.34::user::${who.user_data}`));
    expect(JSON.parse(who.user_data)).toMatchObject({ id: agent.id });
  });

  test("200 a pass to a ticket's presence names the person, and nothing else of them", async () => {
    const agent = await an.agent();
    const channel_name = `presence-ticket-${(await a.ticket({ assigneeId: agent.id }))._id}`;
    const { body } = await as(agent).post("/api/realtime/auth", { socket_id: "12.34", channel_name });
    const { auth, channel_data } = body as { auth: string; channel_data: string };
    expect(auth).toBe(signed(`12.34:${channel_name}:${channel_data}`));
    expect(JSON.parse(channel_data)).toEqual({ user_id: agent.id, user_info: { name: agent.name } });
  });

  test.each([["x"], ["1"], ["1.1:private-desk"], ["1.1\n"], [""]])("400 a socket id like %j: it would be signed", async (socket_id) => {
    const manager = as(await a.manager());
    expect(paths(await manager.post("/api/realtime/auth", { socket_id, channel_name: "private-desk" }))).toEqual(["socket_id"]);
    expect(paths(await manager.post("/api/realtime/user", { socket_id }))).toEqual(["socket_id"]);
  });

  test.each(["desk", "public-desk", "private-desk:other", "private-ticket-", "private-encrypted-desk", "presence-desk", "presence-ticket-", "presence-ticket-abcdefgh-staff", "private-user-../x", "#server-to-user-abcdefgh"])("404 for a channel that is none of ours: %s", async (channel_name) => {
    expect((await as(await a.manager()).post("/api/realtime/auth", { socket_id: "1.1", channel_name })).status).toBe(404);
  });
});

describe("doors with a signature of their own", () => {
  test("the jobs service's: 401 a call without one or with a wrong one, and nothing runs; a look tells no secret", async () => {
    expectLog(/"message":"jobs"/);
    const url = `${origin}/api/inngest?fnId=twoway-sweep&stepId=step`;
    const call = (headers: Record<string, string>) => jobsPost(new NextRequest(url, { method: "POST", body: "{}", headers: { "content-type": "application/json", ...headers } }), undefined);
    for (const headers of [{}, { "x-inngest-signature": "t=1&s=00" }, { "x-inngest-signature": `t=${Math.floor(Date.now() / 1000)}&s=${createHash("sha256").update("guess").digest("hex")}` }]) {
      expect((await call(headers as Record<string, string>)).status).toBe(401);
    }
    const look = await jobsGet(new NextRequest(`${origin}/api/inngest`), undefined);
    const text = await look.text();
    expect(look.status).toBeLessThan(500);
    for (const secret of [process.env.INNGEST_SIGNING_KEY, process.env.INNGEST_EVENT_KEY, process.env.AUTH_SECRET]) expect(text).not.toContain(secret);
    expect(typeof jobsPut).toBe("function");
  });

  test.each([{}, { "svix-id": "a", "svix-timestamp": "1", "svix-signature": "v1,AAAA" }])("the mail service's: 401 with %j", async (headers) => {
    expect((await as(null).post("/api/webhooks/mail", { type: "email.delivered", data: { email_id: "x" } }, headers as Record<string, string>)).status).toBe(401);
  });
});

describe("the sign-in library's own door", () => {
  const ask = (path: string, headers: Record<string, string> = {}) => authGet(new NextRequest(`${origin}/api/auth/${path}`, { headers: { host: "127.0.0.1:3000", ...headers } }));
  const post = (path: string, body: Record<string, string>, cookie = "") => authPost(new NextRequest(`${origin}/api/auth/${path}`, { method: "POST", body: new URLSearchParams(body).toString(), headers: { host: "127.0.0.1:3000", origin, "content-type": "application/x-www-form-urlencoded", cookie } }));

  test("tells a session's own name and nothing that opens a door", async () => {
    const { person } = await an.agent();
    const token = await encode({ token: { sub: person._id, name: person.name, email: person.email, epoch: 1 }, secret: process.env.AUTH_SECRET ?? "", salt: "authjs.session-token" });
    const text = await (await ask("session", { cookie: `authjs.session-token=${token}` })).text();
    expect(text).toContain(person.name);
    expect(text).not.toMatch(/epoch|roles|passwordHash/);
    expect(await (await ask("session")).text()).toBe("null");
  });

  test("signs nobody in without its CSRF token, and sends nobody to another site", async () => {
    expectLog(/CSRF token was missing/);
    const { person } = await somebody(["customer"], { password: "a long enough password" });
    const fields = { email: person.email, password: "a long enough password" };
    const refused = await post("callback/password", fields);
    expect(refused.headers.getSetCookie().filter((cookie) => cookie.includes("session-token"))).toEqual([]);
    const fresh = await ask("csrf");
    const cookie = fresh.headers.getSetCookie().map((each) => each.split(";")[0]).join("; ");
    const { csrfToken } = (await fresh.json()) as { csrfToken: string };
    const done = await post("callback/password", { ...fields, csrfToken, callbackUrl: "https://evil.example/x" }, cookie);
    expect(done.headers.getSetCookie().some((each) => each.startsWith("authjs.session-token="))).toBe(true);
    const home = new NextRequest(origin).nextUrl.origin; // Next calls this machine localhost
    expect(new URL(done.headers.get("location") ?? origin, origin).origin).toBe(home);
  });
});
