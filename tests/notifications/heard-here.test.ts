import { afterEach, expect, test } from "vitest";
import { announced, events, hearHere, type EventRow } from "@/lib/events";
import { notices } from "@/lib/notifications/repo";
import { tellOf } from "@/lib/notifications/service";
import { assign } from "@/lib/tickets/service";
import { a, an, useDesk } from "../support/desk";

useDesk();
const held = globalThis as { twowayHeardHere?: unknown };
afterEach(() => delete held.twowayHeardHere);

/** Assigns a ticket while this process hears of it; answers the row as it is after the announcement, and whether jobs were told. */
async function assigned(listener: (row: EventRow) => Promise<void>) {
  hearHere("ticket/assigned", listener);
  const [manager, agent, ticket] = [await a.manager(), await an.agent(), await a.ticket()];
  await assign(manager, { id: ticket._id, assigneeId: agent.id }, { ifMatch: null });
  await announced();
  const row = await events().findOne({ "subject.id": ticket._id, type: "ticket/assigned" });
  const sent = (await (await fetch(`${process.env.INNGEST_BASE_URL}/_local/events?q=${row?._id}`, { headers: { authorization: `Bearer ${process.env.INNGEST_SIGNING_KEY}` } })).json()) as { events: unknown[] };
  return { row, agent, jobsWereTold: sent.events.length > 0 };
}

test("who got a ticket is told in the process that announces it, without a run", async () => {
  const { row, agent, jobsWereTold } = await assigned(tellOf);
  expect(await notices().find({ rowId: row?._id ?? "" }).toArray()).toMatchObject([{ personId: agent.id, kind: "assigned" }]);
  expect([row?.announcedAt instanceof Date, jobsWereTold]).toEqual([true, false]);
});

test("what fails there is left to a job", async () => {
  const { row, jobsWereTold } = await assigned(() => Promise.reject(new Error("the mail service is down")));
  expect([row?.announcedAt instanceof Date, jobsWereTold]).toEqual([true, true]);
});

test("what a kill cuts off stays unannounced, for the sweep", async () => {
  let release = () => {};
  const hanging = new Promise<void>((resolve) => { release = resolve; });
  hearHere("ticket/assigned", () => hanging);
  const [manager, agent, ticket] = [await a.manager(), await an.agent(), await a.ticket()];
  await assign(manager, { id: ticket._id, assigneeId: agent.id }, { ifMatch: null });
  await new Promise((resolve) => setImmediate(resolve));
  expect(await events().findOne({ "subject.id": ticket._id, type: "ticket/assigned" })).toMatchObject({ announcedAt: null });
  release();
  await announced();
});
