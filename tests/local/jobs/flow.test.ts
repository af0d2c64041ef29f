import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bothWays, Rig, way } from "./rig.ts";
import type { Run } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

/** Waits until a run has gone to sleep or waits for something. */
const asleep = (fn: string, count = 1): Promise<Run[]> => vi.waitFor(async () => {
  const runs = await rig.runs(fn);
  const waiting = await Promise.all(runs.map(async ({ id }) => ((await rig.api(`runs/${id}`)).body["jobs"] as { kind: string }[]).some(({ kind }) => kind !== "call")));
  expect(waiting.filter(Boolean)).toHaveLength(count);
  return runs;
}, { timeout: 5000, interval: 15 });

describe.each(bothWays)("%s:", (_name, checkpointing) => {
beforeEach(() => void (way.checkpointing = checkpointing));
afterEach(() => void (way.checkpointing = true));

describe("cancelOn", () => {
  const sleeper = (): Promise<Rig> => Rig.start((client) => [client.createFunction({ id: "sla", triggers: { event: "clock" }, cancelOn: [{ event: "answered", match: "data.ticket" }, { event: "closed", if: "event.data.ticket == async.data.ticket && async.data.final == true" }] }, async ({ step }) => {
    await step.sleep("wait", "1h");
    return step.run("breach", () => 1);
  })]);

  it("cancels the runs of the same value only, and a condition must hold", async () => {
    rig = await sleeper();
    await rig.client.send(["a", "b", "c"].map((ticket) => ({ name: "clock", data: { ticket } })));
    await asleep("sla", 3);
    await rig.client.send([{ name: "answered", data: { ticket: "b" } }, { name: "answered", data: { ticket: "z" } }, { name: "answered", data: {} }, { name: "closed", data: { ticket: "a", final: false } }, { name: "closed", data: { ticket: "c", final: true } }]);
    const cancelled = await rig.until("sla", "cancelled", 2);
    const tickets = await Promise.all(cancelled.map(async ({ id }) => ((await rig.api(`runs/${id}`)).body["event"] as { data: { ticket: string } }).data.ticket));
    expect(tickets.sort()).toEqual(["b", "c"]);
    expect((await rig.runs("sla")).filter(({ status }) => status === "running")).toHaveLength(1);
  });

  it("an event older than the one that started a run passes it by", async () => {
    rig = await sleeper();
    const now = Date.now();
    await rig.client.send({ name: "clock", ts: now, data: { ticket: "a" } });
    await asleep("sla");
    await rig.client.send({ name: "answered", ts: now - 1000, data: { ticket: "a" } });
    expect((await rig.runs("sla"))[0]?.status).toBe("running");
    await rig.client.send({ name: "answered", ts: now + 1000, data: { ticket: "a" } });
    await rig.until("sla", "cancelled");
  });

  it("a function that its own trigger cancels leaves one run, the newest", async () => {
    rig = await Rig.start((client) => [
      client.createFunction({ id: "clock", triggers: { event: "clock.changed" }, cancelOn: [{ event: "clock.changed", match: "data.ticket" }] }, async ({ event, step }) => {
        await step.sleepUntil("due", new Date(Number(event.data["due"])));
        return event.data["version"];
      }),
      client.createFunction({ id: "watch", triggers: { event: "inngest/function.cancelled" } }, ({ event }) => (event.data as { function_id: string }).function_id),
    ]);
    const due = Date.now() + 700;
    for (const version of [1, 2, 3]) await rig.client.send({ name: "clock.changed", data: { ticket: "a", version, due } });
    const [run] = await rig.until("clock", "completed");
    expect(await rig.output(run)).toBe(3);
    expect(await rig.until("clock", "cancelled", 2)).toHaveLength(2);
    expect(await rig.output((await rig.until("watch", "completed", 2))[0])).toBe("desk-clock");
  });

  it("a call in flight of a cancelled run has no effect on it", async () => {
    let release = (): void => undefined;
    const entered = vi.fn();
    rig = await Rig.start((client) => [client.createFunction({ id: "busy", triggers: { event: "go" }, cancelOn: [{ event: "stop" }] }, async ({ step }) => {
      await step.run("long", () => new Promise<void>((done) => (entered(), (release = done))));
      return step.run("never", () => "reached");
    })]);
    await rig.client.send({ name: "go", data: {} });
    await vi.waitFor(() => expect(entered).toHaveBeenCalledOnce());
    await rig.client.send({ name: "stop", data: {} });
    await rig.until("busy", "cancelled");
    release();
    await rig.client.send({ name: "go", data: {} });
    await vi.waitFor(() => expect(entered).toHaveBeenCalledTimes(2));
    release();
    await rig.until("busy", "completed");
    expect((await rig.until("busy", "cancelled"))[0]?.stepsDone).toBe(0);
  });
});

describe("waitForEvent", () => {
  it("goes on with the event that matches, and with null when none came in time", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "wait", triggers: { event: "asked" } }, async ({ event, step }) => {
      const answer = await step.waitForEvent("answer", { event: "answered", match: "data.ticket", timeout: event.data["patience"] as string });
      return answer && answer.data;
    })]);
    await rig.client.send([{ name: "asked", data: { ticket: 1, patience: "1h" } }, { name: "asked", data: { ticket: 2, patience: "1s" } }]);
    await asleep("wait", 2);
    await rig.client.send([{ name: "answered", data: { ticket: 3 } }, { name: "answered", data: { ticket: 1, text: "yes" } }]);
    const [hit] = await rig.until("wait", "completed", 1);
    expect(await rig.output(hit)).toEqual({ ticket: 1, text: "yes" });
    const [missed] = await rig.until("wait", "completed", 2);
    expect(await rig.output(missed)).toBeNull();
  });
});

