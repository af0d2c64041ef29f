import { cancelRun } from "./ends.ts";
import type { Executor, StoredEvent } from "./executor.ts";
import type { Reply } from "./routes.ts";
import { startRun } from "./starts.ts";

type RunRow = { id: string; fn: string; status: string; created: number; ended: number | null; error: string | null; output: string | null; event_id: string; event_name: string; done: number; pending: number; due: number | null };
type StepRow = { id: string; op: string; name: string; state: string; json: string | null; at: number };
type JobRow = { kind: string; step: string | null; due: number; attempt: number; leased: number; blocked: string | null; detail: string | null };

const statuses = new Set(["running", "completed", "failed", "cancelled"]);
const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const read = (json: string | null): unknown => (json === null ? null : JSON.parse(json));
const columns = `runs.id, runs.fn, runs.status, runs.created, runs.ended, runs.error, runs.output, runs.done, runs.pending, events.id AS event_id, events.name AS event_name,
  (SELECT min(due) FROM jobs WHERE jobs.run = runs.id) AS due FROM runs JOIN events ON events.id = runs.event`;

/**
 * The operators' API: `runs` (filters `status`, `fn`; `limit` up to 200; `before` an id), `runs/:id`, `functions`, and by
 * POST `runs/:id/cancel` and `runs/:id/replay`. Undefined when there is no such thing.
 */
export function operate(executor: Executor, method: string, [kind, id, action]: readonly [string, string, string], query: URLSearchParams): Reply | undefined {
  if (method === "GET" && kind === "functions" && !id) return { status: 200, body: { functions: functions(executor) } };
  if (method === "GET" && kind === "runs" && !id) return list(executor, query);
  if (method === "GET" && kind === "runs" && !action) return one(executor, id);
  if (method === "POST" && kind === "runs" && action === "cancel") return cancel(executor, id);
  if (method === "POST" && kind === "runs" && action === "replay") return replay(executor, id);
  return undefined;
}

function functions({ functions, store }: Executor): object[] {
  const counts = store.all<{ fn: string; status: string; n: number }>("SELECT fn, status, count(*) AS n FROM runs GROUP BY fn, status");
  return functions.all().map(({ id, name, active, triggers, crons, maxAttempts, refusal }) => ({
    id, name, active, triggers, crons, maxAttempts, refusal,
    next: time(store.get<{ due: number | null }>("SELECT min(due) AS due FROM jobs WHERE fn = ? AND kind = 'cron'", id)?.due ?? null),
    runs: Object.fromEntries(counts.filter(({ fn }) => fn === id).map(({ status, n }) => [status, n])),
  }));
}

const shortRun = (row: RunRow): object => ({
  id: row.id, functionId: row.fn, status: row.status, event: { id: row.event_id, name: row.event_name }, createdAt: time(row.created), endedAt: time(row.ended),
  stepsDone: row.done, stepsPending: row.pending, nextAt: time(row.due), error: read(row.error),
});

function list({ store }: Executor, query: URLSearchParams): Reply {
  const status = query.get("status") ?? "";
  const limit = Number(query.get("limit") ?? 50);
  if (status && !statuses.has(status)) return { status: 400, body: { error: `status is one of ${[...statuses].join(", ")}.`, status: 400 } };
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) return { status: 400, body: { error: "limit is a number from 1 to 200.", status: 400 } };
  const fn = query.get("fn") ?? "";
  const filters = `WHERE runs.id < ? ${status ? "AND status = ?" : ""} ${fn ? "AND fn = ?" : ""}`;
  const rows = store.all<RunRow>(`SELECT ${columns} ${filters} ORDER BY runs.id DESC LIMIT ?`, query.get("before") ?? "~", ...[status, fn].filter(Boolean), limit);
  return { status: 200, body: { runs: rows.map(shortRun), before: rows.length === limit ? (rows.at(-1)?.id ?? null) : null } };
}

function one({ store }: Executor, id: string): Reply | undefined {
  const row = store.get<RunRow>(`SELECT ${columns} WHERE runs.id = ?`, id);
  if (!row) return undefined;
  const event = store.get<{ body: string }>("SELECT body FROM events WHERE id = ?", row.event_id);
  const steps = store.all<StepRow>("SELECT id, op, name, state, json, at FROM steps WHERE run = ? ORDER BY place IS NULL, place, at", id);
  const jobs = store.all<JobRow>("SELECT kind, step, due, attempt, leased, blocked, detail FROM jobs WHERE run = ? ORDER BY due", id);
  return {
    status: 200,
    body: {
      ...shortRun(row),
      event: read(event?.body ?? null),
      output: read(row.output),
      steps: steps.map(({ json, at, ...step }) => ({ ...step, result: read(json), at: time(at) })),
      jobs: jobs.map(({ due, leased, detail, ...job }) => ({ ...job, due: time(due), calling: leased === 1, lastError: read(detail) })),
    },
  };
}

function cancel(executor: Executor, id: string): Reply | undefined {
  if (!executor.store.get("SELECT 1 FROM runs WHERE id = ?", id)) return undefined;
  const cancelled = executor.store.write(() => cancelRun(executor, id, "Cancelled by an operator.", executor.now()));
  executor.wake();
  return cancelled ? { status: 200, body: { id, status: "cancelled" } } : { status: 409, body: { error: "The run has ended.", status: 409 } };
}

/** A new run of the same function with the same event; keys that keep runs apart apply to it as to any. */
function replay(executor: Executor, id: string): Reply | undefined {
  const { store, functions } = executor;
  const run = store.get<{ fn: string; event: string }>("SELECT fn, event FROM runs WHERE id = ?", id);
  const event = run && store.get<StoredEvent>("SELECT id, name, ts, body FROM events WHERE id = ?", run.event);
  if (!run || !event) return undefined;
  const spec = functions.get(run.fn);
  if (!spec?.active) return { status: 409, body: { error: "The app has this function no more.", status: 409 } };
  const started = store.write(() => startRun(executor, { ...spec, idempotency: null }, event, executor.now()));
  executor.wake();
  return started ? { status: 201, body: { id: started, replayOf: id } } : { status: 409, body: { error: "A run of this singleton is going on.", status: 409 } };
}
