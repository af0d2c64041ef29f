import { randomBytes } from "node:crypto";
import { Raw } from "../bson/write.ts";
import { refuse } from "../errors.ts";
import type { Steps } from "./engine.ts";

const IDLE_MS = 10 * 60_000;
const BATCH_BYTES = 16 * 1024 * 1024;

/** Answers on their way; `undefined` is a pause. */
export type Answers = Iterator<Raw | undefined>;

interface Cursor {
  answers: Answers;
  ns: string;
  owner: string;
  usedAt: number;
  held: Raw | null;
}

export interface Batch {
  id: bigint;
  ns: string;
  docs: Raw[];
}

/** The open cursors. One that nobody has asked for ten minutes is forgotten; a restart forgets all (43). */
export class Cursors {
  readonly #open = new Map<bigint, Cursor>();

  /** The first batch, and a cursor if there is more. `owner` is the transaction it belongs to, or "". */
  *start(ns: string, answers: Answers, batchSize: number, single: boolean, owner: string): Steps<Batch> {
    const cursor: Cursor = { answers, ns, owner, usedAt: Date.now(), held: null };
    const { docs, done } = yield* fill(cursor, batchSize);
    if (done || single) return { id: 0n, ns, docs };
    const id = randomBytes(8).readBigInt64LE() & 0x7fffffffffffffffn;
    this.#open.set(id, cursor);
    return { id, ns, docs };
  }

  *more(id: bigint, ns: string, batchSize: number, owner: string): Steps<Batch> {
    const cursor = this.#open.get(id);
    if (!cursor) refuse(43, `cursor id ${id} not found`);
    if (cursor.ns !== ns) refuse(13, `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`);
    if (cursor.owner !== owner) refuse(50738, `Cannot run getMore on cursor ${id}, which was not created in the same transaction`);
    this.#open.delete(id);
    const { docs, done } = yield* fill(cursor, batchSize === 0 ? Infinity : batchSize);
    cursor.usedAt = Date.now();
    if (!done) this.#open.set(id, cursor);
    return { id: done ? 0n : id, ns, docs };
  }

  kill(id: bigint): boolean {
    return this.#open.delete(id);
  }

  /** A transaction has ended: its cursors end with it. */
  endOf(owner: string): void {
    for (const [id, cursor] of this.#open) if (cursor.owner === owner) this.#open.delete(id);
  }

  reap(): void {
    const before = Date.now() - IDLE_MS;
    for (const [id, cursor] of this.#open) if (cursor.usedAt < before) this.#open.delete(id);
  }
}

function* fill(cursor: Cursor, batchSize: number): Steps<{ docs: Raw[]; done: boolean }> {
  const docs: Raw[] = [];
  let bytes = 0;
  if (batchSize === 0) return { docs, done: false };
  for (;;) {
    const next = cursor.held ? { value: cursor.held, done: false as const } : cursor.answers.next();
    cursor.held = null;
    if (next.done) return { docs, done: true };
    if (next.value === undefined) {
      yield undefined;
      continue;
    }
    bytes += next.value.bytes.length;
    if (docs.length > 0 && (docs.length >= batchSize || bytes > BATCH_BYTES)) {
      cursor.held = next.value;
      return { docs, done: false };
    }
    docs.push(next.value);
  }
}
