import Pusher from "pusher";
import { afterEach, describe, expect, test } from "vitest";
import { people } from "@/lib/auth/repo";
import { minute, setClock } from "@/lib/clock";
import { notices } from "@/lib/notifications/repo";
import { changeNoticeSettings, mailWhatIsDue, readNotices, tell } from "@/lib/notifications/service";
import { assign } from "@/lib/tickets/service";
import type { Ticket } from "@/lib/tickets/schema";
import { livePage } from "../auth/socket";
import { freshAddress, mailsTo } from "../support/boxes";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { expectLog } from "../support/setup";
import { rowOn } from "./cast";

useDesk();
const clock = { clock: "resolution", startedAt: "2026-03-09T08:00:00Z", dueAt: "2026-03-09T12:00:00Z" };
const subjects = async (person: Somebody) => (await mailsTo(person.email)).map(({ subject }) => subject);
const withAddress = (of: Parameters<typeof an.agent>[0] = {}) => an.agent({ email: freshAddress(), ...of });
/** A row of a type about the ticket, told as the job tells it; answers the row. */
async function told(ticket: Ticket, type: string, data: Record<string, unknown> = clock): Promise<string> {
  const row = await rowOn(ticket, type, data);
  await tell(row);
  return row;
}
/** Stops the clock, with this person at the desk. */
async function at(moment: string, ...there: Somebody[]): Promise<void> {
  setClock(new Date(moment));
  await people().updateMany({ _id: { $in: there.map(({ id }) => id) } }, { $set: { "availability.seenAt": new Date(moment) } });
}

describe("who is away", () => {
  test("by their switch, or because they were not heard of for a minute, gets what came in five minutes in one letter", async () => {
    const now = new Date("2026-03-09T09:11:00Z");
    setClock(now);
    const [there, away, gone] = [await withAddress({ availability: { state: "online", since: now, seenAt: now } }), await withAddress({ availability: { state: "away", since: now, seenAt: now } }), await withAddress({ availability: { state: "online", since: now, seenAt: new Date(now.getTime() - minute - 1000) } })];
    for (const agent of [there, away, gone]) await told(await a.ticket({ assigneeId: agent.id, subject: "Exports hang" }), "ticket/assigned", { to: agent.id });
    await told(await a.ticket({ assigneeId: away.id, subject: "Invoice is wrong" }), "ticket/assigned", { to: away.id });
    expect([await subjects(there), await subjects(away), await subjects(gone)]).toEqual([[], [], []]);
    setClock(new Date("2026-03-09T09:15:30Z"));
    await Promise.all([mailWhatIsDue(), mailWhatIsDue()]);
    await mailWhatIsDue();
    expect(await subjects(there)).toEqual([]);
    expect(await subjects(gone)).toEqual([expect.stringContaining("Exports hang")]);
    expect((await mailsTo(away.email)).map(({ text }) => [text.includes("Exports hang"), text.includes("Invoice is wrong")])).toEqual([[true, true]]);
  });

  test("and is back and has read it by then, gets none", async () => {
    setClock(new Date("2026-03-09T09:11:00Z"));
    const agent = await withAddress({ availability: { state: "away", since: new Date(), seenAt: new Date("2026-03-09T09:11:00Z") } });
    const row = await told(await a.ticket({ assigneeId: agent.id }), "ticket/assigned", { to: agent.id });
    await readNotices(agent, { ids: [`${row}:assigned:${agent.id}`] });
    setClock(new Date("2026-03-09T09:15:30Z"));
    await mailWhatIsDue();
    expect(await subjects(agent)).toEqual([]);
  });
});

