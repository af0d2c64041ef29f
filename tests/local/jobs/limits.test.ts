import { afterEach, describe, expect, it, vi } from "vitest";
import { Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

/** A step's work that stays inside until it is let go, and counts who is inside by key. */
class Gate {
  readonly inside: string[] = [];
  #waiting: (() => void)[] = [];

  enter(key: string): Promise<void> {
    this.inside.push(key);
    return new Promise((done) => this.#waiting.push(() => (this.inside.splice(this.inside.indexOf(key), 1), done())));
  }

  letGo(count = 1): void {
    for (const done of this.#waiting.splice(0, count)) done();
  }
}

describe("concurrency", () => {
  it("bounds the steps at work, whole and by key, and gives freed slots to those who waited longest", async () => {
    const whole = new Gate();
    const keyed = new Gate();
    const order: number[] = [];
    rig = await Rig.start((client) => [
      client.createFunction({ id: "whole", concurrency: 2, triggers: { event: "w" } }, ({ event, step }) => step.run("s", () => (order.push(Number(event.data["n"])), whole.enter("w")))),
      client.createFunction({ id: "keyed", concurrency: [{ limit: 1, key: "event.data.k" }, { limit: 3 }], triggers: { event: "k" } }, ({ event, step }) => step.run("s", () => keyed.enter(String(event.data["k"])))),
    ]);
    await rig.client.send([1, 2, 3, 4, 5].map((n) => ({ name: "w", data: { n } })));
    await vi.waitFor(() => expect(whole.inside).toHaveLength(2));
    await rig.client.send(["a", "a", "b"].map((k) => ({ name: "k", data: { k } })));
    await vi.waitFor(() => expect(keyed.inside.sort()).toEqual(["a", "b"]));
    expect(whole.inside).toHaveLength(2);
    keyed.letGo(2);
    await vi.waitFor(() => expect(keyed.inside).toEqual(["a"]));
    keyed.letGo();
    for (let left = 5; left > 0; left--) {
      await vi.waitFor(() => expect(whole.inside).toHaveLength(Math.min(2, left)));
      whole.letGo();
    }
    await rig.until("whole", "completed", 5);
    await rig.until("keyed", "completed", 3);
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  it("a sleeping run holds no slot", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "naps", concurrency: 1, triggers: { event: "go" } }, async ({ step }) => void (await step.sleep("nap", "1h")))]);
    await rig.client.send(Array.from({ length: 6 }, () => ({ name: "go", data: {} })));
    const soon = new Date(Date.now() + 60_000).toISOString();
    await vi.waitFor(async () => expect((await rig.runs("naps")).filter(({ nextAt }) => (nextAt ?? "") > soon)).toHaveLength(6), { timeout: 3000 });
  });
});

describe("runs that are kept apart", () => {
  it("debounce runs once after the last event of a key, with that event", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "calm", debounce: { period: "1s", key: "event.data.k" }, triggers: { event: "go" } }, ({ event }) => event.data)]);
    for (const n of [1, 2, 3]) await rig.client.send([{ name: "go", data: { k: "a", n } }, { name: "go", data: { k: "b", n } }]);
    expect(await rig.runs("calm")).toEqual([]);
    const runs = await rig.until("calm", "completed", 2);
    expect(await Promise.all(runs.map((run) => rig.output(run)))).toEqual(expect.arrayContaining([{ k: "a", n: 3 }, { k: "b", n: 3 }]));
    expect(await rig.runs("calm")).toHaveLength(2);
  });

  it("singleton skips, or cancels the run that goes on, by key", async () => {
    const gate = new Gate();
    rig = await Rig.start((client) => [
      client.createFunction({ id: "skip", singleton: { mode: "skip", key: "event.data.k" }, triggers: { event: "go" } }, ({ step }) => step.run("s", () => gate.enter("s"))),
      client.createFunction({ id: "newest", singleton: { mode: "cancel" }, triggers: { event: "go" } }, async ({ step }) => void (await step.sleep("s", "1h"))),
    ]);
    await rig.client.send(["a", "a", "b"].map((k) => ({ name: "go", data: { k } })));
    await vi.waitFor(() => expect(gate.inside).toHaveLength(2));
    expect(await rig.runs("skip")).toHaveLength(2);
    await rig.until("newest", "cancelled", 2);
    gate.letGo(2);
    await rig.until("skip", "completed", 2);
    await rig.client.send({ name: "go", data: { k: "a" } });
    await vi.waitFor(() => expect(gate.inside).toHaveLength(1));
    gate.letGo();
    await rig.until("skip", "completed", 3);
    await rig.until("newest", "running", 1);
  });

  it("an idempotency key runs once", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "pay", idempotency: "event.data.order + '-' + event.data.part", triggers: { event: "go" } }, ({ event }) => event.data)]);
    await rig.client.send([["a", "1"], ["a", "1"], ["a", "2"]].map(([order, part]) => ({ name: "go", data: { order, part } })));
    await rig.client.send({ name: "go", data: { order: "a", part: "2" } });
    await rig.until("pay", "completed", 2);
    expect(await rig.runs("pay")).toHaveLength(2);
  });
});

describe("operators", () => {
  it("see, cancel and replay runs, with the signing key only", async () => {
    let tries = 0;
    rig = await Rig.start((client) => [
      client.createFunction({ id: "flaky", retries: 0, triggers: { event: "go" } }, ({ step }) => step.run("s", () => (tries++ === 0 ? Promise.reject(new Error("first")) : "second"))),
      client.createFunction({ id: "long", triggers: { event: "go" } }, async ({ step }) => void (await step.sleep("nap", "1h"))),
    ]);
    await rig.client.send({ name: "go", data: { n: 1 } });
    const [failed] = await rig.until("flaky", "failed");
    expect(await rig.api("runs", "GET", "signkey-prod-00")).toMatchObject({ status: 401 });
    expect(await rig.api(`runs/${failed?.id}/replay`, "POST")).toMatchObject({ status: 201, body: { replayOf: failed?.id } });
    expect(await rig.output((await rig.until("flaky", "completed"))[0])).toBe("second");
    const [long] = await rig.until("long", "running");
    expect(await rig.api(`runs/${long?.id}/cancel`, "POST")).toMatchObject({ status: 200 });
    expect(await rig.api(`runs/${long?.id}/cancel`, "POST")).toMatchObject({ status: 409 });
    expect(await rig.api("runs/none/cancel", "POST")).toMatchObject({ status: 404 });
    expect(await rig.api("runs?limit=0")).toMatchObject({ status: 400 });
    const { runs, before } = (await rig.api("runs?limit=2")).body as { runs: { id: string }[]; before: string };
    const rest = (await rig.api(`runs?limit=2&before=${before}`)).body as { runs: { id: string }[] };
    expect(new Set([...runs, ...rest.runs].map(({ id }) => id)).size).toBe(3);
  });
});
