import { beforeEach, describe, expect, test } from "vitest";
import { people, queues } from "@/lib/auth/repo";
import { changePerson } from "@/lib/auth/service";
import { returnFromTheGone, routeWaiting } from "@/lib/routing/service";
import { messages, tickets } from "@/lib/tickets/repo";
import { openTicket, resolve, write } from "@/lib/tickets/service";
import { events } from "@/lib/events";
import { a, an, until, useDesk, type Somebody } from "../support/desk";

useDesk();
const none = { ifMatch: null, once: null };

beforeEach(async () => {
  await Promise.all([people().deleteMany({}), queues().deleteMany({}), tickets().deleteMany({}), messages().deleteMany({}), events().deleteMany({})]);
});

async function drained(): Promise<void> {
  await until(async () => (await routeWaiting()) === 0 || null, 60_000);
}

const opened = async (customer: Somebody, subject = "Refund", body = "please") => (await openTicket(customer, { subject, body }, none)).id;
const stored = async (id: string) => {
  const ticket = await tickets().findOne({ _id: id });
  if (!ticket) throw new Error("the ticket is kept");
  return ticket;
};

describe("the drain", () => {
  test("2,000 tickets over 50 agents, in two drains at once: one owner each, nobody over capacity, spread within 5 %", async () => {
    const agents = await Promise.all(Array.from({ length: 50 }, () => an.agent({ capacity: 40 })));
    const queue = await a.queue({ category: "general", memberIds: agents.map((agent) => agent.id) });
    const customer = await a.customer();
    const template = await stored(await opened(customer));
    const many = Array.from({ length: 1999 }, (_, index) => ({ ...template, _id: `burst${String(index).padStart(8, "0")}`, number: 100_000 + index }));
    await tickets().insertMany(many);
    while ((await tickets().countDocuments({ "routing.state": "waiting" })) > 0) await Promise.all([routeWaiting(), routeWaiting()]);
    const load = await tickets().aggregate<{ _id: string; n: number }>([{ $group: { _id: "$assigneeId", n: { $sum: 1 } } }]).toArray();
    const counts = agents.map((agent) => load.find((each) => each._id === agent.id)?.n ?? 0);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(2000);
    expect(Math.max(...counts)).toBeLessThanOrEqual(40);
    expect((Math.max(...counts) - Math.min(...counts)) / (2000 / 50)).toBeLessThanOrEqual(0.05);
    expect(await tickets().countDocuments({ queueId: queue._id })).toBe(2000);
    expect(await events().countDocuments({ type: "ticket/assigned" })).toBe(2000);
  }, 120_000);

  test("full agents get nothing; the manager of the queue looks after it, and it comes back when a seat is free", async () => {
    const [agent, manager, other] = [await an.agent({ capacity: 1 }), await a.manager(), await a.manager()];
    await a.queue({ category: "general", memberIds: [agent.id], managerId: manager.id });
    const customer = await a.customer();
    const [first, second] = [await opened(customer), await opened(customer)];
    await drained();
    expect(await stored(first)).toMatchObject({ assigneeId: agent.id, level: "l1" });
    const waiting = await stored(second);
    expect(waiting).toMatchObject({ assigneeId: manager.id, level: "manager", routing: { state: "waiting", escalatedForLack: true } });
    expect(waiting.assigneeId).not.toBe(other.id);
    expect(waiting.routing.decision?.considered).toMatchObject([{ id: agent.id, passedOver: "has 1 of 1 tickets" }]);
    await resolve(agent, { id: first }, none);
    await drained();
    expect(await stored(second)).toMatchObject({ assigneeId: agent.id, level: "l1", routing: { state: "settled", escalatedForLack: false } });
  });

  test("once the manager has acted on it, it stays with the manager", async () => {
    const [agent, manager] = [await an.agent({ capacity: 0 }), await a.manager()];
    await a.queue({ category: "general", memberIds: [agent.id], managerId: manager.id });
    const id = await opened(await a.customer());
    await drained();
    await write(manager, { id, body: "I will look into it", visibility: "public" }, none);
    await people().updateOne({ _id: agent.id }, { $set: { capacity: 5 } });
    await drained();
    expect(await stored(id)).toMatchObject({ assigneeId: manager.id, level: "manager", routing: { state: "settled" } });
  });

  test("a line of tickets that nobody can take doesn't hold up another queue", async () => {
    const [manager, agent] = [await a.manager(), await an.agent()];
    await a.queue({ category: "billing", keywords: ["refund"], memberIds: [], managerId: manager.id });
    await a.queue({ category: "technical", keywords: ["crash"], memberIds: [agent.id] });
    const customer = await a.customer();
    const template = await stored(await opened(customer));
    await tickets().insertMany(Array.from({ length: 250 }, (_, index) => ({ ...template, _id: `stuck${String(index).padStart(8, "0")}`, number: 200_000 + index })));
    await messages().insertMany(Array.from({ length: 250 }, (_, index) => ({ _id: `stuckmsg${String(index).padStart(6, "0")}`, ticketId: `stuck${String(index).padStart(8, "0")}`, visibility: "public" as const, author: template.openedBy, side: "customer" as const, body: "refund", seq: 1, publicSeq: 1, once: null, at: new Date() })));
    await drained();
    const urgent = await opened(customer, "Crash", "it crashed: crash");
    await drained();
    expect(await stored(urgent)).toMatchObject({ assigneeId: agent.id });
  }, 60_000);

  test("agents who are away, offline or gone are passed over with the reason", async () => {
    const at = new Date();
    const away = await an.agent({ availability: { state: "away", since: at, seenAt: at } });
    const offline = await an.agent({ availability: { state: "online", since: at, seenAt: new Date(at.getTime() - 61_000) } });
    const gone = await an.agent({ deactivated: { at, by: "somebody" } });
    const free = await an.agent();
    await a.queue({ category: "general", memberIds: [away.id, offline.id, gone.id, free.id] });
    const id = await opened(await a.customer());
    await drained();
    const reasons = Object.fromEntries((await stored(id)).routing.decision?.considered.map((each) => [each.id, each.passedOver]) ?? []);
    expect(reasons).toEqual({ [free.id]: null, [away.id]: "is away", [offline.id]: "is offline", [gone.id]: "is not active any more" });
  });

  test("a deactivated owner's tickets return to the queue and get another owner", async () => {
    const [first, second, admin, other] = [await an.agent(), await an.agent({ capacity: 0 }), await an.admin(), await an.admin()];
    await a.queue({ category: "general", memberIds: [first.id, second.id] });
    const id = await opened(await a.customer());
    await drained();
    expect((await stored(id)).assigneeId).toBe(first.id);
    await people().updateOne({ _id: second.id }, { $set: { capacity: 5 } });
    await changePerson(admin, { id: first.id, active: false });
    await returnFromTheGone();
    await drained();
    expect((await stored(id)).assigneeId).toBe(second.id);
    expect(other.id).not.toBe(admin.id);
  });

  test("a queue's rule forwards to engineering, and the owner stays the customer's contact", async () => {
    const agent = await an.agent();
    await a.queue({ category: "general", memberIds: [agent.id], escalateTo: "engineering" });
    const id = await opened(await a.customer());
    await drained();
    expect(await stored(id)).toMatchObject({ level: "engineering", assigneeId: agent.id });
  });
});
