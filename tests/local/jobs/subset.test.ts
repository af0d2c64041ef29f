import { readFile } from "node:fs/promises";
import { Inngest, RetryAfterError } from "inngest";
import type { InngestFunction } from "inngest";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bothWays, Rig, signingKey, way } from "./rig.ts";

let rig: Rig;
let at = 0;
afterEach(() => rig.close());

const [second, minute, hour] = [1000, 60_000, 3_600_000];
const day = 24 * hour;
const base = Date.UTC(2031, 2, 1, 12);
const clock = () => at;
/** An app whose clock is the executor's: it names the time of its events. */
const send = (name: string, data: Record<string, unknown> = {}) => rig.client.send({ name, data, ts: at });
const idle = (fn: string, count = 1) => vi.waitFor(async () => expect((await rig.runs(fn)).filter(({ nextAt, status }) => status === "running" && Date.parse(nextAt ?? "") > at + second)).toHaveLength(count), { interval: 15 });

describe.each(bothWays)("by a set clock, %s:", (_name, checkpointing) => {
  beforeEach(() => {
    at = base;
    way.checkpointing = checkpointing;
  });
  afterEach(() => void (way.checkpointing = true));

  it("waitForEvent ends with null at its timeout and not before, and hears nothing later", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "wait", triggers: { event: "asked" } }, ({ step }) => step.waitForEvent("answer", { event: "answered", match: "data.n", timeout: "2d" }))], { clock });
    await send("asked", { n: 1 });
    await idle("wait");
    await send("answered", { n: 2 });
    at += 2 * day - minute;
    await idle("wait");
    at += minute;
    expect(await rig.output((await rig.until("wait", "completed"))[0])).toBeNull();
    await send("answered", { n: 1 });
    expect(await rig.runs("wait")).toHaveLength(1);
  });

  it("invoke: a timeout and an unknown function are failures that the caller may catch; the child goes on", async () => {
    rig = await Rig.start((client) => {
      const child = client.createFunction({ id: "child" }, ({ step }) => step.sleep("long", "3h"));
      const gone = new Inngest({ id: "other", isDev: false }).createFunction({ id: "gone" }, () => 1);
      return [child, client.createFunction({ id: "caller", retries: 0, triggers: { event: "go" } }, async ({ step }) => [
        await step.invoke("unknown", { function: gone, data: {} }).catch((error: Error) => error.message),
        await step.invoke("slow", { function: child, data: {}, timeout: "1h" }).catch((error: Error) => error.message),
      ])];
    }, { clock });
    await send("go");
    await idle("child");
    at += hour;
    expect(await rig.output((await rig.until("caller", "completed"))[0])).toEqual(["There is no function other-gone.", "The invoked function did not end in time."]);
    at += 2 * hour;
    await rig.until("child", "completed");
  });

  it("cancelOn cancels up to its timeout, and no longer", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "sla", triggers: { event: "clock" }, cancelOn: [{ event: "stop", match: "data.n", timeout: "1h" }] }, async ({ step }) => void (await step.sleep("wait", "1d")))], { clock });
    await send("clock", { n: 1 });
    await send("clock", { n: 2 });
    await idle("sla", 2);
    at += 59 * minute;
    await send("stop", { n: 1 });
    await rig.until("sla", "cancelled");
    at += 2 * minute;
    await send("stop", { n: 2 });
    await idle("sla");
  });

  it("retries come after the vendor's delays; an error may name a moment; onFailure runs once", async () => {
    const tried: number[] = [];
    const failed = vi.fn();
    rig = await Rig.start((client) => [client.createFunction({ id: "bad", retries: 3, triggers: { event: "go" }, onFailure: ({ error }: { error: Error }) => void failed(error.message) }, ({ step }) => step.run("s", () => {
      tried.push(at);
      if (tried.length === 3) throw new RetryAfterError("busy until then", new Date(at + 5 * hour));
      throw new Error("bad");
    }))], { clock });
    await send("go");
    for (const span of [17, 34, 5 * 3600]) {
      const count = tried.length;
      await vi.waitFor(async () => expect((await rig.runs("bad"))[0]?.nextAt).toSatisfy((next: string) => Date.parse(next) > at));
      at += span * second;
      await vi.waitFor(() => expect(tried.length).toBe(count + 1));
    }
    await rig.until("bad", "failed");
    await rig.until("bad-failure", "completed");
    expect(failed.mock.calls).toEqual([["bad"]]);
    expect(tried.map((each) => (each - base) / second)).toEqual([0, 17, 51, 51 + 5 * 3600]);
  });
});

