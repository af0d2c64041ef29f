import { Fields, readDoc } from "../bson/read.ts";
import type { Doc } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { candidates } from "../plan/candidates.ts";
import type { Collection } from "../store/catalog.ts";
import type { Connection } from "../store/connection.ts";
import type { Stored } from "../store/documents.ts";
import { turnOver } from "../store/turn.ts";
import type { Filter } from "./filter.ts";
import { compareKeys, type SortField, type SortKey, sortKey } from "./sort.ts";

/** Where a command reads: outside transactions the connection may be another at every step. */
export interface Reader {
  connection(): Connection;
}

export interface Query {
  filter: Filter;
  sort: SortField[];
  skip: number;
  /** 0: no limit. */
  limit: number;
  /** Name or key of the index that must be used; "$natural" for none. */
  hint: string | Doc | null;
}

const SORT_MEMORY_BYTES = 100 * 1024 * 1024;

/**
 * The stored documents that match, in order. Yields `undefined` when its turn is over. Continues by key, so that writes
 * between two steps neither end nor confuse it; every document is tested again when it is read.
 */
export function* find(reader: Reader, collection: Collection | undefined, query: Query): Generator<Stored | undefined> {
  if (!collection) return;
  const source = candidates(reader, collection, query);
  const matching = matches(source.rows, query.filter);
  const ordered = query.sort.length === 0 || source.sorted ? matching : sorted(matching, query);
  let { skip, limit } = query;
  for (const row of ordered) {
    if (row === undefined) yield row;
    else if (skip > 0) skip--;
    else {
      yield row;
      if (--limit === 0) return;
    }
  }
}

function* matches(rows: Iterable<Stored | undefined>, { decode, test }: Filter): Generator<Stored | undefined> {
  let count = 0;
  for (const row of rows) {
    if (row === undefined || test(readDoc(row.raw, 0, decode))) yield row;
    if ((++count & 31) === 0 && turnOver()) yield undefined;
  }
}

function* sorted(rows: Iterable<Stored | undefined>, { sort, skip, limit }: Query): Generator<Stored | undefined> {
  const fields = new Fields(sort.map((f) => f.path[0]!));
  const keep = limit > 0 ? skip + limit : Infinity;
  let kept: { key: SortKey; row: Stored }[] = [];
  const order = (a: { key: SortKey }, b: { key: SortKey }) => compareKeys(a.key, b.key, sort);
  let bytes = 0;
  for (const row of rows) {
    if (row === undefined) {
      yield undefined;
      continue;
    }
    kept.push({ key: sortKey(readDoc(row.raw, 0, fields), sort), row });
    bytes += row.raw.length;
    if (kept.length > keep * 2 + 64) {
      kept = kept.sort(order).slice(0, keep);
      bytes = kept.reduce((n, k) => n + k.row.raw.length, 0);
    }
    if (bytes > SORT_MEMORY_BYTES) refuse(292, `Sort exceeded memory limit of ${SORT_MEMORY_BYTES} bytes. Add an index that gives the order.`);
  }
  for (const { row } of kept.sort(order)) yield row;
}
