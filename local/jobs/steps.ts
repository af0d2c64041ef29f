import type { Executor } from "./executor.ts";
import { limits } from "./executor.ts";
import { failRun } from "./ends.ts";

/** A step's end: the canonical JSON of its result or of its error. */
export type Result = { data: string } | { error: string };
/** `detail`: what it waits for, for operators. `began` and `attempts`: of its work, when that is known. */
export type Step = { run: string; id: string; op: string; name: string; detail?: object; began?: number; attempts?: number };

/** Within a transaction: notes a step that was found and is not done. False when the run knows it already. */
export function plan({ store }: Executor, step: Step, now: number): boolean {
  if (store.run("INSERT OR IGNORE INTO steps (run, id, op, name, state, at, detail) VALUES (?, ?, ?, ?, 'pending', ?, ?)", step.run, step.id, step.op, step.name, now, step.detail ? JSON.stringify(step.detail) : null) === 0) return false;
  store.run("UPDATE runs SET pending = pending + 1 WHERE id = ?", step.run);
  return true;
}

/** Within a transaction: notes a step with its result. A step that is done already keeps its first result. */
export function complete(executor: Executor, step: Step, result: Result, now: number): void {
  const { store } = executor;
  const [state, json] = "data" in result ? ["data", result.data] : ["error", result.error];
  const size = Buffer.byteLength(json);
  const known = store.get<{ state: string }>("SELECT state FROM steps WHERE run = ? AND id = ?", step.run, step.id);
  if (known && known.state !== "pending") return;
  const run = store.get<{ done: number; size: number }>("SELECT done, size FROM runs WHERE id = ?", step.run);
  if (!run) return;
  if (size > limits.step || run.size + size > limits.state || run.done >= limits.steps) {
    failRun(executor, step.run, { name: "TooLarge", message: `A run holds up to ${limits.steps} steps, ${limits.step} bytes a result and ${limits.state} bytes together; the step "${step.name}" goes beyond.` }, now);
    return;
  }
  store.run(
    "INSERT INTO steps (run, id, op, name, state, place, json, at, began, attempts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run, id) DO UPDATE SET state = excluded.state, place = excluded.place, json = excluded.json, began = coalesce(excluded.began, steps.at), attempts = excluded.attempts, at = excluded.at",
    step.run, step.id, step.op, step.name, state ?? "data", run.done, json, now, step.began ?? null, step.attempts ?? null,
  );
  store.run("UPDATE runs SET done = done + 1, size = size + ?, pending = pending - ? WHERE id = ?", size, known ? 1 : 0, step.run);
}

/** Within a transaction: ends a step that waited (sleep, event, invocation) and lets the run go on when it was the last. */
export function settle(executor: Executor, run: string, step: string, result: Result, now: number): void {
  const { store } = executor;
  const known = store.get<{ op: string; name: string }>("SELECT op, name FROM steps WHERE run = ? AND id = ? AND state = 'pending'", run, step);
  if (!known) return;
  store.run("DELETE FROM waits WHERE run = ? AND step = ?", run, step);
  store.run("DELETE FROM jobs WHERE run = ? AND step = ?", run, step);
  complete(executor, { run, id: step, ...known }, result, now);
  goOn(executor, run, now);
}

/** Within a transaction: asks the function for its next steps once nothing that was found is left to do. */
export function goOn({ store }: Executor, run: string, now: number): void {
  if (!store.get("SELECT 1 FROM runs WHERE id = ? AND status = 'running' AND pending = 0", run)) return;
  store.run("INSERT INTO jobs (kind, run, due) VALUES ('call', ?, ?)", run, now);
}
