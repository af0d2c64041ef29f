import type { Executor } from "../executor.ts";
import { BadQuery, brief, limitOf, searched, time } from "./shown.ts";

const statuses = new Set(["running", "completed", "failed", "cancelled"]);

export type RunRow = { id: string; fn: string; status: string; created: number; ended: number | null; error: string | null; event_id: string; event_name: string; done: number; pending: number; due: number | null; replay_of: string | null };

export const runColumns = `runs.id, runs.fn, runs.status, runs.created, runs.ended, runs.error, runs.done, runs.pending, runs.replay_of, events.id AS event_id, events.name AS event_name,
  (SELECT min(due) FROM jobs WHERE jobs.run = runs.id) AS due FROM runs JOIN events ON events.id = runs.event`;

/** A run as a list shows it. `nextAt`: when its next job or timer is due. */
export const shortRun = (row: RunRow): object => ({
  id: row.id, functionId: row.fn, status: row.status, event: { id: row.event_id, name: row.event_name }, createdAt: time(row.created), endedAt: time(row.ended),
  stepsDone: row.done, stepsPending: row.pending, nextAt: time(row.due), replayOf: row.replay_of, error: brief(row.error),
});

/**
 * Runs, the newest first, and without `status` the failed ones before all others. Filters: `status`, `fn`, `event` (a
 * name), `q` (an id of a run or an event, or a text in the event or the error); with the last two it looks through
 * 5000 runs a page, so a page may be empty and yet have a next. `before` is what the page before answered as its end; null when there is no more. Throws BadQuery.
 */
export function runList({ store }: Executor, query: URLSearchParams): object {
  const limit = limitOf(query);
  const status = query.get("status") ?? "";
  if (status && !statuses.has(status)) throw new BadQuery(`status is one of ${[...statuses].join(", ")}.`);
  const [, part = "", place = "~"] = /^(?:(f|o):)?(.*)$/.exec(query.get("before") ?? "~") ?? [];
  const [fn, event, search] = [query.get("fn") ?? "", query.get("event") ?? "", (query.get("q") ?? "").trim()];
  const hit = event || search ? "(?2 = '' OR events.name = ?2) AND (?3 = '' OR runs.id = ?3 OR events.id = ?3 OR instr(lower(events.body), lower(?3)) > 0 OR instr(lower(coalesce(runs.error, '')), lower(?3)) > 0)" : "?2 = ?2 AND ?3 = ?3";

  // Two walks by an index each, instead of sorting all runs.
  const walk = (which: string, before: string, most: number): { rows: RunRow[]; end: string | null } => {
    const seen = event || search ? searched : most;
    const candidates = store.all<{ id: string; hit: number }>(
      `SELECT runs.id, ${hit} AS hit FROM runs JOIN events ON events.id = runs.event WHERE runs.id < ?1 AND ${which} AND ${fn ? "runs.fn = ?4" : "?4 = ?4"} ORDER BY runs.id DESC LIMIT ?5`,
      before, event, search, fn, seen,
    );
    const hits = candidates.filter((each) => each.hit === 1).slice(0, most);
    const end = hits.length === most ? hits.at(-1)?.id : candidates.length === seen ? candidates.at(-1)?.id : undefined;
    return { rows: hits.flatMap(({ id }) => store.get<RunRow>(`SELECT ${runColumns} WHERE runs.id = ?`, id) ?? []), end: end ?? null };
  };
  const answer = (rows: RunRow[], end: string | null): object => ({ runs: rows.map(shortRun), before: end });

  if (status) {
    // One of a few words that were checked above.
    const { rows, end } = walk(`runs.status = '${status}'`, place, limit);
    return answer(rows, end);
  }
  const failed = part === "o" ? { rows: [], end: null } : walk("runs.status = 'failed'", place, limit);
  if (failed.end !== null) return answer(failed.rows, `f:${failed.end}`);
  const others = walk("runs.status <> 'failed'", part === "o" ? place : "~", limit - failed.rows.length);
  return answer([...failed.rows, ...others.rows], others.end === null ? null : `o:${others.end}`);
}
