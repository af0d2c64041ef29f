import { randomBytes } from "node:crypto";
import { Raw } from "../bson/write.ts";
import { refuse } from "../errors.ts";
import type { Steps } from "./engine.ts";
import { turnOver } from "./turn.ts";

const IDLE_MS = 10 * 60_000;
/** A batch may be smaller than asked for (MongoDB's limit is 16 MB alone): encoding a larger one would keep others waiting. */
const BATCH = { bytes: 4 * 1024 * 1024, docs: 5_000 };
/** A single batch has no other after it. */
const SINGLE_BATCH = { bytes: 16 * 1024 * 1024, docs: Infinity };
/** Above this many the one that was not asked for longest is closed; its next getMore gets 43. */
const MOST_OPEN = 500;

/** Answers on their way; `undefined` is a pause. */
export type Answers = Generator<Raw | undefined>;

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
  /** In the order of their last use. */
  readonly #open = new Map<bigint, Cursor>();

  /** The first batch, and a cursor if there is more. `owner` is the transaction it belongs to, or "". */
  *start(ns: string, answers: Answers, batchSize: number, single: boolean, owner: string): Steps<Batch> {
    const id = randomBytes(8).readBigInt64LE() & 0x7fffffffffffffffn;
    return yield* this.#batch(id, { answers, ns, owner, usedAt: 0, held: null }, batchSize, single);
  }

  *more(id: bigint, ns: string, batchSize: number, owner: string): Steps<Batch> {
    const cursor = this.#open.get(id);
    if (!cursor) refuse(43, `cursor id ${id} not found`);
    if (cursor.ns !== ns) refuse(13, `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`);
    if (cursor.owner !== owner) refuse(50738, `Cannot run getMore on cursor ${id}, which was not created in the same transaction`);
    this.#open.delete(id);
    return yield* this.#batch(id, cursor, batchSize === 0 ? Infinity : batchSize, false);
  }

  *#batch(id: bigint, cursor: Cursor, batchSize: number, last: boolean): Steps<Batch> {
    let keep = false;
    try {
      const { docs, done } = yield* fill(cursor, batchSize, last ? SINGLE_BATCH : BATCH);
      keep = !done && !last;
      return { id: keep ? id : 0n, ns: cursor.ns, docs };
    } finally {
      if (keep) this.#keep(id, cursor);
      else cursor.answers.return(undefined);
    }
  }

  #keep(id: bigint, cursor: Cursor): void {
    cursor.usedAt = performance.now();
    this.#open.set(id, cursor);
    if (this.#open.size > MOST_OPEN) for (const oldest of this.#open.keys()) return void this.kill(oldest);
  }

  kill(id: bigint): boolean {
    this.#open.get(id)?.answers.return(undefined);
    return this.#open.delete(id);
  }

  /** A transaction has ended: its cursors end with it. */
  endOf(owner: string): void {
    for (const [id, cursor] of this.#open) if (cursor.owner === owner) this.kill(id);
  }

  reap(): void {
    const before = performance.now() - IDLE_MS;
    for (const [id, cursor] of this.#open) if (cursor.usedAt < before) this.kill(id);
  }
}

function* fill(cursor: Cursor, batchSize: number, most: typeof BATCH): Steps<{ docs: Raw[]; done: boolean }> {
  const docs: Raw[] = [];
  let bytes = 0;
  if (batchSize === 0) return { docs, done: false };
  for (;;) {
    const next = cursor.held ? { value: cursor.held, done: false as const } : cursor.answers.next();
    cursor.held = null;
    if (next.done) return { docs, done: true };
    if (next.value) {
      bytes += next.value.bytes.length;
      if (docs.length > 0 && (docs.length >= Math.min(batchSize, most.docs) || bytes > most.bytes)) {
        cursor.held = next.value;
        return { docs, done: false };
      }
      docs.push(next.value);
    }
    if (next.value === undefined || turnOver()) yield undefined;
  }
}
