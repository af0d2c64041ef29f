import { canonical } from "./canonical.ts";
import type { Executor, StoredEvent } from "./executor.ts";
import { limits } from "./executor.ts";
import { once } from "./seen.ts";
import { start } from "./starts.ts";
import { seededUlid, ulid } from "./ulid.ts";
import { meet } from "./waits.ts";

export class BadEvent extends Error {
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

type Sent = { name: string; id?: string; ts: number; data: object; user?: unknown; v?: unknown; meta?: unknown };

function read(sent: unknown, index: number, now: number): Sent {
  const refuse = (why: string, status = 400): never => {
    throw new BadEvent(status, `Event ${index + 1}: ${why}.`);
  };
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return refuse("it must be an object");
  const { name, id, ts, data, user, v, meta } = sent as Record<string, unknown>;
  if (typeof name !== "string" || name === "" || name.length > 256) return refuse("name must be a text of 1 to 256 letters");
  if (name.startsWith("inngest/")) return refuse("names that start with inngest/ are the executor's own");
  if (id !== undefined && id !== null && typeof id !== "string") return refuse("id must be a text");
  if (data !== undefined && data !== null && (typeof data !== "object" || Array.isArray(data))) return refuse("data must be an object");
  if (ts !== undefined && ts !== null && (typeof ts !== "number" || !Number.isInteger(ts) || ts < 0)) return refuse("ts must be milliseconds since 1970");
  return { name, ...(id ? { id } : {}), ts: ts || now, data: data ?? {}, user: user ?? undefined, v: v ?? undefined, meta: meta ?? undefined };
}

/**
 * Takes the events of one request in one transaction, together with the runs they start and the runs they resume or
 * cancel; when it returns, all of that is on the disk. Answers one internal id an event. A repeated seed, and an event
 * id that was seen with the same name within 24 hours, changes nothing and gets the former internal id.
 * Throws BadEvent before anything is stored.
 */
export function ingest(executor: Executor, sent: unknown[], seed: string | undefined): string[] {
  const now = executor.now();
  const events = sent.map((event, index) => read(event, index, now));
  const ids = executor.store.writeThrough(() => events.map((event, index) => accept(executor, event, seed ? seededUlid(seed, index) : undefined, index, now)));
  executor.wake();
  return ids;
}

function accept(executor: Executor, sent: Sent, seeded: string | undefined, index: number, now: number): string {
  if (seeded && executor.store.get("SELECT 1 FROM events WHERE id = ?", seeded)) return seeded;
  const id = seeded ?? ulid(now);
  if (sent.id !== undefined) {
    const former = once(executor, `event\n${sent.name}\n${sent.id}`, id, now);
    if (former) return former;
  }
  const body = canonical({ ...sent, id: sent.id ?? id });
  if (Buffer.byteLength(body) > limits.event) throw new BadEvent(413, `Event ${index + 1}: it is larger than ${limits.event} bytes.`);
  const event = { id, name: sent.name, ts: sent.ts, body };
  publish(executor, event, now);
  return id;
}

/** Within a transaction: stores an event, ends or resumes what waits for it, then starts what it triggers, in this order. */
export function publish(executor: Executor, event: StoredEvent, now: number): void {
  executor.store.run("INSERT INTO events (id, name, ts, body, received) VALUES (?, ?, ?, ?, ?)", event.id, event.name, event.ts, event.body, now);
  meet(executor, event, now);
  const triggered = executor.functions.triggeredBy(event.name);
  if (triggered.length === 0) return;
  start(executor, triggered, event, now);
}
