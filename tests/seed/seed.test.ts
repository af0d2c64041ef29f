import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInByPassword } from "@/lib/auth/account";
import { actorFor } from "@/lib/auth/identify";
import { people, personByEmail, queues } from "@/lib/auth/repo";
import { demoPeople } from "@/lib/auth/settings";
import { env } from "@/lib/env";
import { events } from "@/lib/events";
import { attachments, messages, tickets } from "@/lib/tickets/repo";
import { TicketQuery } from "@/lib/tickets/schema";
import { countsFor, inboxFor } from "@/lib/tickets/service";
import { seedDemo } from "../../local/seed/seed";
import { useDesk } from "../support/desk";

type Login = { email: string; password: string; role: string };

useDesk();

let folder = "";
const logins = async (): Promise<Login[]> => JSON.parse(await readFile(join(folder, "demo-logins.json"), "utf8"));
const counted = async () => Promise.all([people(), queues(), tickets(), messages(), events()].map((each) => each.countDocuments({})));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "twoway-seed-"));
  Object.assign(env(), { TWOWAY_DATA: folder, TWOWAY_DEMO: "1" });
  await seedDemo();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the desk holds the whole demo, with every row announced", async () => {
  expect((await counted()).slice(0, 3)).toEqual([39, 4, 120]);
  expect(await events().countDocuments({ announcedAt: null })).toBe(0);
  const [first] = await tickets().find({}).sort({ number: 1 }).limit(1).toArray();
  expect(first?.number).toBe(1001);
  const followUps = await tickets().find({ follows: { $ne: null } }).toArray();
  const followed = await tickets().find({ _id: { $in: followUps.flatMap((ticket) => ticket.follows?.id ?? []) } }).toArray();
  expect(followed.map(({ number }) => number).toSorted()).toEqual(followUps.map((ticket) => ticket.follows?.number).toSorted());
});

test("some tickets have files, in messages and in notes, and their bytes are there", async () => {
  const files = await attachments().find({}).toArray();
  expect(files.length).toBeGreaterThan(8);
  expect(files.filter(({ state, size }) => state !== "claimed" || size === 0)).toEqual([]);
  expect(new Set(files.map(({ type }) => type))).toEqual(new Set(["image/png", "application/pdf", "text/plain"]));
  const stored = await attachments().db.collection("attachments.files").find({}).toArray();
  expect(stored.map(({ _id, length }) => [String(_id), length]).toSorted()).toEqual(files.map(({ _id, size }) => [_id, size]).toSorted());
  for (const visibility of ["public", "private"] as const) expect(await messages().countDocuments({ visibility, "attachments.size": { $gt: 0 } })).toBeGreaterThan(0);
  const counted = await tickets().find({ "attached.count": { $gt: 0 } }).toArray();
  expect(counted.reduce((sum, { attached }) => sum + (attached?.count ?? 0), 0)).toBe(files.length);
});

test("ten people can sign in with generated passwords that only the files' owner can read", async () => {
  const all = await logins();
  expect(all.map(({ role }) => role)).toEqual(["customer", "agent", "agent", "agent", "agent", "agent", "engineer", "engineer", "manager", "admin"]);
  expect(new Set(all.map(({ password }) => password)).size).toBe(10);
  expect((await stat(join(folder, "demo-logins.json"))).mode & 0o777).toBe(0o600);
  for (const { email, password } of all) expect((await signInByPassword(email, password)).email).toBe(email);
  expect((await demoPeople()).map(({ role }) => role)).toEqual(all.map(({ role }) => role));
});

test("an agent finds work, and as unread only that in which somebody else acted last", async () => {
  const agent = await personByEmail((await logins())[1]?.email ?? "");
  if (!agent) throw new Error("the demo has agents");
  const actor = await actorFor(agent);
  const { items } = await inboxFor(actor, TicketQuery.parse({ assignee: "me", limit: "200" }));
  const unread = items.filter((ticket) => ticket.unread);
  expect(items.length).toBeGreaterThan(10);
  const newest = await Promise.all(unread.map((ticket) => events().find({ "subject.id": ticket.id }).sort({ seq: -1 }).limit(1).next()));
  expect(newest.filter((row) => row?.actor.id === actor.id)).toEqual([]);
  expect(unread.length).toBeLessThan(items.length / 2);
  expect((await countsFor(actor)).mine).toBeGreaterThan(2);
});

test("a second start changes nothing, whatever happened at the desk since", async () => {
  const [all, passwords] = [await counted(), await logins()];
  await seedDemo();
  expect(await counted()).toEqual(all);
  expect(await logins()).toEqual(passwords);
});

test("a seeding that was interrupted is begun again from an empty desk", async () => {
  await people().deleteMany({ roles: "admin" });
  await messages().deleteMany({});
  await writeFile(join(folder, "demo-unfinished"), "");
  const passwords = await logins();
  await seedDemo();
  expect((await counted()).slice(0, 3)).toEqual([39, 4, 120]);
  expect(await messages().countDocuments({})).toBeGreaterThan(400);
  expect((await tickets().find({}).sort({ number: 1 }).limit(1).toArray())[0]?.number).toBe(1001);
  expect(await logins()).not.toEqual(passwords);
  await expect(stat(join(folder, "demo-unfinished"))).rejects.toThrow("ENOENT");
});
