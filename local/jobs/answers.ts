import { canonical } from "./canonical.ts";
import { backoff } from "./durations.ts";
import { completeRun, failRun } from "./ends.ts";
import type { Executor } from "./executor.ts";
import { failureOf, notSupported } from "./failure.ts";
import type { Failure } from "./failure.ts";
import { applyOp } from "./ops.ts";
import { goOn } from "./steps.ts";

export type Call = { id: number; run: string; step: string | null; attempt: number; generation: number };

/** What came back from a call: the SDK's answer, or why there is none though the app was reached. */
export type Answer = { status: number; body: string; noRetry: boolean; retryAfter: string | undefined; version: string | undefined } | { lost: string };

/**
 * Applies an answer in one transaction together with the deletion of its job. An answer to a job that is gone (its run
 * was cancelled) or that was given out again changes nothing.
 */
export function applyAnswer(executor: Executor, call: Call, maxAttempts: number, answer: Answer): void {
  const { store } = executor;
  const now = executor.now();
  store.write(() => {
    if (store.run("DELETE FROM jobs WHERE id = ? AND generation = ?", call.id, call.generation) === 0) return;
    if ("lost" in answer) return again(executor, call, maxAttempts, { name: "NoAnswer", message: answer.lost }, call.attempt === 0 ? 1000 : undefined, now);
    const delay = retryDelay(answer.retryAfter, now);
    if (answer.status === 200) return completeRun(executor, call.run, canonical(parsed(answer.body) ?? null), now);
    if (answer.status !== 206) {
      const failure = failureOf(parsed(answer.body) ?? answer.body);
      return answer.noRetry ? failRun(executor, call.run, failure, now) : again(executor, call, maxAttempts, failure, delay, now);
    }
    const ops = [parsed(answer.body)].flat();
    // Several steps at once: from here on the function must plan, so that none of them runs inside a discovery.
    const parallel = ops.length > 1 && ops.some(isPlan);
    if (parallel && answer.version === "1") return failRun(executor, call.run, notSupported("The local executor does not support optimizeParallelism: false."), now);
    if (parallel) store.run("UPDATE runs SET parallel = 1 WHERE id = ?", call.run);
    for (const op of ops) {
      const error = applyOp(executor, call, op, call.attempt + 1 >= maxAttempts, now);
      if (error) return again(executor, call, maxAttempts, error, delay, now);
    }
    goOn(executor, call.run, now);
  });
  executor.wake();
}

const isPlan = (op: unknown): boolean => ["StepPlanned", "Sleep", "WaitForEvent", "InvokeFunction"].includes((op as { op?: string } | undefined)?.op ?? "");

/** The same job once more after its delay, or the end of the run when that was the last attempt. */
function again(executor: Executor, call: Call, maxAttempts: number, failure: Failure, delay: number | undefined, now: number): void {
  if (call.attempt + 1 >= maxAttempts) return failRun(executor, call.run, failure, now);
  const due = now + (delay ?? backoff(executor.retryDelays, call.attempt));
  executor.store.run("INSERT INTO jobs (kind, run, step, due, attempt, detail) VALUES ('call', ?, ?, ?, ?, ?)", call.run, call.step, due, call.attempt + 1, canonical(failure));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The SDK always sends JSON; anything else is shown to the operator as it came.
    return undefined;
  }
}

function retryDelay(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const at = /^\d+$/.test(text) ? now + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
