import { Fields, readDoc } from "../bson/read.ts";
import type { Doc } from "../bson/value.ts";
import { candidates } from "../plan/candidates.ts";
import type { Collection } from "../store/catalog.ts";
import type { Connection } from "../store/connection.ts";
import type { Stored } from "../store/documents.ts";
import { turnOver } from "../store/turn.ts";
import type { Filter } from "./filter.ts";
import { type SortField, sorted } from "./sort.ts";

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

/**
 * The stored documents that match, in order. Yields `undefined` when its turn is over. Continues by key, so that writes
 * between two steps neither end nor confuse it; every document is tested again when it is read.
 */
export function* find(reader: Reader, collection: Collection | undefined, query: Query): Generator<Stored | undefined> {
  if (!collection) return;
  const source = candidates(reader, collection, query);
  const matching = matches(source.rows, query.filter);
  let { skip, limit } = query;
  const fields = new Fields(query.sort.map((f) => f.path[0]!));
  const ordered = query.sort.length === 0 || source.sorted ? matching : sorted(matching, query.sort, ({ raw }) => readDoc(raw, 0, fields), ({ raw }) => raw.length + 100, limit > 0 ? skip + limit : Infinity);
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
  for (const row of rows) {
    if (row === undefined || test(readDoc(row.raw, 0, decode))) yield row;
    if (turnOver()) yield undefined;
  }
}