describe("by a set clock", () => {
  beforeEach(() => {
    at = base;
  });

  it("debounce waits at most its timeout after the first event", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "calm", debounce: { period: "1m", timeout: "3m" }, triggers: { event: "go" } }, ({ event }) => event.data)], { clock });
    for (let n = 1; n <= 4; n++) {
      await send("go", { n });
      at += 45 * second;
    }
    expect(await rig.output((await rig.until("calm", "completed"))[0])).toEqual({ n: 4 });
    await send("go", { n: 5 });
    at += minute;
    await rig.until("calm", "completed", 2);
  });

  it("an idempotency key counts for 24 hours", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "pay", idempotency: "event.data.order", triggers: { event: "go" } }, () => 1)], { clock });
    await send("go", { order: 1 });
    at += 23 * hour;
    await send("go", { order: 1 });
    at += 2 * hour;
    await send("go", { order: 1 });
    await rig.until("pay", "completed", 2);
    expect(await rig.runs("pay")).toHaveLength(2);
  });

  it("cron follows its zone over the change of clocks", async () => {
    at = Date.UTC(2031, 2, 29, 7, 59, 59);
    const zoned = (id: string, cron: string) => (client: Inngest) => client.createFunction({ id, triggers: { cron } }, ({ event }) => event.ts);
    rig = await Rig.start((client) => [zoned("berlin", "TZ=Europe/Berlin 0 9 * * *")(client), zoned("utc", "0 8 * * *")(client)], { clock });
    at += second;
    const times = async (fn: string, count: number) => Promise.all((await rig.until(fn, "completed", count)).map(async (run) => new Date(Number(await rig.output(run))).toISOString()));
    expect(await times("berlin", 1)).toEqual(["2031-03-29T08:00:00.000Z"]);
    at = Date.UTC(2031, 2, 30, 7); // summer time has begun
    expect((await times("berlin", 2))[0]).toBe("2031-03-30T07:00:00.000Z");
    expect(await times("utc", 1)).toEqual(["2031-03-29T08:00:00.000Z"]);
  });
});

describe("an app that registers again", () => {
  beforeEach(() => {
    at = base;
  });
  const version = (text: string, { between = false } = {}) => (client: Inngest): InngestFunction.Any[] => [client.createFunction({ id: "long", triggers: { event: "go" } }, async ({ step }) => {
    const first = await step.run("first", () => text);
    if (between) await step.run("between", () => "new");
    await step.sleep("a week", "7d");
    return [first, await step.run("last", () => text)];
  })];
  const other = (client: Inngest) => [client.createFunction({ id: "other", triggers: { event: "other" } }, () => 1)];

  it("keeps sleeping runs: what was done stays, what comes is the new code's", async () => {
    rig = await Rig.start(version("old"), { clock });
    await send("go");
    await idle("long");
    rig.useApp(signingKey, version("new"));
    await rig.registered();
    at += 7 * day;
    expect(await rig.output((await rig.until("long", "completed"))[0])).toEqual(["old", "new"]);
  });

  it("also when a step was put in before the sleep: it is done, and the sleep is not slept again", async () => {
    rig = await Rig.start(version("old"), { clock });
    await send("go");
    await idle("long");
    rig.useApp(signingKey, version("new", { between: true }));
    await rig.registered();
    at += 7 * day;
    const [run] = await rig.until("long", "completed");
    expect(await rig.output(run)).toEqual(["old", "new"]);
    expect(run?.stepsDone).toBe(4);
  });

  it("without the function: its runs wait, without an attempt, until it is back", async () => {
    rig = await Rig.start(version("old"), { clock });
    await send("go");
    await idle("long");
    rig.useApp(signingKey, other);
    await rig.registered();
    at += 8 * day;
    await vi.waitFor(async () => expect((await rig.api("numbers")).body["due"]).toMatchObject({ blocked: 1, waiting: 0 }));
    await rig.stopJobs();
    await rig.startJobs({ clock });
    await vi.waitFor(async () => expect((await rig.api("numbers")).body["due"]).toMatchObject({ blocked: 1, waiting: 0 }));
    rig.useApp(signingKey, version("new"));
    await rig.registered();
    expect(await rig.output((await rig.until("long", "completed"))[0])).toEqual(["old", "new"]);
  });
});

describe("what is outside the subset", () => {
  const uses: Record<string, object> = {
    throttle: { throttle: { limit: 1, period: "1m" } },
    rateLimit: { rateLimit: { limit: 1, period: "1m" } },
    batchEvents: { batchEvents: { maxSize: 2, timeout: "5s" } },
    priority: { priority: { run: "event.data.n" } },
    timeouts: { timeouts: { start: "1m" } },
    "concurrency of scope": { concurrency: { limit: 1, scope: "env", key: "'all'" } },
    jitter: { triggers: { cron: "0 0 1 1 *", jitter: "5s" } },
    "`*`": { triggers: { event: "go/*" } },
  };

  it("is refused at registration in a sentence, each fails its runs, and README.md names it", async () => {
    const readme = await readFile(new URL("../../../local/jobs/README.md", import.meta.url), "utf8");
    const refused = readme.slice(readme.indexOf("## What it does not do"), readme.indexOf("## Guarantees"));
    rig = await Rig.start((client) => Object.values(uses).map((use, n) => client.createFunction({ id: `f${n}`, triggers: { event: "go" }, ...use } as Parameters<Inngest["createFunction"]>[0], () => 1)));
    const answer = (await (await fetch(`http://127.0.0.1:${rig.appPort}/api/inngest`, { method: "PUT" })).json()) as { message: string };
    await rig.client.send({ name: "go", data: {} });
    for (const [n, name] of Object.keys(uses).entries()) {
      expect(refused, name).toContain(name);
      expect(answer.message, name).toMatch(new RegExp(`desk-f${n}: The local executor does not support `));
      if (name === "jitter" || name === "`*`") continue; // this event does not start it
      expect((await rig.until(`f${n}`, "failed"))[0]?.error).toMatchObject({ name: "NotSupported" });
    }
  });
});
