import { afterEach, expect, it, vi } from "vitest";
import { Store } from "@/local/jobs/store.ts";
import { multiply } from "./many.ts";
import { Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

const median = (of: number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;

it("an event among 20,000 sleeping runs meets its own alone, and costs as among two", async () => {
  rig = await Rig.start((client) => [
    client.createFunction({ id: "waits", triggers: { event: "ask" } }, async ({ event, step }) => [event.data["n"], (await step.waitForEvent("answer", { event: "answer", match: "data.n", timeout: "30d" }))?.data["n"]]),
    client.createFunction({ id: "sleeps", triggers: { event: "clock" }, cancelOn: [{ event: "stop", match: "data.n" }] }, async ({ step }) => void (await step.sleep("long", "30d"))),
  ]);
  await rig.client.send([{ name: "ask", data: { n: 0 } }, { name: "clock", data: { n: 0 } }]);
  const soon = new Date(Date.now() + 86_400_000).toISOString();
  const runs = await vi.waitFor(async () => {
    const asleep = (await rig.runs()).filter(({ nextAt }) => (nextAt ?? "") > soon);
    expect(asleep).toHaveLength(2);
    return asleep;
  });
  const cost = async (from: number): Promise<number> => {
    const took: number[] = [];
    for (let n = from; n < from + 15; n++) {
      const start = performance.now();
      await rig.client.send([{ name: "answer", data: { n } }, { name: "stop", data: { n } }]);
      took.push(performance.now() - start);
    }
    return median(took);
  };
  const alone = await cost(1_000_000);
  await rig.stopJobs();
  const store = new Store(rig.dataDir);
  for (const run of runs) multiply(store, run.id, 10_000, 1);
  store.close();
  await rig.startJobs();
  const among = await cost(100);
  // Scanning, it took 300 ms and more; the disk alone makes a few of difference.
  expect(among).toBeLessThan(alone + 60);
  const answered = await rig.until("waits", "completed", 15);
  expect(await Promise.all(answered.map((run) => rig.output(run)))).toEqual(expect.arrayContaining(Array.from({ length: 15 }, (_, n) => [100 + n, 100 + n])));
  await rig.until("sleeps", "cancelled", 15);
  expect((await rig.api("numbers")).body["running"]).toBe(20_002 - 30);
}, 60_000);
