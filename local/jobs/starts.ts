import { cancelRun, failRun } from "./ends.ts";
import type { Executor, StoredEvent } from "./executor.ts";
import { expression } from "./expression/expression.ts";
import { notSupported } from "./failure.ts";
import { once } from "./seen.ts";
import type { Spec } from "./spec.ts";
import { ulid } from "./ulid.ts";
import { addWait } from "./waits.ts";

type Parent = { run: string; step: string };

/** Within a transaction: starts or debounces the functions whose trigger the event meets, each at most once. */
export function start(executor: Executor, triggered: readonly { spec: Spec; when: string | null }[], event: StoredEvent, now: number): void {
  const read: unknown = JSON.parse(event.body);
  const started = new Set<string>();
  for (const { spec, when } of triggered) {
    if (started.has(spec.id) || (when !== null && !expression(when).holds({ event: read }))) continue;
    started.add(spec.id);
    if (spec.debounce && !spec.refusal) debounce(executor, spec, event, read, now);
    else startRun(executor, spec, event, now);
  }
}

/**
 * Within a transaction: creates a run and its first job, unless the function's idempotency key was seen within 24 hours
 * or a singleton with the same key runs (mode skip). Answers the run's id. A function that is refused gets a run that has
 * failed with the reason.
 */
export function startRun(executor: Executor, spec: Spec, event: StoredEvent, now: number, parent?: Parent): string | undefined {
  const { store } = executor;
  const read: unknown = JSON.parse(event.body);
  if (spec.idempotency && once(executor, `run\n${spec.id}\n${expression(spec.idempotency).key(read)}`, event.id, now)) return undefined;
  const single = spec.singleton ? keyOf(spec.singleton.key, read) : null;
  if (spec.singleton) {
    const running = store.all<{ id: string }>("SELECT id FROM runs WHERE fn = ? AND single = ? AND status = 'running'", spec.id, single);
    if (running.length > 0 && spec.singleton.mode === "skip") return undefined;
    for (const { id } of running) cancelRun(executor, id, "A newer run of this singleton has started.", now);
  }
  const slots = spec.concurrency.map(({ limit, key }, index) => ({ key: `${spec.id}\n${index}\n${keyOf(key, read)}`, limit }));
  const id = ulid(now);
  executor.pace.started(now);
  store.run("INSERT INTO runs (id, fn, event, status, slots, single, parent_run, parent_step, created) VALUES (?, ?, ?, 'running', ?, ?, ?, ?, ?)", id, spec.id, event.id, JSON.stringify(slots), single, parent?.run ?? null, parent?.step ?? null, now);
  if (spec.refusal) {
    failRun(executor, id, notSupported(spec.refusal), now);
    return id;
  }
  store.run("INSERT INTO jobs (kind, run, due) VALUES ('call', ?, ?)", id, now);
  for (const { event: name, when, timeout } of spec.cancelOn) {
    addWait(executor, { run: id, step: null, event: name, when, trigger: read, since: event.ts, until: timeout === null ? null : now + timeout });
  }
  return id;
}

const keyOf = (key: string | null, event: unknown): string => (key === null ? "" : expression(key).key(event));

/** The run starts one period after the latest event of its key, at the latest one timeout after the first. */
function debounce({ store }: Executor, spec: Spec, event: StoredEvent, read: unknown, now: number): void {
  const { key, period, timeout } = spec.debounce as NonNullable<Spec["debounce"]>;
  const value = keyOf(key, read);
  store.run("INSERT INTO debounces (fn, key, event, first) VALUES (?, ?, ?, ?) ON CONFLICT (fn, key) DO UPDATE SET event = excluded.event", spec.id, value, event.id, now);
  const first = store.get<{ first: number }>("SELECT first FROM debounces WHERE fn = ? AND key = ?", spec.id, value)?.first ?? now;
  const due = Math.min(now + period, timeout === null ? Infinity : first + timeout);
  store.run("INSERT INTO jobs (kind, fn, detail, due) VALUES ('debounce', ?, ?, ?) ON CONFLICT (fn, kind, detail) WHERE fn IS NOT NULL DO UPDATE SET due = excluded.due", spec.id, value, due);
}
