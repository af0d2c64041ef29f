import { describe, expect, test } from "vitest";
import { people, queues } from "@/lib/auth/repo";
import type { PersonView } from "@/lib/auth/view";
import { minute, setClock } from "@/lib/clock";
import { events } from "@/lib/events";
import { newId } from "@/lib/ids";
import { a, an, somebody, useDesk, type Somebody } from "../support/desk";
import { as } from "../support/doors";

useDesk();

type List = { items: PersonView[]; nextCursor: string | null };
const fresh = () => `n-${newId().toLowerCase()}@desk.example`;
const namesOf = async (who: Somebody, query: string) => ((await as(who).get(`/api/v1/users?${query}`)).body as List).items.map((person) => person.name).toSorted();

describe("the people list", () => {
  test("shows colleagues to staff, customers to managers and admins only, and never a secret", async () => {
    const mark = newId();
    const [customer, agent, engineer] = [await a.customer({ name: `C ${mark}` }), await somebody(["agent"], { name: `A ${mark}`, password: "a long enough password" }), await an.engineer({ name: `E ${mark}` })];
    const colleagues = [`A ${mark}`, `E ${mark}`];
    for (const who of [agent, engineer]) {
      expect(await namesOf(who, `q=${mark}`)).toEqual(colleagues);
      expect(await namesOf(who, `q=${mark}&role=customer`)).toEqual(colleagues);
      expect((await as(who).get(`/api/v1/users/${customer.id}`)).status).toBe(404);
    }
    for (const who of [await a.manager(), await an.admin()]) {
      expect(await namesOf(who, `q=${mark}`)).toEqual([`A ${mark}`, `C ${mark}`, `E ${mark}`]);
      expect(await namesOf(who, `q=${mark}&role=staff`)).toEqual(colleagues);
      expect(await namesOf(who, `q=${mark}&role=customer`)).toEqual([`C ${mark}`]);
      expect(JSON.stringify((await as(who).get(`/api/v1/users?q=${mark}`)).body)).not.toMatch(/argon2|passwordHash|sessionEpoch|seenAt/);
    }
  });

  test("is paged without a gap or a repetition, also among equal names", async () => {
    const mark = newId();
    for (let each = 0; each < 7; each += 1) await an.agent({ name: `Same ${mark}` });
    const admin = as(await an.admin());
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { items, nextCursor } = (await admin.get(`/api/v1/users?q=${mark}&limit=3${cursor ? `&cursor=${cursor}` : ""}`)).body as List;
      seen.push(...items.map(({ id }) => id));
      cursor = nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
  });
});

describe("roles", () => {
  test.each([[{ roles: ["engineer", "agent"] }], [{ roles: ["manager", "engineer"] }], [{ roles: [] }], [{ role: "root" }], [{}]])("%j: refused when a person is added, and nothing is written", async (roles) => {
    const email = fresh();
    expect((await as(await an.admin()).post("/api/v1/users", { email, name: "N", ...roles })).status).toBe(400);
    expect(await people().countDocuments({ email })).toBe(0);
  });

  test("an engineer is never made something else beside it", async () => {
    const engineer = await an.engineer();
    expect((await as(await an.admin()).patch(`/api/v1/users/${engineer.id}`, { roles: ["engineer", "manager"] })).status).toBe(400);
    expect((await people().findOne({ _id: engineer.id }))?.roles).toEqual(["engineer"]);
  });

  test("an address is one person's, whatever its case", async () => {
    const { email } = await an.agent();
    const answer = await as(await an.admin()).post("/api/v1/users", { email: email.toUpperCase(), name: "N", role: "agent" });
    expect([answer.status, answer.body]).toMatchObject([409, { errors: [{ path: "email" }] }]);
  });

  test("the last admin is neither demoted nor deactivated; a deactivated admin doesn't count", async () => {
    await people().updateMany({ roles: "admin" }, { $set: { roles: ["agent"] } });
    const admin = await an.admin();
    await an.admin({ deactivated: { at: new Date(), by: admin.id } });
    const self = `/api/v1/users/${admin.id}`;
    for (const change of [{ roles: ["agent"] }, { active: false }, { roles: ["manager"], active: true }]) expect((await as(admin).patch(self, change)).status).toBe(409);
    expect((await as(admin).delete(self)).status).toBe(409);
    expect((await as(admin).patch(self, { roles: ["admin"], name: "Still admin" })).status).toBe(200);
    await an.admin();
    expect((await as(admin).patch(self, { roles: ["agent"] })).status).toBe(200);
  });
});

describe("invitations", () => {
  test("are sent for a person without a password, again on demand, and not to somebody who is in", async () => {
    const admin = as(await an.admin());
    const { id } = (await admin.post("/api/v1/users", { email: fresh(), name: "New", role: "agent" })).body as PersonView;
    expect((await admin.post(`/api/v1/users/${id}/invitation`)).status).toBe(204);
    expect((await events().find({ "subject.id": id }).sort({ seq: 1 }).toArray()).map(({ type }) => type)).toEqual(["person/created", "person/invited", "person/invited"]);
    const { id: inside } = (await admin.post("/api/v1/users", { email: fresh(), name: "In", role: "agent", password: "a long enough password" })).body as PersonView;
    expect((await admin.post(`/api/v1/users/${inside}/invitation`)).status).toBe(409);
    expect((await admin.post("/api/v1/users/abcdefghijkl/invitation")).status).toBe(404);
  });
});

describe("availability", () => {
  const stateOf = async (who: Somebody) => ((await as(who).get("/api/v1/me")).body as { availability: string }).availability;

  test("a heartbeat keeps a person online for a minute and writes no row; a switch writes one", async () => {
    const agent = await an.agent();
    const rows = () => events().countDocuments({ "subject.id": agent.id });
    const set = (state: string) => as(agent).put("/api/v1/me/availability", { state });
    const at = Date.now();
    setClock(new Date(at));
    expect((await set("online")).body).toMatchObject({ availability: "online" });
    expect(await rows()).toBe(0);
    setClock(new Date(at + minute));
    expect(await stateOf(agent)).toBe("online");
    setClock(new Date(at + minute + 1));
    expect(await stateOf(agent)).toBe("offline");
    await set("online");
    expect([await stateOf(agent), await rows()]).toEqual(["online", 1]);
    await set("away");
    await set("away");
    expect([await stateOf(agent), await rows()]).toEqual(["away", 2]);
    expect((await events().find({ "subject.id": agent.id }).sort({ seq: 1 }).toArray()).map(({ type }) => type)).toEqual(["person/became-free", "person/went-away"]);
  });

  test("is nobody's but their own", async () => {
    const [agent, other] = [await an.agent(), await an.agent()];
    await as(agent).put("/api/v1/me/availability", { state: "away", id: other.id });
    expect([await stateOf(agent), await stateOf(other)]).toEqual(["away", "online"]);
  });
});

test("queues given to a person are exactly those they are in, and none is invented", async () => {
  const admin = as(await an.admin());
  const [agent, one, two] = [await an.agent(), await a.queue(), await a.queue()];
  expect((await admin.patch(`/api/v1/users/${agent.id}`, { queueIds: [one._id, two._id] })).body).toMatchObject({ queueIds: expect.arrayContaining([one._id, two._id]) });
  expect((await admin.patch(`/api/v1/users/${agent.id}`, { queueIds: [two._id] })).body).toMatchObject({ queueIds: [two._id] });
  expect((await admin.patch(`/api/v1/users/${agent.id}`, { queueIds: [newId()] })).status).toBe(400);
  expect((await queues().findOne({ _id: one._id }))?.memberIds).toEqual([]);
});
