import { beforeEach, expect, test } from "vitest";
import { now, day, minute, second } from "@/lib/clock";
import { announced, events } from "@/lib/events";
import { changePolicy, restoreRules } from "@/lib/sla/service";
import { calendars, policies } from "@/lib/sla/repo";
import { usualRules } from "@/lib/sla/usual";
import { tickets } from "@/lib/tickets/repo";
import { openTicket, resolve, write } from "@/lib/tickets/service";
import { a, an, until, type Somebody } from "../support/desk";
import { useDeskWithJobs } from "./jobs";


const jobs = useDeskWithJobs();
/** Well before the next look of its own; how soon it is on a machine with nothing else to do, the bench tells. */
const soon = 25 * second;
const none = { ifMatch: null, once: null };
/** A Monday by a calendar of UTC; a later one for each test, as a schedule repeats no moment when its clock is set back. */
let monday = new Date("2027-03-01T09:00:00Z");
let customer: Somebody, agent: Somebody, manager: Somebody;

beforeEach(async () => {
  await Promise.all([calendars().deleteMany({}), policies().deleteMany({}), tickets().deleteMany({}), events().deleteMany({})]);
  monday = new Date(monday.getTime() + 14 * day);
  jobs.setTo(monday);
  const seen = { state: "online" as const, since: monday, seenAt: new Date(monday.getTime() + 30 * day) };
  [customer, agent, manager] = await Promise.all([a.customer(), an.agent({ availability: seen }), a.manager({ availability: seen })]);
  await a.queue({ category: `general${Date.now()}`, keywords: ["help"], memberIds: [agent.id], managerId: manager.id });
  await restoreRules(usualRules("UTC", monday));
});

const opened = async (priority: "normal" | "urgent") => {
  const { id } = await openTicket(customer, { subject: "Help", body: "Please", priority }, none);
  await until(async () => (await tickets().findOne({ _id: id }))?.sla, 20_000);
  return id;
};
const rowsOf = (id: string, type: RegExp) => events().find({ "subject.id": id, type }).sort({ seq: 1 }).toArray();
const row = async (id: string, type: RegExp) => {
  const [found] = await until(async () => {
    const rows = await rowsOf(id, type);
    return rows.length > 0 && rows;
  }, 30_000);
  if (!found) throw new Error("it is there");
  return found;
};
const calm = async () => {
  await announced();
  await jobs.idle();
};

test("reminder, breach and escalation come at their time and not at the next minute, each once; then nudge and close", { timeout: 120_000 }, async () => {
  const id = await opened("urgent"); // 30 minutes: reminded at 22.5
  await calm();
  jobs.forward(22 * minute + 25 * second);
  const reminded = await row(id, /reminded/);
  expect(reminded.at.getTime() - monday.getTime()).toBeGreaterThanOrEqual(22.5 * minute);
  expect(reminded.at.getTime() - monday.getTime()).toBeLessThan(22.5 * minute + soon);
  jobs.forward(7 * minute + 20 * second);
  const breached = await row(id, /breached/);
  expect(breached.at.getTime() - Date.parse(String(breached.data.dueAt))).toBeLessThan(soon);
  expect((await tickets().findOne({ _id: id }))?.level).toBe("manager");
  await write(agent, { id, body: "Solved", visibility: "public", status: "resolved" }, none);
  await calm();
  jobs.forward(6 * day);
  await row(id, /nudged/);
  await calm();
  jobs.forward(day);
  await row(id, /closed/);
  await calm();
  expect((await rowsOf(id, /reminded|breach|escalated|nudged|closed/)).map(({ type }) => type)).toEqual(["ticket/reminded", "ticket/breached", "ticket/escalated", "ticket/nudged", "ticket/closed"]);
});

test("what is promised within a minute is watched at once, not only from the next minute on", { timeout: 60_000 }, async () => {
  const { calendars: [calendar], policies: [policy] } = usualRules("UTC", monday);
  await Promise.all([calendars().deleteMany({}), policies().deleteMany({})]);
  await restoreRules({ calendars: [calendar], policies: [{ ...policy, targets: { ...policy.targets, normal: { firstResponseMinutes: 1 } } }] });
  jobs.setTo(new Date(monday.getTime() + 5 * second));
  const id = await opened("normal"); // reminder after 45 s, breach after 60: neither is known to the look of this minute
  await calm();
  jobs.forward(38 * second);
  const reminded = await row(id, /reminded/);
  expect(reminded.data.late).toBeUndefined();
  expect(now().getTime() - monday.getTime()).toBeLessThan(minute);
  jobs.forward(12 * second);
  const breached = await row(id, /breached/);
  expect(breached.at.getTime() - Date.parse(String(breached.data.dueAt))).toBeLessThan(soon);
});

test("a stricter policy: every ticket that is late by it is recorded at once", { timeout: 60_000 }, async () => {
  const [late, solved] = [await opened("normal"), await opened("normal")];
  await resolve(manager, { id: solved }, none);
  jobs.forward(2 * 60 * minute);
  await calm();
  const policy = await policies().findOne({ default: true });
  await changePolicy(await an.admin(), { id: policy?._id ?? "", targets: { low: {}, normal: { firstResponseMinutes: 60 }, high: {}, urgent: {} } });
  const breached = await row(late, /breached/);
  expect(now().getTime() - breached.at.getTime()).toBeLessThan(30 * second);
  expect(breached.data.lateMs).toBeGreaterThan(59 * minute);
  await calm();
  expect(await rowsOf(solved, /breached/)).toEqual([]);
});

test("more than one look can do are done one look after the other", { timeout: 120_000 }, async () => {
  const one = await opened("normal");
  const [ticket, rows] = [await tickets().findOne({ _id: one }), await rowsOf(one, /opened/)];
  if (!ticket?.sla || !rows[0]) throw new Error("it is timed");
  const ids = Array.from({ length: 230 }, (_, index) => `burst${String(index).padStart(16, "0")}`);
  await tickets().insertMany(ids.map((_id, index) => ({ ...ticket, once: null, _id, number: 100_000 + index, seq: 1, sla: { ...ticket.sla!, seq: 1 } })));
  await events().insertMany(ids.map((id) => ({ ...rows[0]!, _id: `row-${id}`, subject: { kind: "ticket" as const, id } })));
  await calm();
  jobs.forward(3.5 * 60 * minute + 30 * second); // 4 hours: reminded half an hour before
  await until(async () => (await events().countDocuments({ type: "ticket/reminded" })) === 231, 60_000);
  await calm();
  expect(await events().countDocuments({ type: "ticket/reminded" })).toBe(231);
});
