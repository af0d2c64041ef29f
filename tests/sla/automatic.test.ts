import { beforeEach, describe, expect, test } from "vitest";
import { day, hour, minute, setClock } from "@/lib/clock";
import { queues } from "@/lib/auth/repo";
import { changeSettings } from "@/lib/auth/service";
import { events, type EventRow } from "@/lib/events";
import { returnFromTheGone, routeWaiting } from "@/lib/routing/service";
import { calendars, forgetRules, policies } from "@/lib/sla/repo";
import { actOnTime, movedBy, restoreRules, timeAnew, timeLeftBehind, timeTicket } from "@/lib/sla/service";
import { usualRules } from "@/lib/sla/usual";
import { tickets } from "@/lib/tickets/repo";
import { assign, edit, escalate, openTicket, resolve, write } from "@/lib/tickets/service";
import type { Ticket } from "@/lib/tickets/schema";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { expectLog } from "../support/setup";

useDesk();
const none = { ifMatch: null, once: null };
/** A Monday in Berlin. A new ticket's first response is due after four hours, an urgent one's after 30 minutes. */
const at = (time: string, date = 2) => new Date(`2026-03-${String(date).padStart(2, "0")}T${time}:00+01:00`);
let [customer, manager]: Somebody[] = [];
const people = () => ({ customer: customer as Somebody, manager: manager as Somebody });

beforeEach(async () => {
  await Promise.all([calendars().deleteMany({}), policies().deleteMany({}), tickets().deleteMany({}), events().deleteMany({})]);
  [customer, manager] = await Promise.all([a.customer(), a.manager()]);
  await restoreRules(usualRules("Europe/Berlin", at("00:00")));
});

const opened = async (priority: "normal" | "urgent" = "urgent", time = "09:00") => {
  setClock(at(time));
  const { id } = await openTicket(people().customer, { subject: "Help", body: "Please", priority }, none);
  await timeTicket(id);
  return id;
};
const stored = async (id: string) => (await tickets().findOne({ _id: id })) as Ticket;
const rowsOf = (id: string, type: RegExp = /./) => events().find({ "subject.id": id, type }).sort({ seq: 1 }).toArray();
const automatic = /reminded|breach|escalated|nudged|closed/;
const told = (rows: readonly EventRow[]) => rows.map(({ type, actor, why }) => [type.slice("ticket/".length), actor.id, why]);
/** The watch looks at this moment. */
const lookAt = async (moment: Date) => {
  setClock(moment);
  return actOnTime();
};

