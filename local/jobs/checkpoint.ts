import { z } from "zod";
import type { Call } from "./answers.ts";
import type { Executor } from "./executor.ts";
import { applyOp } from "./ops.ts";

const Checkpoint = z.looseObject({ qi_id: z.string(), generation_id: z.number().optional(), steps: z.array(z.unknown()) });

/**
 * Takes the results of steps that the SDK reports in the middle of a call (SDK 4 does so by default). False when the
 * call is stale: its run has ended, or its job was given out again; the SDK then stops. Throws a ZodError for anything
 * that is no checkpoint.
 */
export function applyCheckpoint(executor: Executor, run: string, sent: unknown): boolean {
  const { qi_id: id, generation_id: generation, steps } = Checkpoint.parse(sent);
  const { store } = executor;
  const now = executor.now();
  const fresh = store.write(() => {
    const call = store.get<Call>("SELECT id, run, step, attempt, generation FROM jobs WHERE id = ? AND run = ? AND kind = 'call'", Number(id), run);
    if (!call || (generation !== undefined && generation !== call.generation)) return false;
    for (const op of steps) applyOp(executor, call, op, false, now);
    return true;
  });
  executor.wake();
  return fresh;
}
