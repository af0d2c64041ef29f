import { Fields, readDoc } from "../bson/read.ts";
import { refuse } from "../errors.ts";
import type { Query, Reader } from "../query/find.ts";
import { compareKeys, type SortField, sortKey, type SortKey } from "../query/sort.ts";
import type { Collection } from "../store/catalog.ts";
import { bytesOf } from "../store/connection.ts";
import type { Stored } from "../store/documents.ts";
import { turnOver } from "../store/turn.ts";
import { choose, type IndexPlan, type Plan } from "./choose.ts";
import { CHUNK_BYTES, type Entry, Stream } from "./stream.ts";

export type Rows = Generator<Stored | undefined>;

/** What a driver asks for first when it names no limit. */
const USUAL_BATCH = 101;

/** The rows that may match a query, and whether they come in its order. */
export function candidates(reader: Reader, collection: Collection, query: Query): { rows: Rows; sorted: boolean } {
  const plan = choose(collection, query, reader.connection());
  return { rows: rowsOf(reader, collection, query, plan), sorted: plan.sorted };
}

function rowsOf(reader: Reader, collection: Collection, query: Query, plan: Plan): Rows {
  if (plan.kind === "scan") return scan(reader, collection);
  if (plan.kind === "index") return indexRows(reader, collection, query, plan);
  return unionRows(plan.plans.map((part) => indexRows(reader, collection, query, part)), plan.sorted ? query.sort : []);
}

function* scan(reader: Reader, collection: Collection): Rows {
  for (let last = -1; ; ) {
    if (collection.dropped) refuse(175, "the collection was dropped while it was read");
    const { rows, cut } = reader.connection().rowsWithin(CHUNK_BYTES, `SELECT rid, d FROM c${collection.id} WHERE rid > ? ORDER BY rid`, last);
    for (const row of rows) yield { rid: (last = Number(row[0])), raw: bytesOf(row[1]) };
    if (!cut) return;
  }
}

function* indexRows(reader: Reader, collection: Collection, query: Query, plan: IndexPlan): Rows {
  const { index, ranges, reverse, also } = plan;
  const wanted = query.limit > 0 && (plan.sorted || query.sort.length === 0) ? query.skip + query.limit : USUAL_BATCH;
  const merging = ranges.length > 1 && query.sort.length > 0 && plan.sorted;
  const single = !merging && also.length === 0;
  const open = (range: IndexPlan["ranges"][number]) => new Stream(reader, collection, index, range, reverse, single, merging ? Math.ceil(wanted / ranges.length) + 2 : wanted);
  const entries = also.length > 0 ? common([...ranges, ...also].map(open), reverse) : merging ? merged(ranges.map(open), reverse) : chained(ranges, open);
  const seen = index.multikey.some(Boolean) ? new Set<number>() : null;
  for (const entry of entries) {
    if (entry === undefined) yield undefined;
    else if (!seen?.has(entry.rid)) {
      seen?.add(entry.rid);
      const raw = entry.raw ?? documentOf(reader, collection, entry.rid);
      if (raw) yield { rid: entry.rid, raw };
    } else if (turnOver()) yield undefined;
  }
}

function documentOf(reader: Reader, collection: Collection, rid: number): Buffer | null {
  const row = reader.connection().row(`SELECT d FROM c${collection.id} WHERE rid = ?`, rid);
  return row ? bytesOf(row[0]) : null;
}

type Entries = Generator<Entry | undefined>;

function* chained<R>(ranges: R[], open: (range: R) => Stream): Entries {
  for (const range of ranges) {
    const stream = open(range);
    for (let entry = stream.next(); entry; entry = stream.next()) yield entry;
  }
}

/** The entries of several ranges in the order behind their prefixes: a heap of streams. */
function* merged(streams: Stream[], reverse: boolean): Entries {
  const before = (a: Stream, b: Stream) => Stream.compare(a.peek()!, a.prefix, b.peek()!, b.prefix, reverse) < 0;
  const heap: Stream[] = [];
  const sink = (i: number) => {
    for (;;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) if (child < heap.length && before(heap[child]!, heap[least]!)) least = child;
      if (least === i) return;
      [heap[i], heap[least]] = [heap[least]!, heap[i]!];
      i = least;
    }
  };
  heap.push(...streams.filter((stream) => stream.peek() !== null));
  for (let i = heap.length >> 1; i >= 0; i--) sink(i);
  while (heap.length > 0) {
    yield heap[0]!.next()!;
    if (heap[0]!.peek() === null) {
      const last = heap.pop()!;
      if (heap.length === 0) return;
      heap[0] = last;
    }
    sink(0);
  }
}

/** The entries that all ranges have in common behind their prefixes; each stream leaps to where the others are. */
function* common(streams: Stream[], reverse: boolean): Entries {
  for (let steps = 1; ; steps++) {
    if ((steps & 63) === 0 && turnOver()) yield undefined;
    let [furthest, entry] = [streams[0]!, streams[0]!.peek()];
    if (!entry) return;
    let same = true;
    for (const stream of streams.slice(1)) {
      stream.seek(entry, furthest.prefix);
      const other = stream.peek();
      if (!other) return;
      if (Stream.compare(other, stream.prefix, entry, furthest.prefix, reverse) !== 0) {
        same = false;
        [furthest, entry] = [stream, other];
      }
    }
    if (same) {
      yield entry;
      streams[0]!.next();
    } else streams[0]!.seek(entry, furthest.prefix);
  }
}

/** The rows of several plans, each once; in order if they all come in order. */
function* unionRows(parts: Rows[], sort: SortField[]): Rows {
  const seen = new Set<number>();
  const fields = new Fields(sort.map((f) => f.path[0]!));
  const heads: { part: Rows; row: Stored; key: SortKey }[] = [];
  for (const part of parts) yield* advance(part, null);
  while (heads.length > 0) {
    let first = 0;
    for (let i = 1; i < heads.length; i++) if (compareKeys(heads[i]!.key, heads[first]!.key, sort) < 0) first = i;
    const { part, row } = heads[first]!;
    if (!seen.has(row.rid)) {
      seen.add(row.rid);
      yield row;
    } else if (turnOver()) yield undefined;
    yield* advance(part, first);
  }

  function* advance(part: Rows, place: number | null): Rows {
    for (let next = part.next(); ; next = part.next()) {
      if (next.done) {
        if (place !== null) heads.splice(place, 1);
        return;
      }
      if (next.value === undefined) yield undefined;
      else {
        const head = { part, row: next.value, key: sort.length > 0 ? sortKey(readDoc(next.value.raw, 0, fields), sort) : [] };
        if (place === null) heads.push(head);
        else heads[place] = head;
        return;
      }
    }
  }
}
