import { NonRetriableError, RetryAfterError } from "inngest";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Store } from "@/local/jobs/store.ts";
import { bothWays, eventKey, Rig, way } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

const post = (key: string, body: string, headers: Record<string, string> = {}) => fetch(`${rig.url}/e/${key}`, { method: "POST", body, headers });

describe("events start runs", () => {
  it("an event reaches its function, and its result is kept", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "greet", triggers: { event: "person.came" } }, async ({ event, step, attempt, runId }) => {
      const name = await step.run("name", () => String(event.data["name"]).toUpperCase());
      return { name, id: event.id, attempt, runId };
    })]);
    const { ids } = await rig.client.send({ name: "person.came", data: { name: 'åsa \u{1F600} "q"' } });
    const [run] = await rig.until("greet", "completed");
    expect(await rig.output(run)).toEqual({ name: 'ÅSA \u{1F600} "Q"', id: ids[0], attempt: 0, runId: run?.id });
  });

  it("only the functions of the event's name whose condition holds run, each once", async () => {
    const ran: string[] = [];
    rig = await Rig.start((client) => [
      client.createFunction({ id: "big", triggers: [{ event: "order", if: "event.data.total > 100" }, { event: "order", if: "event.data.vip == true" }] }, ({ event }) => void ran.push(`big ${String(event.data["n"])}`)),
      client.createFunction({ id: "every", triggers: { event: "order" } }, ({ event }) => void ran.push(`every ${String(event.data["n"])}`)),
      client.createFunction({ id: "other", triggers: { event: "refund" } }, () => void ran.push("other")),
    ]);
    await rig.client.send([{ name: "order", data: { n: 1, total: 500, vip: true } }, { name: "order", data: { n: 2, total: 5 } }, { name: "order", data: { n: 3 } }]);
    await rig.until("every", "completed", 3);
    await rig.until("big", "completed", 1);
    expect(ran.sort()).toEqual(["big 1", "every 1", "every 2", "every 3"]);
  });

  it("an event id and a send's seed count once, however often they arrive", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "once", triggers: [{ event: "a" }, { event: "b" }] }, ({ event }) => event.name)]);
    const first = await rig.client.send({ id: "e1", name: "a", data: {} });
    expect(await rig.client.send({ id: "e1", name: "a", data: { other: true } })).toEqual(first);
    await rig.client.send({ id: "e1", name: "b", data: {} });
    await rig.until("once", "completed", 2);

    const seed = { "x-inngest-event-id-seed": `${Date.now()},c2VlZA==` };
    const body = JSON.stringify([{ name: "a", data: {} }, { name: "a", data: {} }]);
    const answers = [await post(eventKey, body, seed), await post(eventKey, body, seed)];
    const [one, two] = await Promise.all(answers.map(async (answer) => (await answer.json()) as { ids: string[] }));
    expect(new Set(one?.ids).size).toBe(2);
    expect(two).toEqual(one);
    await rig.until("once", "completed", 4);
    expect(await rig.runs("once")).toHaveLength(4);
  });

  it("bad events are refused with the reason, and nothing of their request is stored", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "any", triggers: { event: "a" } }, () => 1)]);
    const refused = async (body: string, key = eventKey) => {
      const answer = await post(key, body);
      return [answer.status, ((await answer.json()) as { error: string }).error];
    };
    expect(await refused("[]", "wrong")).toEqual([401, "The event key is wrong."]);
    expect(await refused("{")).toEqual([400, expect.stringContaining("not readable")]);
    expect(await refused('[{"name":"a","data":{}},{"data":{}}]')).toEqual([400, expect.stringContaining("Event 2: name")]);
    expect(await refused('{"name":"inngest/function.failed","data":{}}')).toEqual([400, expect.stringContaining("executor's own")]);
    expect(await refused(JSON.stringify([{ name: "a" }, { name: "a", data: { text: "x".repeat(300_000) } }]))).toEqual([413, expect.stringContaining("Event 2")]);
    expect(await rig.runs()).toEqual([]);
  });
});

