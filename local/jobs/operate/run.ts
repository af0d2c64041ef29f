import type { Executor } from "../executor.ts";
import { runColumns, shortRun } from "./runs.ts";
import type { RunRow } from "./runs.ts";
import { cut, read, time } from "./shown.ts";

type StepRow = { id: string; op: string; name: string; state: string; json: string | null; at: number; began: number | null; attempts: number | null; detail: string | null };
type JobRow = { kind: string; step: string | null; due: number; attempt: number; leased: number; blocked: string | null; detail: string | null };

/** Letters of a step's result that are shown; of a run's output; of an error, which is shown whole but for a mistake. */
const [step, output, error] = [2000, 20_000, 100_000];

/** Everything known of one run: its event, its steps in the order of their ends, what is to be done next. */
export function oneRun({ store, functions }: Executor, id: string): object | undefined {
  const row = store.get<RunRow & { output: string | null; event_body: string }>(`SELECT runs.output, events.body AS event_body, ${runColumns} WHERE runs.id = ?`, id);
  if (!row) return undefined;
  const jobs = store.all<JobRow>("SELECT kind, step, due, attempt, leased, blocked, detail FROM jobs WHERE run = ? ORDER BY due", id);
  const steps = store.all<StepRow>("SELECT id, op, name, state, json, at, began, attempts, detail FROM steps WHERE run = ? ORDER BY place IS NULL, place, at", id);
  const result = cut(row.output, output);
  return {
    ...shortRun(row),
    maxAttempts: functions.get(row.fn)?.maxAttempts ?? null,
    error: cut(row.error, error).value,
    event: { id: row.event_id, name: row.event_name, ...(read(row.event_body) as object) },
    output: result.value,
    outputCut: result.cut,
    replays: store.all<{ id: string; status: string }>("SELECT id, status FROM runs WHERE replay_of = ? ORDER BY id", id),
    steps: steps.map((each) => shownStep(each, jobs)),
    jobs: jobs.map(({ due, leased, detail, ...job }) => ({ ...job, due: time(due), calling: leased === 1, lastError: read(detail) })),
  };
}

function shownStep({ id, op, name, state, json, at, began, attempts, detail }: StepRow, jobs: readonly JobRow[]): object {
  const job = jobs.find((each) => each.step === id);
  const { value, cut: shortened } = cut(json, state === "error" ? error : step);
  const { until, ...waits } = (read(detail) ?? {}) as { until?: number; event?: string; if?: string | null; function?: string; run?: string };
  const pending = state === "pending";
  return {
    id, name, kind: op, state, attempts: attempts ?? (job ? job.attempt + 1 : null),
    startedAt: time(began ?? (pending ? at : null)), endedAt: pending ? null : time(at),
    result: value, resultCut: shortened, dueAt: time(pending ? (job?.due ?? until) : until), waitsFor: Object.keys(waits).length > 0 ? waits : null,
  };
}
