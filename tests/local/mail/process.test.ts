import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Resend } from "resend";
import { describe, expect, it } from "vitest";
import { mainProcess } from "../main-process.ts";

const keys = { PUSHER_APP_ID: "desk", PUSHER_KEY: "key", PUSHER_SECRET: "secret", RESEND_API_KEY: "re_key", TWOWAY_LOCAL: "realtime,mail" };
const letter = { from: "desk@desk.test", to: "ana@example.org", subject: "Hi", text: "Hi" };
const { place, start } = mainProcess(keys);

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
    mkdirSync(join(place.data, "mail"));
    writeFileSync(join(place.data, "mail", "mail.db"), "no database ".repeat(1000));
    const { ended, complaint } = await start();
    expect(await ended).toBe(4);
    expect(complaint()).toBe("mail could not start: The mail file is damaged (file is not a database). Put it aside, or restore a backup.\n");
    expect(readFileSync(join(place.data, "mail", "mail.db"), "utf8")).toMatch(/^no database /);
  });

  it("is there once a data folder", async () => {
    await start();
    const second = await start();
    expect(await second.ended).toBe(3);
    expect(second.complaint()).toBe(`The local services already run on the data folder ${place.data}.\n`);
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
    const other = await start({ TWOWAY_DATA: join(place.data, "other"), TWOWAY_MAIL_PORT: port(ready?.mail) });
    expect(await other.ended).toBe(4);
    expect(other.complaint()).toBe(`mail: port ${port(ready?.mail)} is taken by another process.\n`);
  });
});
