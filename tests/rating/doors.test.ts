import { beforeAll, describe, expect, test } from "vitest";
import { settings } from "@/lib/auth/repo";
import { events } from "@/lib/events";
import { tickets } from "@/lib/tickets/repo";
import type { Ticket } from "@/lib/tickets/schema";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { as } from "../support/doors";

useDesk();

let [customer, agent] = [] as unknown as [Somebody, Somebody];
beforeAll(async () => {
  [customer, agent] = [await a.customer(), await an.agent()];
});

const door = (ticket: Pick<Ticket, "_id">) => `/api/v1/tickets/${ticket._id}/rating`;
const rows = (ticket: Ticket) => events().find({ "subject.id": ticket._id, type: "ticket/rated" }).sort({ seq: 1 }).toArray();

async function solved(): Promise<Ticket> {
  const ticket = await a.ticket({ requester: customer, assigneeId: agent.id });
  await as(agent).put(`/api/v1/tickets/${ticket._id}/resolution`);
  return ticket;
}

describe("PUT /api/v1/tickets/:id/rating", () => {
  test("200 the customer rates, adds a comment, and sees both; staff see them too, in the timeline as well", async () => {
    const ticket = await solved();
    expect((await as(customer).get(`/api/v1/tickets/${ticket._id}`)).body).toMatchObject({ rating: null, mayRate: "score" });
    expect(await as(customer).put(door(ticket), { score: 2 })).toMatchObject({ status: 200, body: { audience: "customer", rating: { score: 2, comment: null }, mayRate: "score" } });
    expect((await as(customer).put(door(ticket), { score: 2, comment: "  Too slow\nfor us " })).body).toMatchObject({ rating: { score: 2, comment: "Too slow\nfor us" } });
    expect((await as(agent).get(`/api/v1/tickets/${ticket._id}`)).body).toMatchObject({ rating: { score: 2, comment: "Too slow\nfor us" } });
    const { items } = (await as(agent).get(`/api/v1/tickets/${ticket._id}/timeline`)).body as { items: { type: string; text: string }[] };
    expect(items.filter(({ type }) => type === "ticket/rated").map(({ text }) => text)).toEqual(["rated the solution 2 of 5, bad", "rated the solution 2 of 5, bad: “Too slow\nfor us”"]);
  });

  test("200 the same again writes nothing", async () => {
    const ticket = await solved();
    for (const _time of [1, 2, 3]) expect((await as(customer).put(door(ticket), { score: 5, comment: "Thanks" })).status).toBe(200);
    expect(await rows(ticket)).toHaveLength(1);
  });

  test("429 after thirty in an hour: a manager hears of each that is low", async () => {
    const ticket = await solved();
    for (let times = 0; times < 30; times += 1) expect((await as(customer).put(door(ticket), { score: 1 + (times % 2) })).status).toBe(200);
    expect((await as(customer).put(door(ticket), { score: 1 })).status).toBe(429);
    expect(await rows(ticket)).toHaveLength(30);
  });

  test("200 ten clicks at once leave one rating, and a row for each change alone", async () => {
    const ticket = await solved();
    const answers = await Promise.all(Array.from({ length: 10 }, () => as(customer).put(door(ticket), { score: 3 })));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await rows(ticket)).toHaveLength(1);
  });

  test("200 a request that was opened again and solved is asked for anew, and the first rating stays in the rows", async () => {
    const ticket = await solved();
    await as(customer).put(door(ticket), { score: 1 });
    await as(customer).delete(`/api/v1/tickets/${ticket._id}/resolution`);
    expect((await as(customer).get(`/api/v1/tickets/${ticket._id}`)).body).toMatchObject({ rating: null, mayRate: null });
    expect((await as(agent).get(`/api/v1/tickets/${ticket._id}`)).body).toMatchObject({ rating: { score: 1 } });
    await as(agent).put(`/api/v1/tickets/${ticket._id}/resolution`);
    expect((await as(customer).get(`/api/v1/tickets/${ticket._id}`)).body).toMatchObject({ rating: null, mayRate: "score" });
    await as(customer).put(door(ticket), { score: 5 });
    expect((await rows(ticket)).map(({ data }) => data.score)).toEqual([1, 5]);
    expect(new Set((await rows(ticket)).map(({ data }) => data.resolvedAt)).size).toBe(2);
  });

  test("400 a score that is none, and a comment that is a book", async () => {
    const ticket = await solved();
    for (const score of [0, 6, 2.5, "4", null, undefined, -1, 1e9]) expect([score, (await as(customer).put(door(ticket), { score })).status]).toEqual([score, 400]);
    expect((await as(customer).put(door(ticket), { score: 4, comment: "x".repeat(2001) })).status).toBe(400);
    expect((await as(customer).put(door(ticket), { score: 4, comment: "x".repeat(2000) })).status).toBe(200);
    expect(await rows(ticket)).toHaveLength(1);
  });

  test("403 staff rate nothing, not even a request of their own", async () => {
    const own = await a.ticket({ requester: agent, assigneeId: agent.id, status: "resolved" });
    expect((await as(agent).put(door(own), { score: 5 })).status).toBe(403);
    expect((await as(await a.manager()).put(door(own), { score: 5 })).status).toBe(403);
  });

  test("404 somebody else's request is none", async () => {
    expect((await as(await a.customer()).put(door(await solved()), { score: 1 })).status).toBe(404);
  });

  test("409 while it is not solved, with a sentence", async () => {
    const ticket = await a.ticket({ requester: customer });
    expect(await as(customer).put(door(ticket), { score: 1 })).toMatchObject({ status: 409, body: { detail: "This request is not solved. It can be rated when it is." } });
    expect((await tickets().findOne({ _id: ticket._id }))?.rating ?? null).toBeNull();
  });

  test("409 of a stale version, as every change of a ticket", async () => {
    expect((await as(customer).put(door(await solved()), { score: 1 }, { "if-match": '"1"' })).status).toBe(409);
  });

  test("409 where the desk does not ask, and nobody is asked", async () => {
    const ticket = await solved();
    await settings().updateOne({ _id: "desk" }, { $set: { askRating: false } }, { upsert: true });
    try {
      expect(await as(customer).put(door(ticket), { score: 1 })).toMatchObject({ status: 409, body: { detail: "This desk does not ask for ratings." } });
      expect((await as(customer).get(`/api/v1/tickets/${ticket._id}`)).body).toMatchObject({ mayRate: null });
    } finally {
      await settings().updateOne({ _id: "desk" }, { $set: { askRating: true } });
    }
  });
});
