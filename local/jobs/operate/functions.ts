import type { Executor } from "../executor.ts";
import { firstIdOf } from "../ulid.ts";
import { time } from "./shown.ts";

const day = 86_400_000;

/** Every function ever registered: its triggers, whether the app still has it, and how its runs are. */
export function functionList({ functions, store, now }: Executor): object[] {
  const counted = (sql: string, ...values: string[]): Map<string, number> => new Map(store.all<{ fn: string; n: number }>(sql, ...values).map(({ fn, n }) => [fn, n]));
  const running = counted("SELECT fn, count(*) AS n FROM runs WHERE status = 'running' GROUP BY fn");
  // At work or about to be: all other running ones sleep or wait.
  const busy = counted("SELECT runs.fn, count(DISTINCT runs.id) AS n FROM jobs JOIN runs ON runs.id = jobs.run WHERE jobs.kind = 'call' GROUP BY runs.fn");
  const since = firstIdOf(now() - day);
  const ended = (status: string): Map<string, number> => counted("SELECT fn, count(*) AS n FROM runs WHERE status = ? AND id >= ? GROUP BY fn", status, since);
  const [failed, completed] = [ended("failed"), ended("completed")];
  return functions.all().map(({ id, name, active, triggers, crons, maxAttempts, refusal }) => ({
    id, name, active, triggers, crons, maxAttempts, refusal,
    next: time(store.get<{ due: number | null }>("SELECT min(due) AS due FROM jobs WHERE fn = ? AND kind = 'cron'", id)?.due),
    running: running.get(id) ?? 0, sleeping: (running.get(id) ?? 0) - (busy.get(id) ?? 0), failedInDay: failed.get(id) ?? 0, completedInDay: completed.get(id) ?? 0,
  }));
}
