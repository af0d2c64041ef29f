import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { MongoClient, ObjectId } from "mongodb";
import { Inngest } from "inngest";
import { Resend } from "resend";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { backUp } from "../../scripts/backup.ts";
import { keysIn } from "../../scripts/keys.ts";
import { tryLock } from "../../scripts/lock.ts";
import { announce } from "../../scripts/registry.ts";
import { restore } from "../../scripts/restore.ts";
import { readSettings } from "../../scripts/settings.ts";

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "twoway-backup-"))));
afterEach(async () => {
  await killAll();
  rmSync(folder, { recursive: true });
});

const root = join(import.meta.dirname, "../..");
const at = (name: string) => join(folder, name);
const settings = (data: string, more: Record<string, string> = {}) => readSettings(root, [], { TWOWAY_DATA: at(data), ...more });

async function killAll(): Promise<void> {
  await Promise.all(children.splice(0).map((child) => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    return ended;
  }));
}

/** Starts a process of local/ and resolves with its ready line. */
async function run(file: string, env: Record<string, string>): Promise<Record<string, string>> {
  const child = spawn(process.execPath, [join(root, "local", file)], { env: { NODE_ENV: "test", ...env }, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return JSON.parse(line) as Record<string, string>;
}

/** The services of a desk as npm start runs them, with its services.json. */
async function services(data: string) {
  const dataDir = at(data);
  mkdirSync(dataDir, { recursive: true });
  const keys = keysIn(dataDir);
  const [database, local] = await Promise.all([
    run("mongo/main.ts", { TWOWAY_DATA: dataDir, TWOWAY_MONGO_PORT: "0" }),
    run("main.ts", { ...keys, TWOWAY_DATA: dataDir, TWOWAY_LOCAL: "jobs,mail", TWOWAY_APP_ORIGIN: "http://127.0.0.1:9" }),
  ]);
  announce(dataDir, { app: "http://127.0.0.1:9", mongodb: database["uri"]!, jobs: local["jobs"]!, mail: local["mail"]!, pids: {}, since: "", restarts: {} });
  return { keys, uri: database["uri"]!, jobs: local["jobs"]!, mail: local["mail"]! };
}

type Running = Awaited<ReturnType<typeof services>>;
const eventsOf = async ({ jobs, keys }: Running): Promise<string[]> => {
  const answer = await fetch(`${jobs}/_local/events?limit=100`, { headers: { authorization: `Bearer ${keys.INNGEST_SIGNING_KEY}` } });
  return ((await answer.json()) as { events: { name: string }[] }).events.map(({ name }) => name);
};
const mailsOf = async ({ mail }: Running): Promise<string[]> => ((await (await fetch(`${mail}/_local/outbox`)).json()) as { items: { subject: string }[] }).items.map(({ subject }) => subject);

/** Writes pairs, each in one transaction, until it is told to stop; `acknowledged` has the numbers of those that the database took. */
async function writer(client: MongoClient, acknowledged: number[], stopped: () => boolean): Promise<void> {
  const pairs = client.db("twoway").collection<{ _id: ObjectId; pair: number; side: string }>("pairs");
  for (let pair = 0; !stopped(); pair += 1) {
    await client.withSession((session) => session.withTransaction(async () => {
      await pairs.insertOne({ _id: new ObjectId(), pair, side: "left" }, { session });
      await pairs.insertOne({ _id: new ObjectId(), pair, side: "right" }, { session });
    }));
    acknowledged.push(pair);
  }
}

describe("a backup of a running desk", () => {
  test("under writes, then kill -9 of everything: in another folder all is there that was acknowledged before, transactions whole", { timeout: 60_000 }, async () => {
    const first = await services("first");
    const lock = tryLock(at("first/run/desk.lock"));
    const client = await MongoClient.connect(first.uri);
    await client.db("twoway").collection("pairs").createIndex({ pair: 1 });
    await new Inngest({ id: "desk", baseUrl: first.jobs, eventKey: first.keys.INNGEST_EVENT_KEY, isDev: false }).send({ name: "ticket/opened", data: {} });
    await new Resend(first.keys.RESEND_API_KEY, { baseUrl: first.mail }).emails.send({ from: "a@desk.test", to: "b@example.org", subject: "Kept", text: "x" });
    const acknowledged: number[] = [];
    let stopped = false;
    const writing = writer(client, acknowledged, () => stopped);
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(20);
    const before = acknowledged.length;
    const backup = await backUp(settings("first"), at("copy"), () => {});
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 5);
    stopped = true;
    await writing;
    await client.close();
    await killAll();
    lock?.();

    expect(await restore(settings("second"), backup, () => {})).toBeNull();
    const second = await services("second");
    const again = await MongoClient.connect(second.uri);
    const sides = new Map<number, number>();
    for await (const { pair } of again.db("twoway").collection<{ pair: number }>("pairs").find()) sides.set(pair, (sides.get(pair) ?? 0) + 1);
    await again.close();
    expect([...sides.values()].filter((count) => count !== 2)).toEqual([]);
    expect(acknowledged.slice(0, before).filter((pair) => !sides.has(pair))).toEqual([]);
    expect(sides.size).toBeLessThanOrEqual(acknowledged.length);
    expect(await eventsOf(second)).toEqual(["ticket/opened"]);
    expect(await mailsOf(second)).toEqual(["Kept"]);
    expect(second.keys).toEqual(first.keys);
  });
});

describe("a backup of a desk that stands still", () => {
  const made = async () => {
    await services("desk");
    await killAll();
    return backUp(settings("desk"), undefined, () => {});
  };

  test("is private, dated, in the data folder, and says what it holds", async () => {
    const backup = await made();
    expect(backup).toMatch(/desk\/backups\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/);
    expect(statSync(backup).mode & 0o777).toBe(0o700);
    const { files } = JSON.parse(readFileSync(join(backup, "manifest.json"), "utf8")) as { files: { path: string; sha256: string }[] };
    expect(files.map(({ path }) => path)).toEqual(["mongo/data.sqlite", "jobs/jobs.sqlite", "mail/mail.db", "keys.json"]);
    for (const { path } of files) expect(statSync(join(backup, path)).mode & 0o777).toBe(0o600);
    expect(readdirSync(at("desk/backups"))).toHaveLength(1);
  });

  test("comes back over what is there, which is kept aside", async () => {
    const backup = await made();
    writeFileSync(at("desk/keys.json"), "{}");
    const aside = await restore(settings("desk"), backup, () => {});
    expect(readFileSync(join(aside!, "keys.json"), "utf8")).toBe("{}");
    expect(existsSync(join(aside!, "mongo/data.sqlite"))).toBe(true);
    expect(readFileSync(at("desk/keys.json"), "utf8")).toBe(readFileSync(join(backup, "keys.json"), "utf8"));
    await services("desk");
  });

  test.each([
    ["a changed byte", (copy: string) => writeFileSync(join(copy, "mongo/data.sqlite"), "x", { flag: "r+" }), /mongo\/data\.sqlite is not as it was written/],
    ["a missing file", (copy: string) => rmSync(join(copy, "mail/mail.db")), /mail\/mail\.db is missing/],
    ["no manifest", (copy: string) => rmSync(join(copy, "manifest.json")), /is no backup/],
    ["half a manifest", (copy: string) => writeFileSync(join(copy, "manifest.json"), "{"), /can't be read/],
    ["a newer version", (copy: string) => writeFileSync(join(copy, "manifest.json"), JSON.stringify({ format: 2, program: "9.0.0", files: [] })), /newer version of this program \(9\.0\.0\)/],
    ["no tickets in it, which would empty the desk", (copy: string) => writeFileSync(join(copy, "manifest.json"), JSON.stringify({ format: 1, files: [] })), /has no tickets/],
    ["a path that leads elsewhere", (copy: string) => writeFileSync(join(copy, "manifest.json"), JSON.stringify({ format: 1, files: [{ path: "../x", bytes: 0, sha256: "" }] })), /does not belong in it/],
  ])("is refused with %s, and nothing is changed", async (_, spoil, sentence) => {
    const backup = await made();
    cpSync(backup, at("copy"), { recursive: true });
    spoil(at("copy"));
    await expect(restore(settings("desk"), at("copy"), () => {})).rejects.toThrow(sentence);
    expect(readdirSync(at("desk")).filter((name) => /restore/.test(name))).toEqual([]);
    expect(existsSync(at("desk/keys.json"))).toBe(true);
  });

  test("is refused while the desk runs, and over a folder that is there", async () => {
    const backup = await made();
    const lock = tryLock(at("desk/run/desk.lock"));
    await expect(restore(settings("desk"), backup, () => {})).rejects.toThrow(/runs; stop it first/);
    lock?.();
    await expect(backUp(settings("desk"), backup, () => {})).rejects.toThrow(/is there already/);
    await expect(backUp(settings("nowhere"), undefined, () => {})).rejects.toThrow(/There is no desk/);
  });

  test("of a damaged file is not made, and leaves nothing", async () => {
    await made();
    rmSync(at("desk/mail/mail.db-wal"), { force: true }); // what is only in it would heal the file
    writeFileSync(at("desk/mail/mail.db"), "no database at all, but long enough to be looked at".repeat(100));
    await expect(backUp(settings("desk"), at("bad"), () => {})).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(["desk"]);
  });

  test("with the database at a vendor says so and holds the rest", async () => {
    await made();
    const said: string[] = [];
    const backup = await backUp(settings("desk", { MONGODB_URI: "mongodb://db.example/twoway" }), at("rest"), (line) => said.push(line));
    expect(said[0]).toMatch(/mongodump/);
    expect(readdirSync(backup).toSorted()).toEqual(["jobs", "keys.json", "mail", "manifest.json"]);
  });
});
