import { cancelRun } from "../ends.ts";
import type { Executor, StoredEvent } from "../executor.ts";
import type { Door, Reply } from "../routes.ts";
import { startRun } from "../starts.ts";
import { eventList } from "./events.ts";
import { functionList } from "./functions.ts";
import { numbers } from "./numbers.ts";
import { oneRun } from "./run.ts";
import { runList } from "./runs.ts";
import { BadQuery } from "./shown.ts";

/**
 * The operators' API. GET `numbers` (does it keep up), `functions`, `runs`, `runs/:id`, `events`; POST `runs/:id/cancel`
 * and `runs/:id/replay`. Undefined when there is no such thing.
 */
export function operate(door: Door, method: string, [kind, id, action]: readonly [string, string, string], query: URLSearchParams): Reply | undefined {
  const { executor } = door;
  try {
    if (method === "POST" && kind === "runs" && action === "cancel") return cancel(executor, id);
    if (method === "POST" && kind === "runs" && action === "replay") return replay(executor, id);
    if (method !== "GET" || action) return undefined;
    if (kind === "runs" && id) return found(oneRun(executor, id));
    if (id) return undefined;
    if (kind === "numbers") return found({ app: door.health().app, ...numbers(executor) });
    if (kind === "functions") return found({ functions: functionList(executor) });
    if (kind === "runs") return found(runList(executor, query));
    if (kind === "events") return found(eventList(executor, query));
    return undefined;
  } catch (error) {
    if (error instanceof BadQuery) return refused(400, error.message);
    throw error;
  }
}

const found = (body: object | undefined): Reply | undefined => (body ? { status: 200, body } : undefined);
const refused = (status: 400 | 409, error: string): Reply => ({ status, body: { error, status } });

function cancel(executor: Executor, id: string): Reply | undefined {
  if (!executor.store.get("SELECT 1 FROM runs WHERE id = ?", id)) return undefined;
  const cancelled = executor.store.write(() => cancelRun(executor, id, "Cancelled by an operator.", executor.now()));
  executor.wake();
  return cancelled ? { status: 200, body: { id, status: "cancelled" } } : refused(409, "The run has ended.");
}

/** A new run of the same function with the same event, whatever idempotency says; other keys apply to it as to any. */
function replay(executor: Executor, id: string): Reply | undefined {
  const { store, functions } = executor;
  const run = store.get<{ fn: string; event: string; status: string }>("SELECT fn, event, status FROM runs WHERE id = ?", id);
  const event = run && store.get<StoredEvent>("SELECT id, name, ts, body FROM events WHERE id = ?", run.event);
  if (!run || !event) return undefined;
  if (run.status === "running") return refused(409, "The run has not ended; cancel it first.");
  const spec = functions.get(run.fn);
  if (!spec?.active) return refused(409, "The app has this function no more.");
  const started = store.write(() => {
    const again = startRun(executor, { ...spec, idempotency: null }, event, executor.now());
    if (again) store.run("UPDATE runs SET replay_of = ? WHERE id = ?", id, again);
    return again;
  });
  executor.wake();
  return started ? { status: 201, body: { id: started, replayOf: id } } : refused(409, "A run of this singleton is going on.");
}
