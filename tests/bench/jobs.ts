/**
 * The local executor of jobs. Run: npm run bench -- jobs [speed|asleep|kills]
 * speed: from sending an event to its first step, and one-step runs a second. asleep: what an event costs among 20,000
 * sleeping runs, and their memory. kills: kill -9 of executor and app at 60 random moments under load.
 * Executor and app are processes of their own; events are sent by the official SDK.
 */
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Store } from "../../local/jobs/store.ts";
import { multiply } from "../local/jobs/many.ts";
import { killed, World } from "../local/jobs/world.ts";
import { cpuMs, percentile } from "./measure.ts";

const sentAt = () => performance.timeOrigin + performance.now();
const figures = (of: number[]): string => {
  const sorted = of.toSorted((a, b) => a - b);
  return `p50 ${percentile(sorted, 0.5).toFixed(1)} ms, p95 ${percentile(sorted, 0.95).toFixed(1)} ms`;
};
const megabytes = (pid: number | undefined): string => `${Math.round(Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1]) / 1024)} MB`;

async function delays(world: World): Promise<number[]> {
  world.app?.send("delays");
  return (await once(world.app as NonNullable<World["app"]>, "message"))[0] as number[];
}

const done = (world: World): number => [...world.effects().keys()].filter((key) => key.startsWith("one ")).length;

async function speed(world: World): Promise<void> {
  let n = 0;
  for (; n < 250; n += 1) {
    await world.send([{ name: "one", data: { n, sentAt: sentAt() } }]);
    await wait(15);
    if (n === 49) await delays(world); // the first ones warm up
  }
  console.log(`event → first step, one at a time: ${figures(await delays(world))}`);
  const count = 3000;
  const [from, cpu] = [performance.now(), cpuMs(world.executor?.pid ?? 0)];
  for (let sent = 0; sent < count; sent += 100, n += 100) await world.send(Array.from({ length: 100 }, (_, index) => ({ name: "one", data: { n: n + index, sentAt: sentAt() } })));
  while (done(world) < n) await wait(20);
  const seconds = (performance.now() - from) / 1000;
  console.log(`${count} one-step runs at once: ${(count / seconds).toFixed(0)} runs/s, ${((cpuMs(world.executor?.pid ?? 0) - cpu) / count).toFixed(2)} ms CPU of the executor a run`);
}

async function asleep(world: World): Promise<void> {
  const [each, asked] = [10_000, 300];
  await world.send([{ name: "ask", data: { n: 0 } }, { name: "clock", data: { n: 0 } }]);
  const sleeping = async () => ((await world.api("runs?status=running"))["runs"] as { id: string; functionId: string; stepsPending: number }[]).filter((run) => run.stepsPending > 0);
  while ((await sleeping()).length < 2) await wait(20);
  const runs = await sleeping();
  const empty = megabytes(world.executor?.pid);
  world.executor?.kill("SIGKILL");
  await once(world.executor as NonNullable<World["executor"]>, "exit");
  const store = new Store(world.jobsFolder);
  for (const run of runs) multiply(store, run.id, each, 1);
  store.close();
  await world.startExecutor();
  await wait(3000);
  // In turn, so that what else the disk has to do falls on each alike.
  const took: Record<string, number[]> = { nobody: [], answer: [], stop: [] };
  for (let n = 1; n <= asked; n += 1) {
    for (const [name, times] of Object.entries(took)) {
      const [data, start] = [{ n: n * 13 }, performance.now()];
      await world.client.send({ name, data });
      times.push(performance.now() - start);
      await wait(10);
    }
  }
  console.log(`among ${2 * each} sleeping runs, sending an event that nobody awaits: ${figures(took["nobody"] ?? [])}`);
  console.log(`  one that resumes a waiting run: ${figures(took["answer"] ?? [])}`);
  console.log(`  one that cancels a sleeping run: ${figures(took["stop"] ?? [])}`);
  const { running } = (await world.api("numbers")) as { running: number };
  console.log(`  left running: ${running} (expected ${2 * each + 2 - 2 * asked}); memory ${megabytes(world.executor?.pid)} (${empty} with two), file ${Math.round(statSync(join(world.jobsFolder, "jobs.sqlite")).size / 1e6)} MB`);
  for (const list of ["numbers", "functions", "runs", "events", "runs?q=nothing-like-it"]) {
    const start = performance.now();
    await world.api(list);
    console.log(`  operators ask for ${list}: ${(performance.now() - start).toFixed(0)} ms`);
  }
}

async function kills(world: World): Promise<void> {
  const { events, repeated, wrong } = await killed(world, 60, 6, 900);
  console.log(`60 kills under load: ${events} runs of 5 effects, a sleep and a wait each; ${wrong.length} effects lost or too many, ${repeated} done again before their answer was taken`);
  for (const line of wrong.slice(0, 10)) console.log(`  ${line}`);
  if (wrong.length > 0) process.exitCode = 1;
}

const parts = { speed, asleep, kills };
for (const [name, part] of Object.entries(parts)) {
  if (process.argv[2] !== undefined && process.argv[2] !== name) continue;
  const world = await World.start();
  try {
    await world.ready();
    await part(world);
  } finally {
    await world.close();
  }
}
