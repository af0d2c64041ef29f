import { browser } from "./browser"; // first: the actions take next/headers from it
import { describe, expect, test } from "vitest";
import { signInAction, signOutAction, signOutEverywhereAction } from "@/lib/auth/actions";
import { people } from "@/lib/auth/repo";
import { issuePair } from "@/lib/auth/tokens";
import { a, an, somebody, useDesk, type Somebody } from "../support/desk";
import { as } from "../support/doors";
import { livePage } from "./socket";

useDesk();

const password = "a long enough password";

/** A person with everything that a session is: a browser, an API token with its refresh token, a live page. */
async function withSessions(person: Somebody) {
  const page = browser();
  const outcome = await page.submit(signInAction, { email: person.email, password });
  expect(outcome).toEqual({ ok: true, value: null });
  const pair = await issuePair((await people().findOne({ _id: person.id })) ?? person.person);
  const live = await livePage(person, [`private-user-${person.id}`]);
  const statuses = async () => [
    (await as(null, { cookie: page.cookieHeader() }).get("/api/v1/me")).status,
    (await as({ bearer: pair.accessToken }).get("/api/v1/me")).status,
    (await as(null).post("/api/v1/auth/token", { refreshToken: pair.refreshToken })).status,
  ];
  return { page, live, statuses };
}

describe("a change of rights ends every session by the next request", () => {
  test.each([
    ["another role", { roles: ["manager"] }],
    ["one role more", { roles: ["agent", "manager"] }],
    ["deactivation", { active: false }],
  ])("%s", async (_what, change) => {
    const [admin, agent] = [await an.admin(), await somebody(["agent"], { password })];
    const { live, statuses } = await withSessions(agent);
    expect((await as(admin).patch(`/api/v1/users/${agent.id}`, change)).status).toBe(200);
    expect(await statuses()).toEqual([401, 401, 401]);
    expect(await live.closed).toBe(4009); // Pusher: the connection is not authorised (any more)
  });

  test("not a change of the name", async () => {
    const [admin, agent] = [await an.admin(), await somebody(["agent"], { password })];
    const { live, statuses } = await withSessions(agent);
    expect((await as(admin).patch(`/api/v1/users/${agent.id}`, { name: "Renamed", roles: ["agent"] })).status).toBe(200);
    expect(await statuses()).toEqual([200, 200, 200]);
    expect(live.isOpen()).toBe(true);
    live.close();
  });

  test("whoever was deactivated and comes back signs in anew", async () => {
    const [admin, agent] = [await an.admin(), await somebody(["agent"], { password })];
    const { statuses } = await withSessions(agent);
    for (const active of [false, true]) await as(admin).patch(`/api/v1/users/${agent.id}`, { active });
    expect(await statuses()).toEqual([401, 401, 401]);
    expect(await browser().submit(signInAction, { email: agent.email, password })).toEqual({ ok: true, value: null });
  });
});

test("rights come from the database at each request, never from the token", async () => {
  const agent = await an.agent();
  await people().updateOne({ _id: agent.id }, { $set: { roles: ["customer"] } });
  expect((await as(agent).get("/api/v1/me")).body).toMatchObject({ role: "customer" });
  expect((await as(agent).get("/api/v1/tickets/counts")).status).toBe(403);
});

describe("signing out", () => {
  test("here leaves the other devices signed in", async () => {
    const customer = await somebody(["customer"], { password });
    const [one, other] = [browser(), browser()];
    for (const each of [one, other]) await each.submit(signInAction, { email: customer.email, password });
    const ends = await one.submit(signOutAction, {});
    expect(ends).toEqual({ ok: true, value: null });
    expect((await as(null, { cookie: one.cookieHeader() }).get("/api/v1/me")).status).toBe(401);
    expect((await as(null, { cookie: other.cookieHeader() }).get("/api/v1/me")).status).toBe(200);
  });

  test("everywhere ends every device, token and live page", async () => {
    const customer = await somebody(["customer"], { password });
    const { page, live, statuses } = await withSessions(customer);
    await page.submit(signOutEverywhereAction, {});
    expect(await statuses()).toEqual([401, 401, 401]);
    expect(await live.closed).toBe(4009);
  });
});

test("the session cookie is out of reach of scripts and other sites, and tells nothing of the person", async () => {
  const agent = await somebody(["agent"], { password });
  const page = browser();
  await page.submit(signInAction, { email: agent.email, password });
  expect(page.set.get("authjs.session-token")).toMatchObject({ httpOnly: true, sameSite: "lax", path: "/" });
  const [head] = (page.jar.get("authjs.session-token") ?? "").split(".");
  expect(JSON.parse(Buffer.from(head ?? "", "base64url").toString())).toMatchObject({ alg: "dir", enc: "A256CBC-HS512" });
});

test("signing in takes over no session that was planted before", async () => {
  const [attacker, victim] = [await somebody(["customer"], { password }), await somebody(["customer"], { password })];
  const planted = browser();
  await planted.submit(signInAction, { email: attacker.email, password });
  const before = planted.jar.get("authjs.session-token");
  await planted.submit(signInAction, { email: victim.email, password });
  expect(planted.jar.get("authjs.session-token")).not.toBe(before);
  expect((await as(null, { cookie: `authjs.session-token=${before}` }).get("/api/v1/me")).body).toMatchObject({ id: attacker.id });
});

describe("who lost sight of what a live page hears is put off it", () => {
  test("an owner whose ticket went to somebody else", async () => {
    const [manager, owner, next] = [await a.manager(), await an.agent(), await an.agent()];
    const { _id: id } = await a.ticket({ assigneeId: owner.id });
    const live = await livePage(owner, [`private-ticket-${id}-staff`, `presence-ticket-${id}`]);
    await as(manager).put(`/api/v1/tickets/${id}/assignment`, { assigneeId: next.id });
    expect(await live.closed).toBe(4009);
  });

  test.each(["the person's queues", "the queue's members", "the queue, by deleting it", "the setting, by switching it off"])("a member of a queue, by a change of %s", async (by) => {
    const [admin, agent] = [as(await an.admin()), await an.agent()];
    const queue = await a.queue({ memberIds: [agent.id] });
    expect((await admin.patch("/api/v1/settings", { queueVisibility: true })).status).toBe(200);
    const live = await livePage(agent, [`private-queue-${queue._id}`]);
    const changes: Record<string, () => Promise<{ status: number }>> = {
      "the person's queues": () => admin.patch(`/api/v1/users/${agent.id}`, { queueIds: [] }),
      "the queue's members": () => admin.patch(`/api/v1/queues/${queue._id}`, { memberIds: [] }),
      "the queue, by deleting it": () => admin.delete(`/api/v1/queues/${queue._id}`),
      "the setting, by switching it off": () => admin.patch("/api/v1/settings", { queueVisibility: false }),
    };
    expect((await changes[by]?.())?.status).toBeLessThan(300);
    expect(await live.closed).toBe(4009);
  });
});
