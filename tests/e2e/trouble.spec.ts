import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { expect, startDesk, test, type Desk } from "./desks";

let desk: Desk;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  desk = await startDesk();
});
test.afterAll(() => desk.stop());

const pids = async () => (JSON.parse(await readFile(join(desk.data, "services.json"), "utf8")) as { pids: Record<string, number> }).pids;

/** Asks until the desk has answered, as a client would that has not heard whether its request arrived. */
async function insist(token: string, path: string, body: object, key: string): Promise<{ id: string; number: number }> {
  for (;;) {
    const response = await fetch(`${desk.url}/api/v1${path}`, {
      method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", "idempotency-key": key, authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(15_000),
    }).catch(() => null); // the process was killed under it: asked again
    if (response?.status === 201) return (await response.json()) as { id: string; number: number };
    if (response && response.status < 500 && response.status !== 409 && response.status !== 401) throw new Error(`${response.status} ${await response.text()}`);
    await wait(100);
  }
}

test("kill -9 of the database, the app and the services under load: nothing acknowledged is lost or doubled, and the desk is back within ten seconds", async () => {
  test.setTimeout(240_000);
  const login = desk.logins.find(({ role }) => role === "customer");
  const { accessToken } = (await (await fetch(`${desk.url}/api/v1/auth/token`, { method: "POST", body: JSON.stringify(login), headers: { "content-type": "application/json" } })).json()) as { accessToken: string };
  const run = randomUUID().slice(0, 8);
  const acknowledged: string[] = [];
  let writing = true;
  const writer = async (name: number) => {
    for (let each = 0; writing; each += 1) {
      const words = `crash${run}x${name}x${each}`;
      const { id } = await insist(accessToken, "/tickets", { subject: words, body: "Opened under load" }, `${words}-open`);
      await insist(accessToken, `/tickets/${id}/messages`, { body: `more of ${words}` }, `${words}-reply`);
      acknowledged.push(words);
    }
  };
  const writers = Promise.all([1, 2, 3].map(writer));
  for (const victim of ["mongodb", "app", "local", "mongodb", "app"]) {
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 3);
    const pid = (await pids())[victim];
    if (!pid) throw new Error(`no ${victim}`);
    process.kill(pid, "SIGKILL");
    await expect.poll(async () => (await pids())[victim] !== pid && (await fetch(`${desk.url}/api/health`).catch(() => null))?.status === 200, { timeout: 10_000, message: `${victim} is back` }).toBe(true);
  }
  writing = false;
  await writers;

  const client = new MongoClient(desk.services.mongodb);
  const database = client.db();
  try {
    const made = await database.collection("tickets").find({ subject: { $regex: `^crash${run}` } }).toArray();
    expect(made.map((ticket) => String(ticket.subject)).toSorted()).toEqual(acknowledged.toSorted());
    const ids = made.map((ticket) => ticket._id);
    const thread = await database.collection("messages").find({ ticketId: { $in: ids } }).toArray();
    expect(thread.length).toBe(2 * made.length);
    await expect.poll(() => database.collection("events").countDocuments({ announcedAt: null }), { timeout: 30_000, message: "every row is announced" }).toBe(0);
    await expect.poll(() => database.collection("tickets").countDocuments({ _id: { $in: ids }, assigneeId: null }), { timeout: 60_000, message: "every ticket has an owner" }).toBe(0);
    await expect.poll(() => database.collection("letters").countDocuments({ ticketId: { $in: ids }, state: "sent" }), { timeout: 60_000, message: "every receipt was sent" }).toBe(made.length);
  } finally {
    await client.close();
  }
  const box = (await (await fetch(`${desk.services.mail}/_local/outbox?to=${login?.email ?? ""}&limit=1000`)).json()) as { items: { subject: string }[] };
  const receipts = box.items.filter((mail) => mail.subject.includes(`crash${run}`)).map((mail) => mail.subject);
  expect(receipts.length).toBe(acknowledged.length);
  expect(new Set(receipts).size).toBe(acknowledged.length);
});
