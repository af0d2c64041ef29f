import { z } from "zod";
import type { Call } from "./answers.ts";
import { canonical } from "./canonical.ts";
import { moment } from "./durations.ts";
import { completeRun, failRun } from "./ends.ts";
import { publish } from "./events.ts";
import type { Executor } from "./executor.ts";
import { expression } from "./expression/expression.ts";
import { ExpressionError } from "./expression/tokens.ts";
import { failureOf, notSupported } from "./failure.ts";
import type { Failure } from "./failure.ts";
import { startRun } from "./starts.ts";
import { complete, plan, settle } from "./steps.ts";
import type { Step } from "./steps.ts";
import { ulid } from "./ulid.ts";
import { addWait } from "./waits.ts";

const Op = z.looseObject({
  op: z.string(),
  id: z.string().min(1),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
  opts: z.looseObject({ parallelMode: z.string().optional() }).nullish(),
  timing: z.looseObject({ b: z.number() }).nullish().catch(null),
});
type Op = z.infer<typeof Op>;

const aYear = 365 * 86_400_000;

/**
 * Within a transaction: applies one op of an answer or of a checkpoint. Answers the error when the step is to be tried
 * again. What is not supported, or not readable, fails the run with a sentence that names it.
 */
export function applyOp(executor: Executor, call: Call, sent: unknown, lastAttempt: boolean, now: number): Failure | undefined {
  const read = Op.safeParse(sent);
  if (!read.success) return void failRun(executor, call.run, notSupported(`The SDK answered an op that is not readable: ${canonical(sent).slice(0, 300)}`), now);
  const op = read.data;
  // An op before this one may have ended the run.
  if (!executor.store.get("SELECT 1 FROM runs WHERE id = ? AND status = 'running'", call.run)) return undefined;
  const step: Step = { run: call.run, id: op.id, op: op.op, name: op.displayName ?? op.name ?? op.id };
  // The SDK tells in nanoseconds how long a step's own work took.
  const worked = { ...step, attempts: call.attempt + 1, ...(op.timing ? { began: now - Math.round(op.timing.b / 1e6) } : {}) };
  if (op.opts?.parallelMode !== undefined) return void failRun(executor, call.run, notSupported(`The step "${step.name}" asks for parallel mode "${op.opts.parallelMode}"; the local executor does not race steps.`), now);

  switch (op.op) {
    case "StepRun":
      return void complete(executor, worked, { data: canonical(op.data ?? null) }, now);
    case "StepError":
      if (!lastAttempt) return failureOf(op.error);
      return void complete(executor, worked, { error: canonical(failureOf(op.error)) }, now);
    case "StepFailed":
      return void complete(executor, worked, { error: canonical(failureOf(op.error)) }, now);
    case "StepPlanned":
      if (plan(executor, step, now)) executor.store.run("INSERT INTO jobs (kind, run, step, due) VALUES ('call', ?, ?, ?)", call.run, op.id, now);
      return undefined;
    case "Sleep":
      return void sleep(executor, step, op, now);
    case "WaitForEvent":
      return void waitForEvent(executor, step, op, now);
    case "InvokeFunction":
      return void invoke(executor, step, op, now);
    case "RunComplete":
      return void completeRun(executor, call.run, canonical(op.data ?? null), now);
    case "DiscoveryRequest":
      return undefined;
    case "StepNotFound":
      return { name: "StepNotFound", message: `The function has no step ${op.id} any more.` };
    default:
      return void failRun(executor, call.run, notSupported(`The step "${step.name}" is a ${op.op}, which the local executor does not support.`), now);
  }
}

const wrong = (executor: Executor, step: Step, why: string, now: number): void =>
  failRun(executor, step.run, notSupported(`The step "${step.name}": ${why}`), now);

/** SDK 4.24 gives the time as the op's name, the written specification in its options. */
function sleep(executor: Executor, step: Step, op: Op, now: number): void {
  const text = String(op.opts?.["duration"] ?? op.opts?.["until"] ?? op.name ?? "");
  const due = text === "" ? now : moment(text, now);
  if (due === undefined) return wrong(executor, step, `"${text}" is no duration and no time.`, now);
  if (plan(executor, { ...step, detail: { until: due } }, now)) executor.store.run("INSERT INTO jobs (kind, run, step, due) VALUES ('sleep', ?, ?, ?)", step.run, step.id, due);
}

function waitForEvent(executor: Executor, step: Step, op: Op, now: number): void {
  const event = String(op.opts?.["event"] ?? op.name ?? "");
  const when = op.opts?.["if"] === undefined || op.opts["if"] === null ? null : String(op.opts["if"]);
  const due = moment(String(op.opts?.["timeout"] ?? ""), now);
  if (event === "" || due === undefined) return wrong(executor, step, "an event and a timeout are needed.", now);
  try {
    if (when !== null) expression(when);
  } catch (error) {
    if (error instanceof ExpressionError) return wrong(executor, step, `the expression "${when}" is not supported: ${error.message}.`, now);
    throw error;
  }
  const trigger = executor.store.get<{ body: string; ts: number }>("SELECT body, ts FROM events WHERE id = (SELECT event FROM runs WHERE id = ?)", step.run);
  if (!trigger || !plan(executor, { ...step, detail: { until: due, event, if: when } }, now)) return;
  addWait(executor, { run: step.run, step: step.id, event, when, trigger: JSON.parse(trigger.body), since: trigger.ts, until: due });
  executor.store.run("INSERT INTO jobs (kind, run, step, due) VALUES ('wait', ?, ?, ?)", step.run, step.id, due);
}

function invoke(executor: Executor, step: Step, op: Op, now: number): void {
  const id = String(op.opts?.["function_id"] ?? "");
  const payload = (op.opts?.["payload"] ?? {}) as { data?: unknown; v?: unknown; meta?: unknown };
  const timeout = op.opts?.["timeout"];
  const due = timeout === undefined || timeout === null ? now + aYear : moment(String(timeout), now);
  if (due === undefined) return wrong(executor, step, `"${String(timeout)}" is no timeout.`, now);
  if (!plan(executor, { ...step, detail: { until: due, function: id } }, now)) return;
  executor.store.run("INSERT INTO jobs (kind, run, step, due) VALUES ('invoke', ?, ?, ?)", step.run, step.id, due);
  const spec = executor.functions.get(id);
  const fails = (message: string): void => settle(executor, step.run, step.id, { error: canonical({ name: "InvokeError", message }) }, now);
  if (!spec?.active) return fails(`There is no function ${id}.`);
  const event = { id: ulid(now), name: "inngest/function.invoked", ts: now };
  const body = canonical({ ...payload, data: payload.data ?? {}, ...event });
  publish(executor, { ...event, body }, now);
  const child = startRun(executor, spec, { ...event, body }, now, { run: step.run, step: step.id });
  if (!child) return fails(`The function ${id} runs already with this key.`);
  executor.store.run("UPDATE steps SET detail = json_set(detail, '$.run', ?) WHERE run = ? AND id = ?", child, step.run, step.id);
}
