import { canonical } from "./canonical.ts";
import { publish } from "./events.ts";
import type { Executor, StoredEvent } from "./executor.ts";
import { nextOf } from "./spec.ts";
import { startRun } from "./starts.ts";
import { settle } from "./steps.ts";
import { ulid } from "./ulid.ts";

export type Timer = { id: number; kind: string; run: string | null; step: string | null; fn: string | null; detail: string | null; due: number };

/** Within a transaction: does what a due timer stands for, and removes it or moves it to its next moment. */
export function ring(executor: Executor, timer: Timer, now: number): void {
  const { store } = executor;
  if (timer.kind === "cron") return tick(executor, timer, now);
  // An earlier timer of the same transaction may have ended the run, and its timers with it.
  if (store.run("DELETE FROM jobs WHERE id = ?", timer.id) === 0) return;
  if (timer.kind === "debounce") return calm(executor, timer.fn ?? "", timer.detail ?? "", now);
  const result = timer.kind === "invoke" ? { error: canonical({ name: "InvokeTimeoutError", message: "The invoked function did not end in time." }) } : { data: "null" };
  settle(executor, timer.run ?? "", timer.step ?? "", result, now);
}

/** A cron run. Moments that passed while the executor was down are made up for by one run, not by one each. */
function tick(executor: Executor, timer: Timer, now: number): void {
  const { store, functions } = executor;
  const cron = timer.detail ?? "";
  const next = nextOf(cron, new Date(now));
  if (next) store.run("UPDATE jobs SET due = ? WHERE id = ?", next.getTime(), timer.id);
  else store.run("DELETE FROM jobs WHERE id = ?", timer.id);
  const spec = functions.get(timer.fn ?? "");
  if (!spec?.active) return;
  const event = { id: ulid(now), name: "inngest/scheduled.timer", ts: timer.due };
  const stored = { ...event, body: canonical({ ...event, data: { cron } }) };
  publish(executor, stored, now);
  startRun(executor, spec, stored, now);
}

function calm(executor: Executor, fn: string, key: string, now: number): void {
  const { store, functions } = executor;
  const event = store.get<StoredEvent>("SELECT id, name, ts, body FROM events WHERE id = (SELECT event FROM debounces WHERE fn = ? AND key = ?)", fn, key);
  store.run("DELETE FROM debounces WHERE fn = ? AND key = ?", fn, key);
  const spec = functions.get(fn);
  // The run of a function that is gone waits for its return.
  if (event && spec) startRun(executor, spec, event, now);
}