describe("mail goes at once", () => {

  test("once, however often the job runs, also at the same time, and after a kill between notice, letter and note", async () => {
    const agent = await withAddress();
    const ticket = await a.ticket({ assigneeId: agent.id });
    const row = await rowOn(ticket, "ticket/reminded", clock);
    await Promise.all([tell(row), tell(row)]);
    await tell(row);
    expect(await subjects(agent)).toHaveLength(1);

    const _id = `${row}:reminder:${agent.id}`;
    await notices().updateOne({ _id }, { $set: { mailAt: new Date() } }); // killed after the letter, before it was noted
    await tell(row);
    await mailWhatIsDue();
    expect([(await subjects(agent)).length, (await notices().findOne({ _id }))?.mailAt]).toEqual([1, null]);
  });

  test("by the sweep, when the job was killed between notice and letter", async () => {
    const agent = await withAddress();
    const row = await rowOn(await a.ticket({ assigneeId: agent.id }), "ticket/reminded", clock);
    await tell(row);
    const stored = await notices().findOne({ rowId: row });
    if (!stored) throw new Error("it was told");
    const other = await rowOn(await a.ticket({ assigneeId: agent.id }), "ticket/reminded", clock);
    await notices().insertOne({ ...stored, _id: `${other}:reminder:${agent.id}`, rowId: other, mailAt: new Date() });
    await Promise.all([mailWhatIsDue(), mailWhatIsDue()]);
    expect(await subjects(agent)).toHaveLength(2);
  });

  test("never of what is switched off", async () => {
    const agent = await withAddress();
    await changeNoticeSettings(agent, { mail: { reminder: "never" } });
    await told(await a.ticket({ assigneeId: agent.id }), "ticket/reminded");
    expect(await subjects(agent)).toEqual([]);
  });
});

describe("what the person is looking at", () => {
  const held = globalThis as { twowayRealtime?: Pusher };
  afterEach(() => delete held.twowayRealtime);

  test("is not mailed; it is mailed to a colleague", async () => {
    const [agent, manager] = [await withAddress(), await a.manager({ email: freshAddress() })];
    const ticket = await a.ticket({ assigneeId: agent.id, queueId: (await a.queue({ managerId: manager.id }))._id });
    const page = await livePage(agent, [`presence-ticket-${ticket._id}`]);
    await told(ticket, "ticket/breached");
    page.close();
    expect([(await subjects(agent)).length, (await subjects(manager)).length]).toEqual([0, 1]);
  });

  test("is mailed while realtime can't be asked who looks", async () => {
    expectLog(/realtime did not/);
    const agent = await withAddress();
    const ticket = await a.ticket({ assigneeId: agent.id });
    held.twowayRealtime = new Pusher({ appId: "1", key: "k", secret: "s", host: "127.0.0.1", port: "9", useTLS: false });
    await told(ticket, "ticket/reminded");
    expect(await subjects(agent)).toHaveLength(1);
  });
});

describe("quiet hours", () => {
  const quietHours = { from: "22:00", to: "07:00" };

  test("hold mail until they end; then it goes out if it is still unread, once", async () => {
    const agent = await withAddress();
    await changeNoticeSettings(agent, { quietHours, timeZone: "Europe/Berlin" });
    await at("2026-03-28T21:30:00Z", agent); // the night in which clocks go forward
    await told(await a.ticket({ assigneeId: agent.id }), "ticket/breached");
    const read = await told(await a.ticket({ assigneeId: agent.id }), "ticket/breached");
    await readNotices(agent, { ids: [`${read}:breach:${agent.id}`] });
    await at("2026-03-29T04:59:00Z");
    await mailWhatIsDue();
    expect(await subjects(agent)).toEqual([]);
    await at("2026-03-29T05:00:00Z");
    await mailWhatIsDue();
    await mailWhatIsDue();
    expect(await subjects(agent)).toHaveLength(1);
  });

  test("hold nothing outside of them", async () => {
    const agent = await withAddress();
    await changeNoticeSettings(agent, { quietHours, timeZone: "Europe/Berlin" });
    await at("2026-03-28T20:59:00Z", agent);
    await told(await a.ticket({ assigneeId: agent.id }), "ticket/breached");
    expect(await subjects(agent)).toHaveLength(1);
  });

  test("what waited is not mailed to who lost sight of the ticket or left", async () => {
    const [agent, other, manager] = [await withAddress(), await withAddress(), await a.manager()];
    for (const each of [agent, other]) await changeNoticeSettings(each, { quietHours, timeZone: "UTC" });
    await at("2026-03-28T23:00:00Z", agent, other);
    const ticket = await a.ticket({ assigneeId: agent.id });
    await told(ticket, "ticket/reminded");
    await told(await a.ticket({ assigneeId: other.id }), "ticket/reminded");
    await assign(manager, { id: ticket._id, assigneeId: manager.id }, { ifMatch: null });
    await people().updateOne({ _id: other.id }, { $set: { deactivated: { at: new Date(), by: manager.id } } });
    await at("2026-03-29T08:00:00Z");
    await mailWhatIsDue();
    expect([await subjects(agent), await subjects(other), await notices().countDocuments({ personId: { $in: [agent.id, other.id] }, mailAt: { $ne: null } })]).toEqual([[], [], 0]);
  });
});

