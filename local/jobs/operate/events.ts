import type { Executor } from "../executor.ts";
import { cut, limitOf, searched, time } from "./shown.ts";

type EventRow = { id: string; name: string; ts: number; received: number; body: string };

const shown = 4000;

/**
 * Events, the newest first, each with the runs it started. Filters: `name`, `q` (an id, or a text in the event; it looks
 * through 5000 events a page). `before` as in runs. Throws BadQuery.
 */
export function eventList({ store }: Executor, query: URLSearchParams): object {
  const limit = limitOf(query);
  const name = query.get("name") ?? "";
  const search = (query.get("q") ?? "").trim();
  const seen = search === "" ? limit : searched;
  const candidates = store.all<{ id: string; hit: number }>(
    `SELECT id, (?2 = '' OR id = ?2 OR instr(lower(body), lower(?2)) > 0) AS hit FROM events WHERE id < ?1 AND ${name ? "name = ?3" : "?3 = ?3"} ORDER BY id DESC LIMIT ?4`,
    query.get("before") ?? "~", search, name, seen,
  );
  const hits = candidates.filter(({ hit }) => hit === 1).slice(0, limit);
  const end = hits.length === limit ? hits.at(-1)?.id : candidates.length === seen ? candidates.at(-1)?.id : undefined;
  const rows = hits.flatMap(({ id }) => store.get<EventRow>("SELECT id, name, ts, received, body FROM events WHERE id = ?", id) ?? []);
  return {
    events: rows.map(({ body, ...event }) => ({
      id: event.id, name: event.name, at: time(event.ts), receivedAt: time(event.received), body: cut(body, shown).value,
      runs: store.all<{ id: string; functionId: string; status: string }>("SELECT id, fn AS functionId, status FROM runs WHERE event = ? ORDER BY id LIMIT 50", event.id),
    })),
    before: end ?? null,
  };
}