describe("when time has come", () => {
  test("a ticket is reminded of once, then its breach recorded and a manager called, in one stroke and as no activity", async () => {
    const id = await opened();
    const before = await stored(id);
    expect(before.sla?.actAt).toEqual(new Date(at("09:22").getTime() + 30_000));
    expect(await lookAt(at("09:22"))).toBe(before.sla?.actAt?.toISOString());
    expect(await rowsOf(id, automatic)).toEqual([]);
    await lookAt(at("09:23"));
    await lookAt(at("09:24"));
    expect(told(await rowsOf(id, automatic))).toEqual([["reminded", "sla", "The first response is due soon."]]);
    await lookAt(at("09:30"));
    expect(await rowsOf(id, /breached/)).toEqual([]);
    await lookAt(new Date(at("09:30").getTime() + 1));
    const [, breached, escalated, ...more] = await rowsOf(id, automatic);
    expect(more).toEqual([]);
    expect(breached).toMatchObject({ type: "ticket/breached", publicSeq: null, actor: { kind: "system", id: "sla" }, why: "The first response was not given in time.", data: { clock: "firstResponse", startedAt: at("09:00").toISOString(), dueAt: at("09:30").toISOString() } });
    expect(breached?.data).not.toHaveProperty("lateMs");
    expect(escalated).toMatchObject({ type: "ticket/escalated", actor: { id: "sla" }, data: { from: "l1", to: "manager" }, why: "The first response was not given in time: a breach calls a manager.", at: breached?.at });
    const after = await stored(id);
    expect(after).toMatchObject({ level: "manager", version: before.version + 1, updatedAt: before.updatedAt, publicSeq: before.publicSeq, sla: { seq: after.seq, breached: true, firstResponse: { state: "breached" } } });
  });

  test("however many look at once, each act is done once", async () => {
    const ids = [await opened(), await opened(), await opened("normal")];
    setClock(at("09:31"));
    await Promise.all([actOnTime(), actOnTime(), timeLeftBehind(), ...ids.flatMap((id) => [timeTicket(id), timeTicket(id)])]);
    for (const id of ids.slice(0, 2)) expect((await rowsOf(id, automatic)).map(({ type }) => type)).toEqual(["ticket/breached", "ticket/escalated"]);
    expect(await rowsOf(ids[2] as string, automatic)).toEqual([]);
  });

  test("what is out of date is not done: it was answered in the meantime", async () => {
    const id = await opened();
    setClock(at("09:20"));
    await write(people().manager, { id, body: "Here", visibility: "public" }, none); // nobody has timed it since
    await lookAt(at("09:31"));
    expect(await rowsOf(id, automatic)).toEqual([]);
    expect((await stored(id)).sla).toMatchObject({ firstResponse: { state: "met" }, actAt: at("12:30") }); // of the resolution
  });

  test("late acts say so, and are done once: a breach after a night, a reminder after ten minutes", async () => {
    const [late, soon] = [await opened(), await opened("normal")];
    await lookAt(at("12:40"));
    await lookAt(at("12:41"));
    const [reminded, ...others] = await rowsOf(soon, automatic);
    expect(others).toEqual([]);
    expect(reminded).toMatchObject({ type: "ticket/reminded", why: "The first response is due soon. This reminder is 10 min late.", data: { late: true } });
    expect((await rowsOf(late, /breached/)).map(({ why, data }) => [why, data.lateMs])).toEqual([["The first response was not given in time; noticed 3 h 9 min after it was due.", 3 * hour + 10 * minute - 1]]);
  });

  test("a breach of what is resolved is recorded without calling anybody; a manager's ticket stays with them, engineers keep theirs", async () => {
    const [solved, high, technical] = [await opened(), await opened(), await opened()];
    setClock(at("09:10"));
    await escalate(people().manager, { id: high, level: "manager", reason: "Mine" }, none);
    await escalate(people().manager, { id: technical, level: "engineering", reason: "Theirs" }, none);
    setClock(at("09:40"));
    await resolve(people().manager, { id: solved }, none);
    await lookAt(at("09:41"));
    for (const id of [solved, high, technical]) expect((await rowsOf(id, /breached/)).length).toBe(1);
    expect((await Promise.all([solved, high, technical].map(stored))).map(({ level, status }) => [level, status])).toEqual([["l1", "resolved"], ["manager", "new"], ["engineering", "new"]]);
  });

  test("nobody acts: told again each hour, until somebody of staff does anything", async () => {
    const id = await opened();
    await lookAt(at("09:31"));
    for (const time of ["10:30", "10:32", "11:33"]) await lookAt(at(time));
    expect((await rowsOf(id, /repeated/)).map(({ at: when, data }) => [when, data.times, data.clock])).toEqual([[at("10:32"), 1, "firstResponse"], [at("11:33"), 2, "firstResponse"]]);
    setClock(at("12:00"));
    await assign(people().manager, { id, assigneeId: people().manager.id }, none);
    await lookAt(at("12:50"));
    expect((await rowsOf(id, /repeated/)).length).toBe(2);
  });

  test("a ticket that can't be timed holds nobody up", async () => {
    const [broken, fine] = [await opened(), await opened()];
    await events().updateOne({ "subject.id": broken, seq: 1 }, { $set: { type: "ticket/priority-changed", "data.to": "extreme" } });
    expectLog(/a ticket could not be timed/);
    await lookAt(at("09:31"));
    expect((await rowsOf(fine, /breached/)).length).toBe(1);
  });
});

test("a ticket of a gone owner is late in its queue as well: a manager is called, it waits on, and whoever is free gets it", async () => {
  const [gone, free] = [await an.agent({ deactivated: { at: at("09:05"), by: people().manager.id } }), await an.agent({ availability: { state: "online", since: at("09:00"), seenAt: at("20:00") } })];
  const queue = await a.queue({ memberIds: [] });
  const id = await opened();
  await tickets().updateOne({ _id: id }, { $set: { assigneeId: gone.id, queueId: queue._id, status: "open", routing: { state: "settled", since: at("09:00"), escalatedForLack: false, decision: null } } });
  await returnFromTheGone();
  await timeTicket(id);
  await lookAt(at("09:31"));
  expect((await rowsOf(id, /unassigned|breach|escalated/)).map(({ type }) => type)).toEqual(["ticket/unassigned", "ticket/breached", "ticket/escalated"]);
  expect(await stored(id)).toMatchObject({ assigneeId: null, level: "manager", routing: { state: "waiting" } });
  await queues().updateOne({ _id: queue._id }, { $set: { memberIds: [free.id] } });
  setClock(at("09:32"));
  await routeWaiting();
  expect(await stored(id)).toMatchObject({ assigneeId: free.id, level: "manager", routing: { state: "settled" } });
  await lookAt(at("10:32"));
  expect((await rowsOf(id, /repeated/)).length).toBe(1); // what the desk did by itself is no act of staff
});

