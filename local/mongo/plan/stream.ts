import { refuse } from "../errors.ts";
import type { Reader } from "../query/find.ts";
import type { Collection, Index } from "../store/catalog.ts";
import { bytesOf, type Connection } from "../store/connection.ts";
import { turnOver } from "../store/turn.ts";
import type { Range } from "./choose.ts";

export interface Entry {
  key: Buffer;
  rid: number;
  raw: Buffer | null;
}

/** A cursor that rests holds one chunk: this bounds the memory of many. */
export const CHUNK_BYTES = 128 * 1024;
const SMALLEST_CHUNK = 4;
const LARGEST_CHUNK = 256;
const BELOW_ALL = -1;

const table = (collection: Collection, index: Index): string => (index.id === 0 ? `c${collection.id}` : `i${index.id}`);

/** How many entries a range has, counted no further than `most`. */
export function countUpTo(connection: Connection, collection: Collection, index: Index, { start, end }: Range, most: number): number {
  return Number(connection.row(`SELECT count(*) FROM (SELECT 1 FROM ${table(collection, index)} WHERE k >= ? AND k < ? LIMIT ?)`, start, end, most)![0]);
}

const COUNT_SLICE = 5_000;

/** How many entries a range has, counted in slices and no further than needed to know that there are `most`. */
export function* countAll(reader: Reader, collection: Collection, index: Index, { start, end }: Range, most: number): Generator<undefined, number> {
  const place = `FROM ${table(collection, index)} WHERE (k, rid) > (?, ?) AND k < ? ORDER BY k, rid LIMIT ${COUNT_SLICE}`;
  for (let [n, from, rid]: [number, Buffer, number] = [0, start, BELOW_ALL]; ; ) {
    if (collection.dropped || index.dropped) refuse(175, "the collection or its index was dropped while it was counted");
    const found = Number(reader.connection().row(`SELECT count(*) FROM (SELECT 1 ${place})`, from, rid, end)![0]);
    if (found < COUNT_SLICE || n + found >= most) return n + found;
    const [k, last] = reader.connection().row(`SELECT k, rid ${place} OFFSET ${COUNT_SLICE - 1}`, from, rid, end) ?? refuse(175, "what was counted was deleted meanwhile");
    [n, from, rid] = [n + found, bytesOf(k), Number(last)];
    if (turnOver()) yield undefined;
  }
}

/**
 * The entries of one range, in order, read in growing chunks. Between two chunks only the last key is kept, so that
 * writes in between neither end nor confuse it.
 */
export class Stream {
  readonly prefix: number;
  readonly #reader: Reader;
  readonly #collection: Collection;
  readonly #index: Index;
  readonly #range: Range;
  readonly #sql: string;
  readonly #reverse: boolean;
  #chunk: Entry[] = [];
  #at = 0;
  #size: number;
  #from: Buffer;
  #rid = BELOW_ALL;
  #ended = false;

  constructor(reader: Reader, collection: Collection, index: Index, range: Range, reverse: boolean, documents: boolean, firstChunk: number) {
    this.#reader = reader;
    this.#collection = collection;
    this.#index = index;
    this.#range = range;
    this.#reverse = reverse;
    this.prefix = range.prefix;
    this.#size = Math.max(SMALLEST_CHUNK, Math.min(firstChunk, LARGEST_CHUNK));
    this.#from = reverse ? range.end : range.start;
    const [source, raw] = index.id === 0 ? [`c${collection.id} i`, documents ? ", d" : ""] : [`i${index.id} i${documents ? ` CROSS JOIN c${collection.id} c ON c.rid = i.rid` : ""}`, documents ? ", c.d" : ""];
    const place = reverse ? "(i.k, i.rid) < (?, ?) AND i.k >= ? ORDER BY i.k DESC, i.rid DESC" : "(i.k, i.rid) > (?, ?) AND i.k < ? ORDER BY i.k, i.rid";
    this.#sql = `SELECT i.k, i.rid${raw} FROM ${source} WHERE ${place} LIMIT ?`;
  }

  #fill(): void {
    if (this.#ended) return;
    if (this.#index.dropped || this.#collection.dropped) refuse(175, `index '${this.#index.name}' or its collection was dropped while it was read`);
    const { rows, cut } = this.#reader.connection().rowsWithin(CHUNK_BYTES, this.#sql, this.#from, this.#rid, this.#reverse ? this.#range.start : this.#range.end, this.#size);
    this.#chunk = rows.map(([k, rid, d]) => ({ key: bytesOf(k), rid: Number(rid), raw: d === undefined ? null : bytesOf(d) }));
    this.#at = 0;
    this.#ended = !cut && rows.length < this.#size;
    this.#size = Math.min(this.#size * 2, LARGEST_CHUNK);
    const last = this.#chunk.at(-1);
    if (last) [this.#from, this.#rid] = [last.key, last.rid];
  }

  /** The next entry, which stays. */
  peek(): Entry | null {
    if (this.#at >= this.#chunk.length) this.#fill();
    return this.#chunk[this.#at] ?? null;
  }

  next(): Entry | null {
    const entry = this.peek();
    this.#at++;
    return entry;
  }

  /** Order of two entries of the same index, behind their prefixes. */
  static compare(a: Entry, prefixA: number, b: Entry, prefixB: number, reverse: boolean): number {
    const c = a.key.compare(b.key, prefixB, b.key.length, prefixA, a.key.length) || a.rid - b.rid;
    return reverse ? -c : c;
  }

  /** Passes over all entries that come before `other`, an entry of another range of the same index. */
  seek(other: Entry, prefix: number): void {
    while (this.#at < this.#chunk.length && Stream.compare(this.#chunk[this.#at]!, this.prefix, other, prefix, this.#reverse) < 0) this.#at++;
    if (this.#at < this.#chunk.length || this.#ended) return;
    this.#size = SMALLEST_CHUNK; // A leap: how many of the entries behind it will be wanted is open again.
    const target = Buffer.concat([this.#range.start.subarray(0, this.prefix), other.key.subarray(prefix)]);
    const rid = other.rid + (this.#reverse ? 1 : -1);
    if (Buffer.compare(target, this.#from) * (this.#reverse ? -1 : 1) > 0) [this.#from, this.#rid] = [target, rid];
  }
}