describe.each(bothWays)("steps, %s:", (_name, checkpointing) => {
  beforeEach(() => void (way.checkpointing = checkpointing));
  afterEach(() => void (way.checkpointing = true));

  it("each runs once; the code between them runs again", async () => {
    const ran: string[] = [];
    let calls = 0;
    rig = await Rig.start((client) => [client.createFunction({ id: "three", triggers: { event: "go" } }, async ({ step }) => {
      calls += 1;
      const a = await step.run("a", () => (ran.push("a"), 1));
      const b = await step.run("b", () => (ran.push("b"), a + 1));
      return step.run("c", () => (ran.push("c"), b + 1));
    })]);
    await rig.client.send({ name: "go", data: {} });
    const [run] = await rig.until("three", "completed");
    expect(await rig.output(run)).toBe(3);
    expect(ran).toEqual(["a", "b", "c"]);
    expect(calls).toBe(checkpointing ? 1 : 4);
  });

  it("parallel steps run at the same time, then the function goes on", async () => {
    let inside = 0;
    let most = 0;
    let calls = 0;
    rig = await Rig.start((client) => [client.createFunction({ id: "fan", triggers: { event: "go" } }, async ({ step }) => {
      calls += 1;
      const work = (n: number) => step.run(`part-${n}`, async () => {
        most = Math.max(most, ++inside);
        await vi.waitFor(() => expect(most).toBe(4), { interval: 5 });
        inside -= 1;
        return n * n;
      });
      const parts = await Promise.all([1, 2, 3, 4].map(work));
      return step.run("sum", () => parts.reduce((a, b) => a + b));
    })]);
    await rig.client.send({ name: "go", data: {} });
    const [run] = await rig.until("fan", "completed");
    expect(await rig.output(run)).toBe(30);
    // The plan, four parts, one look at what comes next, the sum, and the end.
    expect(calls).toBe(8);
  });

  it("sleeps until a moment, and for a time beside another step", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "nap", triggers: { event: "go" } }, async ({ step }) => {
      const start = await step.run("start", () => Date.now());
      await step.sleepUntil("until", new Date(start + 300));
      const woke = await step.run("woke", () => Date.now());
      await Promise.all([step.sleep("while", "1s"), step.run("beside", () => 1)]);
      return [woke - start, (await step.run("end", () => Date.now())) - woke];
    })]);
    await rig.client.send({ name: "go", data: {} });
    const [run] = await rig.until("nap", "completed");
    const [first, second] = (await rig.output(run)) as [number, number];
    expect(first).toBeGreaterThanOrEqual(295);
    expect(first).toBeLessThan(900);
    expect(second).toBeGreaterThanOrEqual(995);
  });

  it("sends events from within", async () => {
    rig = await Rig.start((client) => [
      client.createFunction({ id: "sender", triggers: { event: "go" } }, ({ step }) => step.sendEvent("tell", [{ name: "told", data: { n: 1 } }, { name: "told", data: { n: 2 } }])),
      client.createFunction({ id: "hearer", triggers: { event: "told" } }, ({ event }) => event.data),
    ]);
    await rig.client.send({ name: "go", data: {} });
    const heard = await rig.until("hearer", "completed", 2);
    expect(await Promise.all(heard.map((run) => rig.output(run)))).toEqual(expect.arrayContaining([{ n: 1 }, { n: 2 }]));
    const [run] = await rig.until("sender", "completed");
    expect(await rig.output(run)).toEqual({ ids: [expect.any(String), expect.any(String)] });
  });

  it("more state than fits a call is fetched by the SDK", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "heavy", triggers: { event: "go" } }, async ({ step }) => {
      const sizes = [];
      for (const n of [1, 2, 3]) sizes.push((await step.run(`s${n}`, () => "x".repeat(2_000_000))).length);
      return sizes;
    })]);
    await rig.client.send({ name: "go", data: {} });
    const [run] = await rig.until("heavy", "completed");
    expect(await rig.output(run)).toEqual([2_000_000, 2_000_000, 2_000_000]);
  });
});

