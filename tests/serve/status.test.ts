import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startMongo } from "../../local/mongo/server.ts";
import { startSlack } from "../../local/slack/server.ts";
import { Log } from "../../scripts/log.ts";
import { tryLock } from "../../scripts/lock.ts";
import { announce } from "../../scripts/registry.ts";
import { noteBackup } from "../../scripts/snapshot.ts";
import { statusOf } from "../../scripts/status.ts";
import { printed } from "../../scripts/status-table.ts";

let folder: string;
let app: Server;
let services: Record<string, string>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "twoway-status-"));
  services = { database: "ok", jobs: "ok", realtime: "ok", mail: "ok" };
  app = createServer((_, response) => response.end(JSON.stringify({ services })));
  await new Promise<void>((done) => app.listen(0, "127.0.0.1", done));
});
afterEach(() => {
  app.close();
  rmSync(folder, { recursive: true });
});

/** A desk whose processes are all this one. */
function desk(pid = process.pid, more: Record<string, string> = {}): () => void {
  const address = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  announce(folder, { app: address, mail: "http://127.0.0.1:1", ...more, pids: { desk: pid, mongodb: pid, local: pid, app: pid }, since: "2026-11-25T07:00:00Z", restarts: { local: 2 } });
  return tryLock(join(folder, "run", "desk.lock"))!;
}

describe("npm run status", () => {
  test("tells what runs, with process, memory and restarts", async () => {
    const release = desk();
    mkdirSync(join(folder, "logs"));
    writeFileSync(join(folder, "logs", "mail.log"), "mail: trouble\n");
    const status = await statusOf(folder);
    release();
    expect(status.state).toBe("running");
    expect(status.rows.map(({ name, state, restarts }) => [name, state, restarts])).toEqual([["desk", "up", 0], ["mongodb", "up", 0], ["local", "up", 2], ["app", "up", 0]]);
    for (const { memoryBytes, uptimeSeconds } of status.rows) expect(memoryBytes! > 10e6 && uptimeSeconds! >= 0).toBe(true);
    expect(printed(status)).toMatch(/process +state +pid[\s\S]*local +up[\s\S]*mail: trouble/);
  });

  test("tells a service that does not answer from the others", async () => {
    services["mail"] = "down";
    const release = desk();
    const { state, rows } = await statusOf(folder);
    release();
    expect([state, ...rows.filter((row) => row.state === "down").map(({ name }) => name)]).toEqual(["down", "local"]);
  });

  test("counts what waits in the database, asks the Slack receiver, and tells of the last backup", async () => {
    const mongo = await startMongo({ dataDir: join(folder, "m"), port: 0, sync: "NORMAL" });
    const slack = await startSlack({ dataDir: join(folder, "slack"), port: 0, path: "/services/T/B/x" });
    const client = await MongoClient.connect(mongo.uri);
    const [events, letters] = [client.db().collection("events"), client.db().collection("letters")];
    await events.createIndex({ at: 1 }, { name: "unannounced", partialFilterExpression: { announcedAt: null } });
    await letters.createIndex({ at: 1 }, { name: "queued", partialFilterExpression: { state: "queued" } });
    await events.insertMany([{ announcedAt: null, at: new Date() }, { announcedAt: null, at: new Date() }, { announcedAt: new Date(), at: new Date() }]);
    await letters.insertMany([{ state: "queued", at: new Date() }, { state: "sent", at: new Date() }]);
    await client.close();
    const release = desk(process.pid, { mongodb: mongo.uri, slack: slack.url });
    noteBackup(folder, { at: new Date(Date.now() - 7_384_000).toISOString(), folder: "/mnt/desk-1" });
    const status = await statusOf(folder);
    expect(status).toMatchObject({ state: "running", waiting: { unannounced: 2, letters: 1 } });
    expect(printed(status)).toMatch(/Waiting +changes to be announced: 2, letters to be sent: 1\nBackup +2 h 3 min ago, in \/mnt\/desk-1/);
    await Promise.all([slack.close(), mongo.close()]);
    const after = await statusOf(folder);
    release();
    expect(after.waiting).toBeUndefined();
    expect(after.rows.filter(({ state }) => state === "down").map(({ name }) => name)).toEqual(["local"]);
  }, 20_000);

  test("is not taken in by what a killed desk left behind", async () => {
    desk(2 ** 22 + 1)(); // a number above all that Linux gives by default
    const status = await statusOf(folder);
    expect([status.state, ...status.rows.map(({ state }) => state)]).toEqual(["killed", "gone", "gone", "gone", "gone"]);
    expect(printed(status)).toMatch(/was killed before it could say so/);
  });

  test("shows what strangers wrote into a log without letting it steer the terminal", async () => {
    mkdirSync(join(folder, "logs"));
    writeFileSync(join(folder, "logs", "app.log"), "error: \u001b]0;owned\u0007\u001b[2J\u009b31m\n");
    expect(printed(await statusOf(folder)).replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });

  test("of an empty folder is that nothing runs", async () => {
    expect(await statusOf(join(folder, "none"))).toMatchObject({ state: "stopped", rows: [] });
  });
});

describe("a log", () => {
  test("has a file for each part, stacks included, and moves full files aside", () => {
    const log = new Log(join(folder, "local.log"), ["mail", "jobs"]);
    for (const line of ["hello", "mail: Error: x", "    at y", "jobs: late", "mailbox"]) log.write(line);
    const read = (name: string) => readFileSync(join(folder, name), "utf8");
    expect([read("local.log"), read("mail.log"), read("jobs.log")]).toEqual(["hello\nmailbox\n", "mail: Error: x\n    at y\n", "jobs: late\n"]);
    expect(log.last(2)).toBe("jobs: late\nmailbox");
    writeFileSync(join(folder, "mail.log"), "x".repeat(5_000_001));
    log.write("mail: new");
    expect([read("mail.log"), read("mail.log.1").length]).toEqual(["mail: new\n", 5_000_001]);
  });
});