describe("ends", () => {
  it("onFailure runs once, with the error and the event; watchers of failed and finished hear it", async () => {
    const failures: unknown[] = [];
    rig = await Rig.start((client) => [
      client.createFunction({ id: "bad", retries: 1, triggers: { event: "go" }, onFailure: ({ error, event }: { error: Error; event: { data: { function_id: string; event: { data: unknown } } } }) => void failures.push([error.message, event.data.event.data, event.data.function_id]) }, ({ step }) => step.run("s", () => Promise.reject(new Error("broken")))),
      client.createFunction({ id: "finished", triggers: { event: "inngest/function.finished" } }, ({ event }) => event.data),
    ], { retryDelays: [20] });
    await rig.client.send({ name: "go", data: { n: 7 } });
    const [heard] = await rig.until("finished", "completed", 1);
    await rig.until("bad-failure", "completed");
    expect(failures).toEqual([["broken", { n: 7 }, "desk-bad"]]);
    expect(await rig.output(heard)).toMatchObject({ function_id: "desk-bad", error: { message: "broken" } });
    expect(await rig.runs("finished")).toHaveLength(1);
  });

  it("an invoked function's result, or its failure, comes to the caller", async () => {
    rig = await Rig.start((client) => {
      const twice = client.createFunction({ id: "twice", retries: 0 }, ({ event }) => {
        const { n } = event.data as { n: number };
        if (n === 13) throw new Error("unlucky");
        return n * 2;
      });
      const caller = client.createFunction({ id: "caller", retries: 0, triggers: { event: "go" } }, async ({ step }) => [
        await step.invoke("good", { function: twice, data: { n: 4 } }),
        await step.invoke("bad", { function: twice, data: { n: 13 } }).catch((error: Error) => error.message),
      ]);
      return [twice, caller];
    });
    await rig.client.send({ name: "go", data: {} });
    expect(await rig.output((await rig.until("caller", "completed"))[0])).toEqual([8, "unlucky"]);
  });
});
});

describe("what is not supported", () => {
  it("is said at registration and fails its runs, and does not touch other functions", async () => {
    rig = await Rig.start((client) => [
      client.createFunction({ id: "fine", triggers: { event: "go" } }, () => "fine"),
      client.createFunction({ id: "slow", triggers: { event: "go" }, throttle: { limit: 1, period: "1m" } }, () => 1),
      client.createFunction({ id: "signal", triggers: { event: "go" } }, ({ step }) => step.waitForSignal("s", { signal: "x", timeout: "1m" })),
      client.createFunction({ id: "odd", triggers: { event: "go", if: "event.data.x.matchesAll('a')" } }, () => 1),
    ]);
    const answer = await fetch(`http://127.0.0.1:${rig.appPort}/api/inngest`, { method: "PUT" });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message: expect.stringMatching(/desk-slow: .*throttle.*desk-odd: .*matchesAll/) });
    expect(rig.said).toEqual([expect.stringContaining("throttle")]);
    await rig.client.send({ name: "go", data: {} });
    await rig.until("fine", "completed");
    expect((await rig.until("slow", "failed"))[0]?.error).toEqual({ name: "NotSupported", message: expect.stringContaining("throttle") });
    expect((await rig.until("signal", "failed"))[0]?.error?.message).toContain("WaitForSignal");
    expect((await rig.until("odd", "failed"))[0]?.error?.message).toContain("matchesAll");
  });

  it("ends the run at once: nothing planned beside it runs", async () => {
    const ran = vi.fn();
    rig = await Rig.start((client) => [
      client.createFunction({ id: "beside", triggers: { event: "go" } }, ({ step }) => Promise.all([step.waitForSignal("s", { signal: "x", timeout: "1m" }), step.run("r", ran)])),
      client.createFunction({ id: "race", triggers: { event: "go" } }, ({ group, step }) => group.parallel(() => Promise.race([step.run("a", ran), step.run("b", ran)]))),
      client.createFunction({ id: "each", optimizeParallelism: false, triggers: { event: "go" } }, ({ step }) => Promise.all([step.run("a", ran), step.run("b", ran)])),
      client.createFunction({ id: "signal", retries: 0, triggers: { event: "go" } }, ({ step }) => step.sendSignal("s", { signal: "x" })),
    ]);
    await rig.client.send({ name: "go", data: {} });
    expect((await rig.until("beside", "failed"))[0]?.error?.message).toContain("WaitForSignal");
    expect((await rig.until("race", "failed"))[0]?.error?.message).toContain("race");
    expect((await rig.until("each", "failed"))[0]?.error?.message).toContain("optimizeParallelism");
    expect((await rig.until("signal", "failed"))[0]?.error?.message).toContain("does not support /v1/signals");
    expect(ran).not.toHaveBeenCalled();
  });
});
