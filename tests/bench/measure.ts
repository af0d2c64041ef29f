import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Services } from "../support/running-desk.ts";

/** CPU time of a process so far, in milliseconds: the nanoseconds of each of its threads (/proc/PID/task/TID/schedstat). */
export function cpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce((sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]), 0) / 1e6;
}

/** Proportional set size in MB, of each of the desk's processes. */
export function memoryMb(services: Services): Record<string, number> {
  const pss = (pid: number) => Math.round(Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1]) / 1024);
  const each = Object.fromEntries(Object.entries(services.pids).map(([name, pid]) => [name, pss(pid)]));
  return { ...each, all: Object.values(each).reduce((sum, mb) => sum + mb, 0) };
}

export type Cost = { name: string; answering: number; after: number; p50: number; p95: number };

export const percentile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * CPU an operation, each on an idle desk: `answering` is app and database until the answer; `after` is what
 * follows it (relay, jobs, realtime, mail, routing; the local services' process included) until the desk is quiet.
 */
export async function costOf(services: Services, name: string, times: number, run: (index: number) => Promise<unknown>): Promise<Cost> {
  const { app, mongodb, local } = services.pids as { app: number; mongodb: number; local: number };
  const front = () => cpuMs(app) + cpuMs(mongodb);
  for (let index = 0; index < 40; index += 1) await run(-1 - index);
  const [answering, after, took]: [number[], number[], number[]] = [[], [], []];
  for (let index = 0; index < times; index += 1) {
    await quiet(services);
    const [before, aside, from] = [front(), cpuMs(local), performance.now()];
    await run(index);
    took.push(performance.now() - from);
    const answered = front();
    await quiet(services);
    answering.push(answered - before);
    after.push(front() - answered + cpuMs(local) - aside);
  }
  took.sort((one, other) => one - other);
  return { name, answering: mean(answering), after: mean(after), p50: percentile(took, 0.5), p95: percentile(took, 0.95) };
}

/** Waits until the desk's processes use less than a millisecond over two windows of 25 ms each. */
export async function quiet({ pids }: Services): Promise<void> {
  const all = () => Object.values(pids).reduce((sum, pid) => sum + cpuMs(pid), 0);
  let [calm, last] = [0, all()];
  for (let tries = 0; tries < 400 && calm < 2; tries += 1) {
    await wait(25);
    const now = all();
    calm = now - last < 1 ? calm + 1 : 0;
    last = now;
  }
}
