import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Api } from "../support/running-desk";
import { TimeTravel, type Victim } from "../support/time-travel";
import { expect, test } from "./desks";

// A week and more in minutes, by a clock that is set, on a desk of real processes: kill -9 of each at the very moment
// at which something is due. Everything must come once.

/** A Monday, on a desk that works day and night: 60 minutes for a response, 600 for the solution. */
const monday = Date.parse("2027-03-01T09:00:00Z");
const at = (time: string, day = 0) => new Date(monday + (day * 24 * 60 + Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) - 9 * 60) * 60_000 + Number(time.slice(6) || 0) * 1000);
const always = [{ from: "00:00", to: "24:00" }];
const week = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always };
const password = "correct horse battery";
const login = (name: string) => ({ email: `${name}@harbour.example`, password });

let travel: TimeTravel;
test.beforeAll(async () => {
  test.setTimeout(400_000);
  travel = await TimeTravel.start(new Date(monday - 3_600_000)); // a build may be made first
});
test.afterAll(() => travel.stop());

/** Moves the clock, with a death in the same moment, and waits until all that follows has come. */
async function until(moment: Date, victims: readonly Victim[] = []): Promise<void> {
  const before = await travel.pids();
  await travel.moveTo(moment);
  await travel.kill(victims);
  await travel.back(before, victims);
}

const happened = (id: string, type: RegExp, times: number) => travel.until(`${type} ${times} times`, async () => (await travel.rows(id, type)).length >= times);

