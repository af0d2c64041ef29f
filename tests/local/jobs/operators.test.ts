import { afterEach, describe, expect, it, vi } from "vitest";
import { Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

type Named = { id: string; functionId: string; status: string };
const list = async (query = "") => (await rig.api(`runs?${query}`)).body as unknown as { runs: Named[]; before: string | null };
const names = async (query: string) => (await list(query)).runs.map(({ functionId, status }) => `${functionId.replace("desk-", "")} ${status}`);

describe("operators", () => {
  it("see the failed runs first, filter by what they know, and page through all once", async () => {
    rig = await Rig.start((client) => [
      client.createFunction({ id: "ok", triggers: [{ event: "go" }, { event: "other" }] }, () => 1),
      client.createFunction({ id: "bad", retries: 0, triggers: { event: "go" } }, () => Promise.reject(new Error("The 100% Wrong one"))),
      client.createFunction({ id: "naps", triggers: { event: "go" } }, async ({ step }) => void (await step.sleep("s", "1h"))),
    ]);
    const { ids } = await rig.client.send([{ name: "go", data: { ticket: "Ticket-7" } }]);
    for (let n = 0; n < 6; n++) await rig.client.send({ name: "other", data: { n } });
    await rig.until("ok", "completed", 7);
    await rig.until("bad", "failed");
    expect((await names(""))[0]).toBe("bad failed");
    expect(await names("status=running")).toEqual(["naps running"]);
    expect((await names("event=go")).sort()).toEqual(["bad failed", "naps running", "ok completed"]);
    expect(await names("fn=desk-ok&event=go")).toEqual(["ok completed"]);
    expect(await names("q=ticket-7&status=completed")).toEqual(["ok completed"]);
    expect(await names("q=100%25%20wrong")).toEqual(["bad failed"]);
    expect(await names(`q=${ids[0]}`)).toHaveLength(3);
    expect(await names("q=nothing")).toEqual([]);
    const seen: string[] = [];
    for (let before: string | null = ""; before !== null;) {
      const page = await list(`limit=2${before ? `&before=${before}` : ""}`);
      seen.push(...page.runs.map(({ id }) => id));
      before = page.before;
    }
    expect([seen.length, new Set(seen).size]).toEqual([9, 9]);
    const { events, before } = (await rig.api("events?limit=6")).body as { events: { name: string; runs: Named[] }[]; before: string };
    expect(events.map((event) => `${event.name} ${event.runs.length}`)).toEqual(Array(6).fill("other 1"));
    expect((await rig.api(`events?limit=6&before=${before}`)).body).toMatchObject({ events: [{ name: "go", body: { data: { ticket: "Ticket-7" } }, runs: [{}, {}, {}] }], before: null });
    expect((await rig.api("events?name=go")).body["events"]).toHaveLength(1);
    expect((await rig.api("events?q=TICKET-7")).body["events"]).toHaveLength(1);
    expect(await rig.api("events?limit=no")).toMatchObject({ status: 400 });
  });

  it("see of a run each step: how long it worked, its attempts, what it waits for and until when; long results are cut", async () => {
    let tries = 0;
    rig = await Rig.start((client) => {
      const child = client.createFunction({ id: "child" }, async ({ step }) => void (await step.sleep("s", "1h")));
      return [child, client.createFunction({ id: "parent", triggers: { event: "go" } }, async ({ step }) => {
        await step.run("quick", () => new Promise((done) => setTimeout(done, 60)));
        await step.run("shaky", () => (tries++ < 2 ? Promise.reject(new Error("not yet")) : "x".repeat(5000)));
        await step.run("caught", () => Promise.reject(Object.assign(new Error("no"), { name: "NonRetriableError" }))).catch(() => null);
        await Promise.all([step.sleep("nap", "2h"), step.waitForEvent("answer", { event: "answered", if: "async.data.n > 3", timeout: "3h" }), step.invoke("call", { function: child })]);
      })];
    }, { retryDelays: [20] });
    await rig.client.send({ name: "go", data: {} });
    const [run] = await rig.until("parent", "running");
    const steps = await vi.waitFor(async () => {
      const found = (await rig.api(`runs/${run?.id}`)).body["steps"] as { name: string; startedAt: string; endedAt: string; dueAt: string }[];
      expect(found).toHaveLength(6);
      return found;
    }, { timeout: 5000 });
    const by = Object.fromEntries(steps.map((step) => [step.name, step]));
    expect(by["quick"]).toMatchObject({ kind: "StepRun", state: "data", attempts: 1, result: null });
    expect(Date.parse(by["quick"]?.endedAt ?? "") - Date.parse(by["quick"]?.startedAt ?? "")).toBeGreaterThanOrEqual(50);
    expect(by["shaky"]).toMatchObject({ attempts: 3, resultCut: true, result: expect.stringMatching(/^"x{1999}$/) });
    expect(by["caught"]).toMatchObject({ state: "error", result: { message: "no" } });
    expect(by["nap"]).toMatchObject({ kind: "Sleep", state: "pending", endedAt: null, waitsFor: null });
    expect(Date.parse(by["nap"]?.dueAt ?? "") - Date.now()).toBeGreaterThan(7_000_000);
    expect(by["answer"]).toMatchObject({ kind: "WaitForEvent", waitsFor: { event: "answered", if: "async.data.n > 3" } });
    const [child] = await rig.until("child", "running");
    expect(by["call"]).toMatchObject({ kind: "InvokeFunction", waitsFor: { function: "desk-child", run: child?.id } });
  });

  it("see whether it keeps up: what is due, how late it comes, what was done of late, the next timer", async () => {
    let at = Date.UTC(2032, 0, 1, 12, 0, 30);
    rig = await Rig.start((client) => [
      client.createFunction({ id: "ok", triggers: { event: "go" } }, () => 1),
      client.createFunction({ id: "bad", retries: 0, triggers: { event: "go" } }, () => Promise.reject(new Error("x"))),
      client.createFunction({ id: "daily", triggers: { cron: "0 13 * * *" } }, () => 1),
    ], { clock: () => at });
    const numbers = async () => (await rig.api("numbers")).body;
    await rig.client.send({ name: "go", data: {} });
    await rig.until("ok", "completed");
    await rig.until("bad", "failed");
    expect(await numbers()).toMatchObject({ app: "reached", due: { waiting: 0, oldestMs: 0, blocked: 0, calling: 0 }, running: 0, failedInDay: 1, nextTimerAt: "2032-01-01T13:00:00.000Z", lately: { jobs: 2, delayP50Ms: 0 } });
    const { minutes } = (await numbers())["lately"] as { minutes: object[] };
    expect(minutes).toHaveLength(15);
    expect(minutes.at(-1)).toEqual({ at: "2032-01-01T12:00:00.000Z", started: 2, ended: 2, failed: 1 });
    await rig.stopApp();
    await rig.client.send([{ name: "go", data: {} }]);
    await vi.waitFor(async () => expect(await numbers()).toMatchObject({ app: "away" }));
    at += 90_000;
    expect(await numbers()).toMatchObject({ due: { waiting: 2, oldestMs: 90_000 }, running: 2 });
    await rig.listen();
    rig.useApp();
    await rig.until("ok", "completed", 2);
    await rig.until("bad", "failed", 2);
    expect(await numbers()).toMatchObject({ due: { waiting: 0, oldestMs: 0 }, lately: { delayP95Ms: 90_000 }, failedInDay: 2 });
    const { functions } = (await rig.api("functions")).body as { functions: object[] };
    expect(functions).toEqual(expect.arrayContaining([
      expect.objectContaining({ id: "desk-bad", running: 0, sleeping: 0, failedInDay: 2, completedInDay: 0, triggers: [{ event: "go", when: null }] }),
      expect.objectContaining({ id: "desk-daily", crons: ["0 13 * * *"], next: "2032-01-01T13:00:00.000Z" }),
    ]));
  });
});