describe("a digest", () => {
  test("gathers what is told until its time in one letter, sent once; what must not wait goes at once", async () => {
    const agent = await withAddress({ availability: { state: "away", since: new Date(), seenAt: new Date() } });
    await changeNoticeSettings(agent, { digest: { every: "hour", at: "08:00" } });
    await at("2026-03-09T09:10:00Z");
    const tickets = [await a.ticket({ assigneeId: agent.id, subject: "Exports hang" }), await a.ticket({ assigneeId: agent.id, subject: "Invoice is wrong" }), await a.ticket({ assigneeId: agent.id, subject: "Was read meanwhile" })];
    const rows = [];
    for (const ticket of tickets) rows.push(await told(ticket, "ticket/assigned", { to: agent.id }));
    await told(await a.ticket({ assigneeId: agent.id }), "ticket/breached");
    expect(await subjects(agent)).toHaveLength(1);
    await readNotices(agent, { ids: [`${rows[2]}:assigned:${agent.id}`] });

    await at("2026-03-09T10:00:00Z");
    await mailWhatIsDue();
    expect(await subjects(agent)).toHaveLength(1); // a breath later, so that nothing of the last moment is left out
    await at("2026-03-09T10:01:00Z");
    await Promise.all([mailWhatIsDue(), mailWhatIsDue()]);
    await mailWhatIsDue();
    const letters = await mailsTo(agent.email);
    expect(letters).toHaveLength(2);
    const digest = letters.find(({ text }) => text.includes("Invoice is wrong"));
    expect([digest?.text.includes("Exports hang"), digest?.text.includes("Was read meanwhile")]).toEqual([true, false]);
    expect(await notices().countDocuments({ personId: agent.id, mailAt: { $ne: null } })).toBe(0);
  });

  test("that was killed between letter and note is not sent again; the next hour has a letter of its own", async () => {
    const agent = await withAddress({ availability: { state: "away", since: new Date(), seenAt: new Date() } });
    await changeNoticeSettings(agent, { digest: { every: "hour", at: "08:00" } });
    await at("2026-03-09T09:10:00Z");
    const first = await told(await a.ticket({ assigneeId: agent.id, subject: "First hour" }), "ticket/assigned", { to: agent.id });
    await at("2026-03-09T10:01:00Z");
    await mailWhatIsDue();
    await notices().updateOne({ rowId: first }, { $set: { mailAt: new Date("2026-03-09T10:00:00Z") } });
    await told(await a.ticket({ assigneeId: agent.id, subject: "Second hour" }), "ticket/assigned", { to: agent.id });
    await at("2026-03-09T11:01:00Z");
    await mailWhatIsDue();
    const letters = (await mailsTo(agent.email)).map(({ text }) => ["First hour", "Second hour"].filter((subject) => text.includes(subject)));
    expect(letters.toSorted()).toEqual([["First hour"], ["Second hour"]]);
  });
});