test("reminder, breach, escalation, repetition, nudge and close come once each, whoever is killed; what was missed comes late and says so", async ({ somebody }) => {
  test.setTimeout(900_000);
  const { page } = await somebody(travel.desk);
  await page.goto((await readFile(join(travel.desk.data, "setup-link"), "utf8")).trim());
  for (const [label, text] of [["Its name", "Harbour Support"], ["Your name", "Ada Admin"], ["Email", login("ada").email], ["Password", password]] as const) await page.getByLabel(label).fill(text);
  await page.getByRole("button", { name: "Open the desk" }).click();
  await page.waitForURL(/\/setup\/next/);

  const admin = await travel.as(login("ada"));
  const person = async (name: string, role: string) => (await admin("POST", "/users", { name, role, ...login(name) })).id;
  const [agentId, managerId] = [await person("ben", "agent"), await person("mia", "manager"), await person("cara", "customer")];
  const queue = await admin("POST", "/queues", { name: "Printers", category: "printers", keywords: ["printer"], memberIds: [agentId], managerId });
  const calendar = await admin("POST", "/calendars", { name: "Day and night", timeZone: "UTC", weekdays: week });
  const normal = { firstResponseMinutes: 60, nextResponseMinutes: 60, resolutionMinutes: 600 };
  await admin("POST", "/sla-policies", { name: "Quick", calendarId: calendar.id, targets: { low: {}, normal, high: {}, urgent: {} }, queueIds: [queue.id] });
  await admin("PATCH", "/settings", { offlineGraceMinutes: 1440 });
  const open = async (subject: string): Promise<string> => {
    const ben = await travel.as(login("ben"));
    await ben("PUT", "/me/availability", { state: "online" });
    const cara = await travel.as(login("cara"));
    const { id } = await cara("POST", "/tickets", { subject: `${subject}: the printer is out of ink`, body: "Please help." });
    await travel.until("an owner and clocks", async () => {
      const ticket = await ben<{ assignee: object | null; sla: { firstResponse: object | null } }>("GET", `/tickets/${id}`);
      return ticket.assignee !== null && ticket.sla.firstResponse !== null;
    });
    return id;
  };
  const reply = (api: Api, id: string, status?: string) => api("POST", `/tickets/${id}/messages`, { body: "We have sent you some.", visibility: "public", ...(status ? { status } : {}) });

  await travel.moveTo(new Date(monday));
  const [waiting, answered] = [await open("Waiting"), await open("Answered")];
  await travel.moveTo(at("09:10"));
  await reply(await travel.as(login("ben")), answered);
  await travel.quiet();

  await until(at("09:45:20"), ["local"]);
  await happened(waiting, /reminded/, 1);
  await until(at("10:00:20"), ["app"]);
  await happened(waiting, /breached/, 1);
  await until(at("11:01"), ["mongodb"]);
  await happened(waiting, /repeated/, 1);
  await travel.quiet();

  // Nothing runs that could act while two due times go by.
  await travel.moveTo(at("11:05"));
  const late = await open("Late");
  await travel.quiet();
  await until(at("13:05"), ["app", "local"]);
  await happened(late, /breached/, 1);
  await happened(waiting, /repeated/, 2);
  await travel.quiet();
  const [breach] = await travel.rows(late, /breached/);
  expect(Number(breach?.data.lateMs)).toBeGreaterThan(59 * 60_000);

  const all = [waiting, answered, late];
  const ben = await travel.as(login("ben"));
  for (const id of all) await reply(ben, id, "resolved");
  await travel.quiet();
  const resolvedAt = at("13:10");
  await until(new Date(resolvedAt.getTime() + 6 * 86_400_000), ["local", "app"]);
  for (const id of all) await happened(id, /nudged/, 1);
  await travel.quiet();
  const cara = await travel.as(login("cara"));
  await cara("PUT", `/tickets/${waiting}/rating`, { score: 5 });
  await cara("POST", `/tickets/${answered}/messages`, { body: "It is empty again.", visibility: "public" });
  await reply(await travel.as(login("mia")), answered, "resolved");
  await travel.quiet();

  await until(new Date(resolvedAt.getTime() + 7 * 86_400_000), ["mongodb", "local", "app"]);
  for (const id of [waiting, late]) await happened(id, /closed/, 1);
  await travel.quiet();
  expect(await travel.rows(answered, /closed/)).toEqual([]);
  await until(new Date(resolvedAt.getTime() + 12.1 * 86_400_000));
  await happened(answered, /nudged/, 2);
  await until(new Date(resolvedAt.getTime() + 13.2 * 86_400_000));
  await happened(answered, /closed/, 1);
  await travel.quiet();

  const told = async (id: string) => Object.entries(Object.groupBy(await travel.rows(id, /reminded|breach|escalated|nudged|closed|rated/), ({ type }) => type.slice("ticket/".length))).map(([type, rows = []]) => `${type} ${rows.length}`).toSorted();
  expect(await told(waiting)).toEqual(["breach-repeated 2", "breached 1", "closed 1", "escalated 1", "nudged 1", "rated 1", "reminded 1"]);
  expect(await told(late)).toEqual(["breached 1", "closed 1", "escalated 1", "nudged 1"]);
  expect(await told(answered)).toEqual(["closed 1", "nudged 2"]);

  const ledger = await travel.ledger();
  expect(ledger.filter(({ state }) => state !== "sent").map(({ kind, state }) => [kind, state])).toEqual([]);
  const counted = (id: string, channel: "mail" | "slack") => Object.entries(Object.groupBy(ledger.filter((each) => each.ticketId === id && (each.channel ?? "mail") === channel), ({ kind }) => kind)).map(([kind, of = []]) => `${kind} ${of.length}`).toSorted();
  expect(counted(waiting, "mail")).toEqual(["breach 2", "breach-repeated 2", "closed 1", "closing-soon 1", "receipt 1", "reminder 1", "reply 1"]);
  expect(counted(waiting, "slack")).toEqual(["breach 1", "breach-repeated 2", "reminder 1"]);
  expect(counted(late, "mail")).toEqual(["breach 2", "closed 1", "closing-soon 1", "receipt 1", "reply 1"]);
  expect(counted(late, "slack")).toEqual(["breach 1"]);
  const [mails, posts] = [ledger.filter(({ channel }) => channel !== "slack"), ledger.filter(({ channel }) => channel === "slack")];
  expect((await travel.mails()).map(({ id }) => id).toSorted()).toEqual(mails.map(({ providerId }) => providerId).toSorted());
  // Slack knows no key: after a death between post and answer a message may be posted once more, and says so.
  const texts = (await travel.posts()).map(({ text }) => text);
  const unsure = posts.filter((post) => (post.unsure ?? 0) > 0).length;
  const marked = texts.filter((text) => text.includes("possibly repeated")).length;
  expect(marked).toBe(unsure);
  expect(texts.length - marked).toBeGreaterThanOrEqual(posts.length - unsure);
  expect(texts.length - marked).toBeLessThanOrEqual(posts.length);
});
