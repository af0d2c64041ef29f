import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

const hour = 3_600_000;
const day = 24 * hour;

describe("a clock that is set", () => {
  it("forward: every timer that has become due comes at once, and calls keep their signature", async () => {
    let offset = 0;
    const clock = () => Date.now() + offset;
    rig = await Rig.start((client) => [
      client.createFunction({ id: "sleeps", triggers: { event: "go" } }, async ({ step }) => {
        await step.sleep("six days", "6d");
        return "woke";
      }),
      client.createFunction({ id: "waits", triggers: { event: "go" } }, ({ step }) => step.waitForEvent("answer", { event: "never", timeout: "5d" })),
      client.createFunction({ id: "calm", debounce: { period: "2d" }, triggers: { event: "go" } }, () => "calm"),
      client.createFunction({ id: "shaky", triggers: { event: "go" } }, ({ attempt }) => (attempt === 0 ? Promise.reject(new Error("not yet")) : attempt)),
      client.createFunction({ id: "later", triggers: { event: "go" } }, async ({ step }) => void (await step.sleep("eight days", "8d"))),
    ], { clock, retryDelays: [3 * day] });
    await rig.client.send({ name: "go", data: {} });
    await vi.waitFor(async () => expect((await rig.runs()).filter(({ nextAt }) => Date.parse(nextAt ?? "") > clock() + day)).toHaveLength(4));
    offset = 7 * day;
    for (const fn of ["sleeps", "waits", "calm", "shaky"]) await rig.until(fn, "completed", 1, 1500);
    expect(await rig.runs("later")).toMatchObject([{ status: "running", nextAt: expect.any(String) }]);
  });

  it("forward: a day later an event's id counts anew", async () => {
    let offset = 0;
    rig = await Rig.start((client) => [client.createFunction({ id: "once", triggers: { event: "go" } }, () => 1)], { clock: () => Date.now() + offset });
    const send = () => rig.client.send({ id: "same", name: "go", data: {} });
    await send();
    offset = 23 * hour;
    await send();
    offset = 25 * hour;
    await send();
    expect(await rig.until("once", "completed", 2)).toHaveLength(2);
    expect(await rig.runs("once")).toHaveLength(2);
  });

  it("back: no moment of a schedule comes twice, what was at work goes on, and sleepers keep their moment", async () => {
    let at = Date.UTC(2030, 0, 1, 11, 59, 59);
    rig = await Rig.start((client) => [
      client.createFunction({ id: "noon", triggers: { cron: "0 * * * *" } }, ({ event }) => event.ts),
      client.createFunction({ id: "steps", triggers: { event: "go" } }, async ({ event, step }) => {
        await step.run("a", () => (at -= Number(event.data["back"])));
        await step.run("b", () => 1);
        return "through";
      }),
      client.createFunction({ id: "sleeps", triggers: { event: "go" } }, ({ step }) => step.sleepUntil("until", new Date(Date.UTC(2030, 0, 1, 12, 30)))),
    ], { clock: () => at });
    at += 2000;
    const [first] = await rig.until("noon", "completed");
    expect(await rig.output(first)).toBe(Date.UTC(2030, 0, 1, 12));
    await rig.client.send({ name: "go", data: { back: 3 * hour } });
    await rig.until("steps", "completed");
    at = Date.UTC(2030, 0, 1, 12, 29);
    await rig.client.send({ name: "go", data: { back: 0 } });
    await rig.until("steps", "completed", 2);
    expect(await rig.runs("noon")).toHaveLength(1);
    expect(await rig.until("sleeps", "running", 2)).toHaveLength(2);
    at = Date.UTC(2030, 0, 1, 13);
    await rig.until("sleeps", "completed", 2);
    expect(await rig.output((await rig.until("noon", "completed", 2))[0])).toBe(Date.UTC(2030, 0, 1, 13));
  });

  it("back while the executor is down: what was due at once is called after the boot", async () => {
    let at = Date.now();
    rig = await Rig.start((client) => [client.createFunction({ id: "any", triggers: { event: "go" } }, () => 1)], { clock: () => at });
    await rig.stopApp();
    await rig.client.send({ name: "go", data: {} });
    await rig.stopJobs();
    at -= day;
    await rig.listen();
    await rig.startJobs({ clock: () => at });
    rig.useApp();
    await rig.until("any", "completed");
  });

  it("by a file, through the operators' door, which is there only then", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "sleeps", triggers: { event: "go" } }, ({ step }) => step.sleep("a week", "7d"))]);
    expect(await rig.api("clock", "POST")).toMatchObject({ status: 404 });
    await rig.stopJobs();
    await rig.startJobs({ clockFile: join(rig.dataDir, "clock") });
    await rig.client.send({ name: "go", data: {} });
    await vi.waitFor(async () => expect(Date.parse((await rig.runs())[0]?.nextAt ?? "")).toBeGreaterThan(Date.now() + day));
    expect(await rig.api("clock", "POST", undefined, { offsetMs: "much" })).toMatchObject({ status: 400 });
    const { body } = await rig.api("clock", "POST", undefined, { offsetMs: 8 * day });
    expect(Number(body["now"]) - Date.now()).toBeGreaterThan(7 * day);
    await rig.until("sleeps", "completed", 1, 1000);
  });
});
