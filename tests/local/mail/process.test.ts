import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Resend } from "resend";

const main = join(import.meta.dirname, "../../../local/main.ts");
const keys = { PUSHER_APP_ID: "desk", PUSHER_KEY: "key", PUSHER_SECRET: "secret", RESEND_API_KEY: "re_key", TWOWAY_LOCAL: "realtime,mail" };
const letter = { from: "desk@desk.test", to: "ana@example.org", subject: "Hi", text: "Hi" };

let data = "";
const children: ChildProcess[] = [];
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "twoway-local-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    const gone = child.exitCode === null && child.signalCode === null ? once(child, "exit") : null;
    child.kill("SIGKILL");
    await gone;
  }
  await rm(data, { recursive: true });
});

/** Starts the process; resolves with its ready line, or with how it ended. */
async function start(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main], { env: { NODE_ENV: "test", TWOWAY_DATA: data, ...keys, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const ready = once(child.stdout, "data").then(([chunk]) => JSON.parse(String(chunk)) as { ready: true; realtime: string; mail: string });
  const ended = once(child, "close").then(([code]) => code as number | null);
  const outcome = await Promise.race([ready, ended.then(() => null)]);
  return { child, ready: outcome, ended, complaint: () => complaint };
}

const port = (url = "") => new URL(url).port;

describe("the process of the local services", () => {
  it("says where they are, and stops cleanly", async () => {
    const { child, ready, ended, complaint } = await start();
    expect(Object.keys(ready ?? {})).toEqual(["ready", "mail", "realtime"]);
    expect((await fetch(`${ready?.mail}/_local/outbox`)).status).toBe(200);
    expect((await fetch(`${ready?.realtime}/apps/desk/channels`)).status).toBe(401);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(complaint()).toBe("");
  });

  it("keeps accepted mail over kill -9, and comes back on the same ports", async () => {
    const { child, ready, ended } = await start();
    const { data: sent } = await new Resend("re_key", { baseUrl: ready?.mail ?? "" }).emails.send(letter, { idempotencyKey: "k" });
    child.kill("SIGKILL");
    await ended;
    const again = await start({ TWOWAY_MAIL_PORT: port(ready?.mail), TWOWAY_REALTIME_PORT: port(ready?.realtime) });
    expect(again.ready).toEqual(ready);
    const repeat = await new Resend("re_key", { baseUrl: ready?.mail ?? "" }).emails.send(letter, { idempotencyKey: "k" });
    expect(repeat.data?.id).toBe(sent?.id);
  });

  it("killed five times amid sendings, has every accepted mail once", { timeout: 60_000 }, async () => {
    const accepted: string[] = [];
    for (let kill = 0; kill < 5; kill += 1) {
      const { child, ready, ended } = await start();
      const resend = new Resend("re_key", { baseUrl: ready?.mail ?? "" });
      const sending = Promise.all(Array.from({ length: 30 }, async (_, at) => {
        const subject = `${kill}-${at}`;
        const { data: sent } = await resend.emails.send({ ...letter, subject }, { idempotencyKey: subject });
        if (sent) accepted.push(subject);
        if (accepted.length === kill * 10 + 10) child.kill("SIGKILL");
      }));
      await sending;
      child.kill("SIGKILL");
      await ended;
    }
    const { ready } = await start();
    const { items } = (await (await fetch(`${ready?.mail}/_local/outbox?limit=1000`)).json()) as { items: { subject: string }[] };
    const subjects = items.map(({ subject }) => subject);
    expect(accepted.length).toBeGreaterThanOrEqual(50);
    expect(new Set(subjects).size).toBe(subjects.length);
    expect(accepted.filter((subject) => !subjects.includes(subject))).toEqual([]);
  });

  it("does not start on a damaged file, and leaves it as it is", async () => {
    mkdirSync(join(data, "mail"));
    writeFileSync(join(data, "mail", "mail.db"), "no database ".repeat(1000));
    const { ended, complaint } = await start();
    expect(await ended).toBe(4);
    expect(complaint()).toMatch(/^mail could not start: file is not a database\n$/);
    expect(readFileSync(join(data, "mail", "mail.db"), "utf8")).toMatch(/^no database /);
  });

  it("is there once a data folder", async () => {
    await start();
    const second = await start();
    expect(await second.ended).toBe(3);
    expect(second.complaint()).toBe(`The local services already run on the data folder ${data}.\n`);
  });

  it.each([
    ["a missing key", { PUSHER_SECRET: "" }, /^realtime needs PUSHER_SECRET, which is not set\.\n$/],
    ["an unknown part", { TWOWAY_LOCAL: "mail,phone" }, /^TWOWAY_LOCAL names "phone".*\n$/],
    ["a port that is none", { TWOWAY_MAIL_PORT: "mail" }, /^TWOWAY_MAIL_PORT must be a port number.*\n$/],
  ])("does not start with %s, and says so in a sentence", async (_, env, sentence) => {
    const { ended, complaint } = await start(env);
    expect(await ended).toBe(4);
    expect(complaint()).toMatch(sentence);
  });

  it("does not start on a port that is taken", async () => {
    const { ready } = await start();
    const other = await start({ TWOWAY_DATA: join(data, "other"), TWOWAY_MAIL_PORT: port(ready?.mail) });
    expect(await other.ended).toBe(4);
    expect(other.complaint()).toBe(`mail: port ${port(ready?.mail)} is taken by another process.\n`);
  });
});
