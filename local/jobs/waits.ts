import { cancelRun } from "./ends.ts";
import type { Executor, StoredEvent } from "./executor.ts";
import { expression, valueAt } from "./expression/expression.ts";
import { settle } from "./steps.ts";

type Wait = { run: string; step: string | null; event: string; when: string | null; trigger: unknown; since: number; until: number | null };
type WaitRow = { id: number; run: string; step: string | null; expression: string | null; trigger: string };

/**
 * Within a transaction: lets a run be resumed (step given) or cancelled (step null) by an event of a name, when the
 * expression over both holds. Throws ExpressionError. What the expression compares is the key of an index, so that an
 * arriving event meets its own runs only, however many others sleep.
 */
export function addWait({ store }: Executor, wait: Wait): void {
  const match = wait.when === null ? null : expression(wait.when).match;
  // Missing and null share a key, since one may equal the other; the expression decides.
  const value = match ? (valueAt(wait.trigger, match.event) ?? "null") : "";
  const path = match?.async ?? "";
  store.run("INSERT INTO waits (run, step, event, path, value, expression, since, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", wait.run, wait.step, wait.event, path, value, wait.when, wait.since, wait.until);
  store.run("INSERT OR IGNORE INTO wait_paths (event, path) VALUES (?, ?)", wait.event, path);
}

/** Within a transaction: an event meets the runs that wait for it. An event older than the one that started a run passes it by. */
export function meet(executor: Executor, event: StoredEvent, now: number): void {
  const { store } = executor;
  const paths = store.all<{ path: string }>("SELECT path FROM wait_paths WHERE event = ?", event.name);
  if (paths.length === 0) return;
  const read: unknown = JSON.parse(event.body);
  for (const { path } of paths) {
    const value = path === "" ? "" : (valueAt(read, path) ?? "null");
    const rows = store.all<WaitRow>(
      "SELECT waits.id, waits.run, waits.step, waits.expression, events.body AS trigger FROM waits JOIN runs ON runs.id = waits.run JOIN events ON events.id = runs.event WHERE waits.event = ? AND path = ? AND value = ? AND since <= ? AND (until IS NULL OR until > ?) ORDER BY waits.id",
      event.name, path, value, event.ts, now,
    );
    for (const row of rows) {
      if (row.expression !== null && !expression(row.expression).holds({ event: JSON.parse(row.trigger), async: read })) continue;
      // An earlier wait of this very event may have ended the run, and its waits with it.
      if (!store.get("SELECT 1 FROM waits WHERE id = ?", row.id)) continue;
      if (row.step === null) cancelRun(executor, row.run, `Cancelled by the event ${event.name}.`, now);
      else settle(executor, row.run, row.step, { data: event.body }, now);
    }
  }
}
