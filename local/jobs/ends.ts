import { canonical } from "./canonical.ts";
import { publish } from "./events.ts";
import type { Executor } from "./executor.ts";
import type { Failure } from "./failure.ts";
import { passOn } from "./slots.ts";
import { settle } from "./steps.ts";
import { ulid } from "./ulid.ts";

type RunRow = { fn: string; slots: string; parent_run: string | null; parent_step: string | null; trigger: string; trigger_name: string };

/** Within a transaction: ends a run with its result, canonical JSON. Nothing happens to a run that has ended. */
export function completeRun(executor: Executor, id: string, output: string, now: number): void {
  end(executor, id, "completed", { output }, now);
}

/** Within a transaction: ends a run as failed, which calls its onFailure. */
export function failRun(executor: Executor, id: string, error: Failure, now: number): void {
  end(executor, id, "failed", { error: canonical(error) }, now);
}

/** Within a transaction: ends a run that is running; a call in flight is left to end, and what it answers is dropped. False when it had ended. */
export function cancelRun(executor: Executor, id: string, why: string, now: number): boolean {
  return end(executor, id, "cancelled", { error: canonical({ name: "Cancelled", message: why }) }, now);
}

type End = { output: string } | { error: string };

function end(executor: Executor, id: string, status: "completed" | "failed" | "cancelled", how: End, now: number): boolean {
  const { store } = executor;
  const [column, json] = "output" in how ? ["output", how.output] : ["error", how.error];
  if (store.run(`UPDATE runs SET status = ?, ended = ?, pending = 0, ${column} = ? WHERE id = ? AND status = 'running'`, status, now, json ?? null, id) === 0) return false;
  store.run("DELETE FROM jobs WHERE run = ?", id);
  store.run("DELETE FROM waits WHERE run = ?", id);
  const run = store.get<RunRow>("SELECT fn, slots, parent_run, parent_step, events.body AS trigger, events.name AS trigger_name FROM runs JOIN events ON events.id = runs.event WHERE runs.id = ?", id);
  if (!run) return true;
  executor.pace.ended(now, status);
  passOn(store, run.slots);
  if (run.parent_run && run.parent_step) settle(executor, run.parent_run, run.parent_step, "output" in how ? { data: how.output } : { error: how.error }, now);
  tell(executor, id, run, status, how, now);
  return true;
}

/** The executor's own events, kept only when somebody listens. What they start tells nothing of its own end, so no circle closes. */
function tell(executor: Executor, id: string, run: RunRow, status: string, how: End, now: number): void {
  if (["inngest/function.finished", "inngest/function.failed", "inngest/function.cancelled"].includes(run.trigger_name)) return;
  const outcome = "output" in how ? `"result":${how.output}` : `"error":${how.error}`;
  const names = status === "completed" ? ["finished"] : status === "failed" ? ["finished", "failed"] : ["cancelled"];
  for (const name of names.map((word) => `inngest/function.${word}`)) {
    const heard = executor.functions.triggeredBy(name).length > 0 || executor.store.get("SELECT 1 FROM wait_paths WHERE event = ?", name);
    if (!heard) continue;
    const event = ulid(now);
    const data = `{${"output" in how ? "" : `${outcome},`}"event":${run.trigger},"function_id":${JSON.stringify(run.fn)}${"output" in how ? `,${outcome}` : ""},"run_id":${JSON.stringify(id)}}`;
    publish(executor, { id: event, name, ts: now, body: `{"data":${data},"id":${JSON.stringify(event)},"name":${JSON.stringify(name)},"ts":${now}}` }, now);
  }
}