describe.each(bothWays)("retries, %s:", (_name, checkpointing) => {
  beforeEach(() => void (way.checkpointing = checkpointing));
  afterEach(() => void (way.checkpointing = true));

  it("a failing step is tried again after its delay, until it succeeds", async () => {
    const attempts: number[] = [];
    rig = await Rig.start((client) => [client.createFunction({ id: "shaky", triggers: { event: "go" } }, async ({ step, attempt }) => {
      await step.run("before", () => 1);
      return step.run("shaky", () => {
        attempts.push(attempt);
        if (attempts.length < 3) throw new Error("not yet");
        return "at last";
      });
    })], { retryDelays: [30, 60] });
    await rig.client.send({ name: "go", data: {} });
    const [run] = await rig.until("shaky", "completed");
    expect(await rig.output(run)).toBe("at last");
    expect(attempts).toEqual([0, 1, 2]);
  });

  it("the attempts end; a final error is not retried; a function may catch a step's failure", async () => {
    const tried: Record<string, number> = {};
    const count = (name: string): void => void (tried[name] = (tried[name] ?? 0) + 1);
    rig = await Rig.start((client) => [
      client.createFunction({ id: "worn", retries: 2, triggers: { event: "go" } }, ({ step }) => step.run("s", () => (count("worn"), Promise.reject(new TypeError("always"))))),
      client.createFunction({ id: "outside", retries: 1, triggers: { event: "go" } }, () => (count("outside"), Promise.reject(new Error("no step")))),
      client.createFunction({ id: "final", triggers: { event: "go" } }, ({ step }) => step.run("s", () => (count("final"), Promise.reject(new NonRetriableError("never"))))),
      client.createFunction({ id: "final-outside", triggers: { event: "go" } }, () => (count("final-outside"), Promise.reject(new NonRetriableError("never so")))),
      client.createFunction({ id: "catches", retries: 0, triggers: { event: "go" } }, async ({ step }) => {
        const caught = await step.run("s", () => Promise.reject(new RangeError("deep"))).catch((error: Error) => error.message);
        return step.run("after", () => `caught ${caught}`);
      }),
    ], { retryDelays: [20] });
    await rig.client.send({ name: "go", data: {} });
    expect((await rig.until("worn", "failed"))[0]?.error).toMatchObject({ message: "always" });
    expect((await rig.until("outside", "failed"))[0]?.error).toMatchObject({ message: "no step" });
    expect((await rig.until("final", "failed"))[0]?.error).toMatchObject({ message: "never" });
    expect((await rig.until("final-outside", "failed"))[0]?.error).toMatchObject({ name: "NonRetriableError", message: "never so" });
    expect(await rig.output((await rig.until("catches", "completed"))[0])).toBe("caught deep");
    expect(tried).toEqual({ worn: 3, outside: 2, final: 1, "final-outside": 1 });
  });

  it("an error may name its own delay", async () => {
    const at: number[] = [];
    rig = await Rig.start((client) => [client.createFunction({ id: "later", triggers: { event: "go" } }, ({ step }) => step.run("s", () => {
      at.push(Date.now());
      if (at.length === 1) throw new RetryAfterError("later", 1000);
    }))]);
    await rig.client.send({ name: "go", data: {} });
    await rig.until("later", "completed");
    const [first = 0, second = 0] = at;
    expect(second - first).toBeGreaterThanOrEqual(990);
    expect(second - first).toBeLessThan(3000);
  });
});

describe("cron", () => {
  it("runs at each moment, in its time zone, with the timer's event", async () => {
    rig = await Rig.start((client) => [
      client.createFunction({ id: "tick", triggers: { cron: "* * * * * *" } }, ({ event }) => event),
      client.createFunction({ id: "morning", triggers: { cron: "TZ=Asia/Tokyo 30 9 * * *" } }, () => 1),
    ]);
    await vi.waitFor(async () => expect((await rig.runs("tick")).filter(({ status }) => status === "completed").length).toBeGreaterThanOrEqual(2), { timeout: 5000 });
    const runs = await rig.runs("tick");
    expect(await rig.output(runs[0])).toMatchObject({ name: "inngest/scheduled.timer", data: { cron: "* * * * * *" } });
    const { functions } = (await rig.api("functions")).body as { functions: { id: string; next: string }[] };
    expect(functions.find(({ id }) => id === "desk-morning")?.next).toMatch(/T00:30:00.000Z$/);
  });

  it("moments that passed while the executor was down are made up for by one run", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "yearly", triggers: { cron: "0 0 1 1 *" } }, ({ event }) => event.ts)]);
    await rig.stopJobs();
    const store = new Store(rig.dataDir);
    const missed = Date.now() - 3 * 365 * 86_400_000;
    store.run("UPDATE jobs SET due = ? WHERE kind = 'cron'", missed);
    store.close();
    await rig.startJobs();
    const [run] = await rig.until("yearly", "completed");
    expect(await rig.output(run)).toBe(missed);
    const { functions } = (await rig.api("functions")).body as { functions: { next: string }[] };
    expect(functions[0]?.next).toBe(`${new Date().getUTCFullYear() + 1}-01-01T00:00:00.000Z`);
    expect(await rig.runs("yearly")).toHaveLength(1);
  });
});
