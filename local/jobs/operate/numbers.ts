import type { Executor } from "../executor.ts";
import { firstIdOf } from "../ulid.ts";
import { time } from "./shown.ts";

const day = 86_400_000;

/** Whether the executor keeps up: what is due and not yet done, how late it comes, and what was done of late. */
export function numbers({ store, pace, now: clock }: Executor): object {
  const now = clock();
  const count = (sql: string, ...values: (string | number)[]): number => store.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, ...values)?.n ?? 0;
  const first = (where: string): number => store.get<{ due: number }>(`SELECT due FROM jobs WHERE ${where} ORDER BY due, id LIMIT 1`)?.due ?? Infinity;
  const calls = "kind = 'call' AND leased = 0 AND blocked IS NULL";
  const timers = "kind <> 'call'";
  const [oldest, alarm] = [Math.min(first(calls), first(timers)), first(timers)];
  const lately = pace.lately(now);
  return {
    time: time(now),
    due: {
      waiting: count(`jobs WHERE ${calls} AND due <= ?`, now) + count(`jobs WHERE ${timers} AND due <= ?`, now),
      oldestMs: oldest <= now ? now - oldest : 0,
      // They wait for a free place under a concurrency limit, which is meant.
      blocked: count("jobs WHERE blocked IS NOT NULL"),
      calling: count("jobs WHERE leased = 1"),
    },
    nextTimerAt: alarm === Infinity ? null : time(alarm),
    running: count("runs WHERE status = 'running'"),
    failedInDay: count("runs WHERE status = 'failed' AND id >= ?", firstIdOf(now - day)),
    lately: { since: time(Math.max(pace.since, now - 15 * 60_000)), minutes: lately.minutes.map(({ at, ...each }) => ({ at: time(at), ...each })), jobs: lately.calls, delayP50Ms: lately.p50, delayP95Ms: lately.p95 },
    fileBytes: store.size(),
  };
}