describe("a resolved ticket", () => {
  test("is nudged, then closed by the rule of closing; a reply after it opens a follow-up with clocks of its own", async () => {
    const id = await opened("normal");
    setClock(at("10:00"));
    await write(people().manager, { id, body: "Done", visibility: "public", status: "resolved" }, none);
    await timeTicket(id);
    await lookAt(at("09:59", 8));
    expect(await rowsOf(id, automatic)).toEqual([]);
    await lookAt(at("10:00", 8));
    expect(await rowsOf(id, automatic)).toMatchObject([{ type: "ticket/nudged", actor: { id: "closing" }, publicSeq: null, data: { closesAt: at("10:00", 9).toISOString() } }]);
    expect(await stored(id)).toMatchObject({ nudgedAt: at("10:00", 8), updatedAt: at("10:00"), sla: { actAt: at("10:00", 9) } });
    await lookAt(at("10:00", 9));
    expect(await stored(id)).toMatchObject({ status: "closed", closure: { by: { kind: "system", id: "closing" } } });
    expect((await rowsOf(id, /closed/)).map(({ why, publicSeq }) => [why, publicSeq !== null])).toEqual([["It was resolved, and nothing has happened for 7 days.", true]]);
    expect((await stored(id)).sla?.actAt?.getUTCFullYear()).toBe(9999);
    const written = await write(people().customer, { id, body: "Again", visibility: "public" }, none);
    await timeTicket(written.ticketId);
    expect(await stored(written.ticketId)).toMatchObject({ follows: { id }, sla: { firstResponse: { state: "running", startedAt: at("10:00", 9) } } });
    expect((await rowsOf(id, automatic)).length).toBe(2);
  });

  test("that is written to after the nudge is not closed", async () => {
    const id = await opened("normal");
    await resolve(people().manager, { id }, none);
    await timeTicket(id);
    await lookAt(at("09:00", 8));
    setClock(at("20:00", 8));
    await write(people().customer, { id, body: "Wait", visibility: "public" }, none); // nobody times it
    await lookAt(at("09:00", 9));
    expect(await stored(id)).toMatchObject({ status: "open", nudgedAt: null });
  });

  test("of before there were acts is found by the sweep, which calls nobody for what was late then", async () => {
    const id = await opened("urgent");
    setClock(at("09:40"));
    await resolve(people().manager, { id }, none);
    await tickets().updateOne({ _id: id }, { $set: { "sla.at": at("09:41") }, $unset: { "sla.actAt": "", "sla.settledAt": "" } });
    setClock(new Date(at("09:40").getTime() + 6.5 * day));
    await timeLeftBehind();
    expect((await rowsOf(id, automatic)).map(({ type }) => type)).toEqual(["ticket/nudged"]);
  });
});

describe("rules that change", () => {
  test("what is due by them is done at the next look, though it has been due for hours", async () => {
    const id = await opened("normal");
    setClock(at("12:00"));
    const policy = await policies().findOne({ default: true });
    await policies().updateOne({ _id: policy?._id ?? "" }, { $set: { "targets.normal.firstResponseMinutes": 60 } });
    forgetRules();
    expect(await timeAnew(["new"], "")).toBeNull();
    expect(await rowsOf(id, automatic)).toEqual([]);
    await actOnTime();
    expect(await rowsOf(id, /breached/)).toMatchObject([{ data: { dueAt: at("10:00").toISOString(), lateMs: 2 * hour - 1 } }]);
  });

  test("settings move the tickets that they are about, and no others", async () => {
    const admin = await an.admin();
    const changed = async (of: Parameters<typeof changeSettings>[1]) => {
      await changeSettings(admin, of);
      const [row] = await events().find({ type: "settings/changed" }).sort({ seq: -1 }).limit(1).toArray();
      return movedBy(row?._id ?? "");
    };
    expect(await changed({ name: "Desk" })).toEqual([]);
    expect(await changed({ closeAfterDays: 3 })).toEqual(["resolved"]);
    expect(await changed({ remindMinutes: 45 })).toEqual(["new", "open", "pending", "on_hold"]);
    const id = await opened("normal");
    await resolve(people().manager, { id }, none);
    await changed({ closeAfterDays: 3, nudgeHours: 0 });
    forgetRules();
    await timeAnew(["resolved"], "");
    expect((await stored(id)).sla?.actAt).toEqual(at("09:00", 5));
    await changed({ remindMinutes: 30, closeAfterDays: 7, nudgeHours: 24 });
    forgetRules();
  });
});

test("a life of more than two thousand rows is timed to its end", { timeout: 60_000 }, async () => {
  const id = await opened("normal");
  const { seq } = await stored(id);
  const [first] = await rowsOf(id);
  const row = first as EventRow;
  const filler = Array.from({ length: 2100 }, (_, index): EventRow => ({ ...row, _id: `filler-${String(index).padStart(6, "0")}`, seq: seq + 1 + index, publicSeq: null, type: "ticket/tags-changed", data: { from: [], to: [] }, announcedAt: row.at }));
  await events().insertMany(filler);
  await tickets().updateOne({ _id: id }, { $set: { seq: seq + filler.length } });
  setClock(at("10:00"));
  await edit(people().manager, { id, priority: "urgent" }, none);
  await timeTicket(id);
  expect((await stored(id)).sla).toMatchObject({ seq: seq + filler.length + 3, firstResponse: { state: "breached", dueAt: at("09:30") } });
});
