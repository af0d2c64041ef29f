import Pusher from "pusher";
import { afterEach, describe, expect, test } from "vitest";
import { people } from "@/lib/auth/repo";
import { events, type NewEvent } from "@/lib/events";
import { notices } from "@/lib/notifications/repo";
import { tell } from "@/lib/notifications/service";
import { amend, tickets } from "@/lib/tickets/repo";
import { assign, escalate, unassign, write } from "@/lib/tickets/service";
import type { Ticket } from "@/lib/tickets/schema";
import { system, visibleTo } from "@/lib/auth/policy";
import { livePage } from "../auth/socket";
import { a, an, until, useDesk, type Somebody } from "../support/desk";
import { expectLog } from "../support/setup";

useDesk();
const stated = { ifMatch: null };
const none = { once: null };

/** The newest row of a type, told as the job tells it. */
async function told(ticketId: string, type: string): Promise<string> {
  const row = await events().find({ "subject.id": ticketId, type }).sort({ seq: -1 }).limit(1).next();
  if (!row) throw new Error(`no ${type}`);
  await tell(row._id);
  return row._id;
}

const ofRow = (rowId: string) => notices().find({ rowId }).sort({ personId: 1 }).toArray();
const kindsFor = async (person: Somebody) => (await notices().find({ personId: person.id }).sort({ at: 1 }).toArray()).map(({ kind }) => kind);
const offline = { availability: { state: "online" as const, since: new Date(0), seenAt: new Date(0) } };

/** What a rule of the desk says happened, stored with the ticket as its commands would. */
async function happened(ticket: Ticket, event: NewEvent): Promise<void> {
  const newest = await tickets().findOne({ _id: ticket._id });
  await amend(visibleTo(system("sla")), newest ?? ticket, { by: { kind: "system", id: "sla", name: "Twoway" }, side: "system", at: new Date() }, () => ({ set: {}, happened: [event] }));
}

describe("who is told", () => {
  test("the new owner, once however often the row is heard; not who took it themselves", async () => {
    const [manager, agent] = [await a.manager(), await an.agent()];
    const ticket = await a.ticket();
    await assign(manager, { id: ticket._id, assigneeId: agent.id }, stated);
    const row = await told(ticket._id, "ticket/assigned");
    await Promise.all([tell(row), tell(row)]);
    expect(await ofRow(row)).toMatchObject([{ kind: "assigned", personId: agent.id, by: manager.name, readAt: null, mailAt: null }]);
    await assign(manager, { id: ticket._id, assigneeId: manager.id }, stated);
    expect(await ofRow(await told(ticket._id, "ticket/assigned"))).toEqual([]);
  });

  test("not of an assignment that was overtaken: neither who has lost the ticket, nor who has it by another", async () => {
    const [manager, other, agent] = [await a.manager(), await a.manager(), await an.agent()];
    const ticket = await a.ticket();
    await assign(manager, { id: ticket._id, assigneeId: other.id }, stated);
    const overtaken = await events().findOne({ "subject.id": ticket._id, type: "ticket/assigned" });
    await assign(manager, { id: ticket._id, assigneeId: agent.id }, stated);
    await tell(overtaken?._id ?? "");
    expect([await kindsFor(other), await kindsFor(agent)]).toEqual([[], []]);
  });

  test("the owner of a customer's reply, with its beginning; nobody of the owner's own", async () => {
    const [customer, agent] = [await a.customer(), await an.agent()];
    const ticket = await a.ticket({ requester: customer, assigneeId: agent.id });
    await write(customer, { id: ticket._id, body: "It is\n\nstill  broken", visibility: "public" }, none);
    expect(await ofRow(await told(ticket._id, "ticket/replied"))).toMatchObject([{ kind: "customer-replied", personId: agent.id, words: "It is still broken", by: customer.name }]);
    await write(agent, { id: ticket._id, body: "We look into it", visibility: "public" }, none);
    expect(await ofRow(await told(ticket._id, "ticket/replied"))).toEqual([]);
  });

  test("who is mentioned in a note, with its words; not its author", async () => {
    const [agent, colleague, admin] = [await an.agent(), await an.agent(), await an.admin()];
    const ticket = await a.ticket({ assigneeId: agent.id });
    await write(agent, { id: ticket._id, body: "See the logs", visibility: "private", mentionIds: [agent.id, colleague.id, admin.id] }, none);
    expect((await ofRow(await told(ticket._id, "ticket/noted"))).map(({ personId, kind, words, by }) => [personId, kind, words, by])).toEqual([colleague, admin].map(({ id }) => [id, "mention", "See the logs", agent.name]).toSorted());
  });

  test("active engineers of what came to engineering, with the reason", async () => {
    const [agent, engineer] = [await an.agent(), await an.engineer()];
    await an.engineer({ deactivated: { at: new Date(), by: agent.id } });
    const ticket = await a.ticket({ assigneeId: agent.id });
    await escalate(agent, { id: ticket._id, level: "engineering", reason: "A bug in the export" }, stated);
    const row = await told(ticket._id, "ticket/escalated");
    const all = await people().countDocuments({ roles: "engineer", deactivated: null });
    expect(await ofRow(row)).toHaveLength(all);
    expect((await ofRow(row)).find(({ personId }) => personId === engineer.id)).toMatchObject({ kind: "escalated", words: "A bug in the export", detail: "engineering" });
  });

  test("the queue's manager, also while a colleague is on duty and they are not; else the first on duty", async () => {
    await people().updateMany({ roles: "manager" }, { $set: { deactivated: { at: new Date(), by: "test-only" } } });
    const [own, gone, onDuty] = [await a.manager(offline), await a.manager(offline), await a.manager()];
    const agent = await an.agent();
    const led = await a.ticket({ assigneeId: agent.id, queueId: (await a.queue({ managerId: own.id }))._id });
    await escalate(agent, { id: led._id, level: "manager", reason: "Angry" }, stated);
    expect((await ofRow(await told(led._id, "ticket/escalated"))).map(({ personId }) => personId)).toEqual([own.id]);
    const other = await a.ticket({ assigneeId: agent.id, queueId: (await a.queue())._id });
    await escalate(agent, { id: other._id, level: "manager", reason: "Angry" }, stated);
    expect((await ofRow(await told(other._id, "ticket/escalated"))).map(({ personId }) => personId)).toEqual([onDuty.id]);
    expect(await kindsFor(gone)).toEqual([]);
  });

  test("the owner of a reminder, and the manager of one that nobody owns; both of a breach, once each", async () => {
    const [manager, agent] = [await a.manager(), await an.agent()];
    const queueId = (await a.queue({ managerId: manager.id }))._id;
    const [owned, unowned, managers] = [await a.ticket({ assigneeId: agent.id, queueId }), await a.ticket({ queueId }), await a.ticket({ assigneeId: manager.id, queueId })];
    const sent = async (ticket: Ticket, type: string) => {
      await happened(ticket, { type, quiet: true, data: { clock: "firstResponse", startedAt: new Date().toISOString(), dueAt: new Date().toISOString() } });
      return (await ofRow(await told(ticket._id, type))).map(({ personId, detail }) => [personId, detail]);
    };
    expect(await sent(owned, "ticket/reminded")).toEqual([[agent.id, "firstResponse"]]);
    expect(await sent(unowned, "ticket/reminded")).toEqual([[manager.id, "firstResponse"]]);
    expect((await sent(owned, "ticket/breached")).map(([id]) => id).toSorted()).toEqual([agent.id, manager.id].toSorted());
    expect(await sent(managers, "ticket/breached")).toEqual([[manager.id, "firstResponse"]]);
    expect((await sent(owned, "ticket/breach-repeated")).map(([id]) => id)).toEqual([manager.id]);
  });

  test("not an owner who was deactivated or does not see the ticket any more", async () => {
    const [manager, agent, left] = [await a.manager(), await an.agent(), await an.agent()];
    const ticket = await a.ticket();
    await assign(manager, { id: ticket._id, assigneeId: agent.id }, stated);
    const row = await events().findOne({ "subject.id": ticket._id, type: "ticket/assigned" });
    await unassign(manager, { id: ticket._id }, stated);
    await tell(row?._id ?? "");
    await assign(manager, { id: ticket._id, assigneeId: left.id }, stated);
    await people().updateOne({ _id: left.id }, { $set: { deactivated: { at: new Date(), by: manager.id } } });
    await told(ticket._id, "ticket/assigned");
    expect([await kindsFor(agent), await kindsFor(left)]).toEqual([[], []]);
  });
});

