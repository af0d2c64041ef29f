import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Services } from "../support/running-desk.ts";

const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"]));

/** CPU time of a process so far, in milliseconds (utime and stime of /proc/PID/stat). */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000;
}

/** Proportional set size in MB, summed over the desk's processes. */
export function memoryMb(services: Services): number {
  const pss = (pid: number) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1]);
  return Object.values(services.pids).reduce((sum, pid) => sum + pss(pid), 0) / 1024;
}

export type Cost = { name: string; answering: number; after: number; p50: number; p95: number };

export const percentile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/**
 * CPU of app and database an operation, one in flight: `answering` until the answers, `after` for what follows
 * (relay, jobs, realtime, mail, routing; the local services' process included) until the desk is quiet again.
 */
export async function costOf(services: Services, name: string, times: number, run: (index: number) => Promise<unknown>): Promise<Cost> {
  const { app, mongodb, local } = services.pids as { app: number; mongodb: number; local: number };
  for (let index = 0; index < Math.min(30, times); index += 1) await run(-1 - index);
  await quiet(services);
  const before = { answering: cpuMs(app) + cpuMs(mongodb), all: cpuMs(app) + cpuMs(mongodb) + cpuMs(local) };
  const took: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const from = performance.now();
    await run(index);
    took.push(performance.now() - from);
  }
  const answering = (cpuMs(app) + cpuMs(mongodb) - before.answering) / times;
  await quiet(services);
  const all = (cpuMs(app) + cpuMs(mongodb) + cpuMs(local) - before.all) / times;
  took.sort((one, other) => one - other);
  return { name, answering, after: Math.max(0, all - answering), p50: percentile(took, 0.5), p95: percentile(took, 0.95) };
}

/** Waits until the desk's processes use less than 3 % of a core over half a second. */
export async function quiet({ pids }: Services): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    const before = Object.values(pids).reduce((sum, pid) => sum + cpuMs(pid), 0);
    await wait(500);
    if (Object.values(pids).reduce((sum, pid) => sum + cpuMs(pid), 0) - before <= 15) return;
  }
}
