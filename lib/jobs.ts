import { z } from "zod";
import { demand, noteAct, type Actor } from "./auth/service.ts";
import { env, runsBeside } from "./env.ts";
import { AppError, invalid, missing } from "./errors.ts";

// The background jobs as operators see and steer them, through the doors that local/jobs has for them. A jobs service
// that runs elsewhere has a dashboard of its own, and we say where. Admins only: results of steps may hold anything.

const Id = z.string().regex(/^[0-9A-Za-z]{8,64}$/, "must be an id");
const Text = z.string().trim().min(1).max(200).optional();
const Page = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: Text };

export const runStatuses = ["failed", "running", "completed", "cancelled"] as const;
export const RunId = z.object({ id: Id });
export const RunQuery = z.object({
  status: z.enum(runStatuses).optional().describe("without it, failed runs come before all others"),
  function: Text.describe("id of a function"),
  event: Text.describe("name of an event"),
  q: Text.describe("an id, or a text in the event or the error"),
  ...Page,
});
export const EventQuery = z.object({ name: Text, q: Text.describe("an id, or a text in the event"), ...Page });

type RunStatus = (typeof runStatuses)[number];
type Failure = { name: string; message: string; stack?: string };
/** Times are ISO 8601. `nextAt`: when its next job or timer is due. */
export type JobRun = { id: string; functionId: string; status: RunStatus; event: { id: string; name: string }; createdAt: string; endedAt: string | null; stepsDone: number; stepsPending: number; nextAt: string | null; replayOf: string | null; error: Failure | null };
export type JobStep = {
  id: string; name: string; kind: string; state: "pending" | "data" | "error"; attempts: number | null; startedAt: string | null; endedAt: string | null;
  result: unknown; resultCut: boolean; dueAt: string | null; waitsFor: { event?: string; if?: string | null; function?: string; run?: string } | null;
};
/** What is to be done next for a run: a call of the app, or a timer. */
export type JobNext = { kind: string; step: string | null; due: string; attempt: number; calling: boolean; blocked: string | null; lastError: Failure | null };
export type JobRunDetail = JobRun & { maxAttempts: number | null; event: JobRun["event"] & { data?: unknown; ts?: number }; output: unknown; outputCut: boolean; replays: { id: string; status: RunStatus }[]; steps: JobStep[]; jobs: JobNext[] };
export type JobEvent = { id: string; name: string; at: string; receivedAt: string; body: unknown; runs: { id: string; functionId: string; status: RunStatus }[] };
export type JobFunction = { id: string; name: string; active: boolean; triggers: { event: string; when: string | null }[]; crons: string[]; refusal: string | null; next: string | null; running: number; sleeping: number; failedInDay: number; completedInDay: number };
export type JobNumbers = {
  app: "reached" | "away"; time: string; due: { waiting: number; oldestMs: number; blocked: number; calling: number }; nextTimerAt: string | null; running: number; failedInDay: number; fileBytes: number;
  lately: { since: string; minutes: { at: string; started: number; ended: number; failed: number }[]; jobs: number; delayP50Ms: number | null; delayP95Ms: number | null };
};
export type JobsPlace = ({ place: "local" } & JobNumbers) | { place: "elsewhere"; dashboard: string };
export type Listed<Item> = { items: Item[]; nextCursor: string | null };

/** Do the jobs keep up; or, when they run elsewhere, the address where that can be seen. */
export async function jobsFor(actor: Actor): Promise<JobsPlace> {
  demand(actor, "jobs.operate");
  if (!runsBeside("jobs")) return { place: "elsewhere", dashboard: env().INNGEST_BASE_URL ?? "https://app.inngest.com" };
  return { place: "local", ...(await ask<JobNumbers>("GET", "numbers")) };
}

/** Runs, the newest first; without a status the failed ones before all others. */
export async function runsFor(actor: Actor, { function: fn, cursor, ...query }: z.output<typeof RunQuery>): Promise<Listed<JobRun>> {
  demand(actor, "jobs.operate");
  const { runs, before } = await ask<{ runs: JobRun[]; before: string | null }>("GET", "runs", { ...query, fn, before: cursor });
  return { items: runs, nextCursor: before };
}

export async function runFor(actor: Actor, { id }: z.output<typeof RunId>): Promise<JobRunDetail> {
  demand(actor, "jobs.operate");
  return ask<JobRunDetail>("GET", `runs/${id}`);
}

/** Cancels a run, on the record. 409 when it has ended. */
export async function cancelRun(actor: Actor, { id }: z.output<typeof RunId>): Promise<JobRunDetail> {
  demand(actor, "jobs.operate");
  await ask("POST", `runs/${id}/cancel`);
  await noteAct(actor, "jobs/cancelled", id);
  return runFor(actor, { id });
}

/** Starts a new run with the event of one that has ended, on the record. 409 while it runs, or when its function is gone. */
export async function replayRun(actor: Actor, { id }: z.output<typeof RunId>): Promise<{ id: string; replayOf: string }> {
  demand(actor, "jobs.operate");
  const started = await ask<{ id: string; replayOf: string }>("POST", `runs/${id}/replay`);
  await noteAct(actor, "jobs/replayed", id);
  return started;
}

/** Events, the newest first, each with the runs that it started. */
export async function jobEventsFor(actor: Actor, { cursor, ...query }: z.output<typeof EventQuery>): Promise<Listed<JobEvent>> {
  demand(actor, "jobs.operate");
  const { events, before } = await ask<{ events: JobEvent[]; before: string | null }>("GET", "events", { ...query, before: cursor });
  return { items: events, nextCursor: before };
}

export async function functionsFor(actor: Actor): Promise<Listed<JobFunction>> {
  demand(actor, "jobs.operate");
  const { functions } = await ask<{ functions: JobFunction[] }>("GET", "functions");
  return { items: functions, nextCursor: null };
}

/** One question to the service beside us. Its refusals keep their sentence; when it is away, 503. */
async function ask<T>(method: "GET" | "POST", path: string, query: Record<string, string | number | undefined> = {}): Promise<T> {
  if (!runsBeside("jobs")) throw new AppError("missing", "The jobs run elsewhere; look there.");
  const url = new URL(`/_local/${path}`, env().INNGEST_BASE_URL);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  const response = await fetch(url, { method, headers: { authorization: `Bearer ${env().INNGEST_SIGNING_KEY ?? ""}` }, cache: "no-store", signal: AbortSignal.timeout(10_000) }).catch((cause: unknown) => {
    throw new AppError("unavailable", "The jobs service does not answer. It is started again by itself; if this stays, its log says why.", { retryAfterSeconds: 5, cause });
  });
  if (response.ok) return (await response.json()) as T; // our own service, of the same version
  const { error } = (await response.json()) as { error: string };
  if (response.status === 404) throw missing("run");
  if (response.status === 409) throw new AppError("conflict", error);
  if (response.status === 400) throw invalid("query", error);
  throw new Error(`The jobs service answered ${response.status} to ${path}: ${error}`);
}