describe("what the person is looking at", () => {
  async function breachSeenBy(agent: Somebody, manager: Somebody): Promise<Record<string, boolean>> {
    const ticket = await a.ticket({ assigneeId: agent.id, queueId: (await a.queue({ managerId: manager.id }))._id });
    const page = await livePage(agent, [`presence-ticket-${ticket._id}`]);
    await happened(ticket, { type: "ticket/breached", quiet: true, data: { clock: "resolution" } });
    const row = await told(ticket._id, "ticket/breached");
    page.close();
    return Object.fromEntries((await ofRow(row)).map(({ personId, readAt }) => [personId, readAt !== null]));
  }

  test("is read already; a colleague hears of it", async () => {
    const [manager, agent] = [await a.manager(), await an.agent()];
    expect(await breachSeenBy(agent, manager)).toEqual({ [agent.id]: true, [manager.id]: false });
  });

  describe("while realtime can't be asked", () => {
    const held = globalThis as { twowayRealtime?: Pusher };
    afterEach(() => delete held.twowayRealtime);

    test("is told as if nobody looked", async () => {
      expectLog(/realtime did not/);
      const [manager, agent] = [await a.manager(), await an.agent()];
      const ticket = await a.ticket({ assigneeId: agent.id, queueId: (await a.queue({ managerId: manager.id }))._id });
      await happened(ticket, { type: "ticket/reminded", quiet: true, data: { clock: "resolution" } });
      held.twowayRealtime = new Pusher({ appId: "1", key: "k", secret: "s", host: "127.0.0.1", port: "9", useTLS: false });
      expect(await ofRow(await told(ticket._id, "ticket/reminded"))).toMatchObject([{ personId: agent.id, readAt: null }]);
    });
  });
});

test("an open page hears that there is a notice, by its id alone", async () => {
  const [manager, agent] = [await a.manager(), await an.agent()];
  const ticket = await a.ticket({ subject: "Secret subject" });
  const page = await livePage(agent, [`private-user-${agent.id}`]);
  await assign(manager, { id: ticket._id, assigneeId: agent.id }, stated);
  const row = await told(ticket._id, "ticket/assigned");
  const frame = await until(async () => page.heard.find(({ event }) => event === "notification.new"));
  page.close();
  expect(JSON.parse(String(frame.data))).toEqual({ id: `${row}:assigned:${agent.id}` });
});
