import { isDoc, type Doc } from "../bson/value.ts";
import { integer } from "../bson/numbers.ts";
import { refuse } from "../errors.ts";
import type { Call } from "../commands/call.ts";
import { compileFilter } from "../query/filter.ts";
import type { Query } from "../query/find.ts";
import type { Steps } from "../store/engine.ts";
import { parseSort } from "../query/sort.ts";
import { targets } from "./targets.ts";

/** Reads a delete statement: `limit` 1 or 0 (all). */
export function deleteQuery(call: Call, spec: Doc, q: string, all: boolean): Query {
  const filter = spec.get(q);
  if (!isDoc(filter ?? null)) refuse(14, `BSON field '${q}' is the wrong type, expected type 'object'`);
  return { filter: compileFilter(filter as Doc, call.variables), sort: parseSort(spec.get("sort")), skip: 0, limit: all ? 0 : 1, hint: call.hint(spec) };
}

export const deletesAll = (spec: Doc): boolean => integer(spec.get("limit"), "limit") === 0;

/** Deletes the matching documents; gives their number and the last one. */
export function* runDelete(call: Call, ns: string, query: Query): Steps<{ n: number; last: Buffer | null }> {
  const collection = call.collection(ns);
  let [n, last]: [number, Buffer | null] = [0, null];
  for (const row of targets(call, collection, query)) {
    if (row === undefined) {
      yield undefined;
      continue;
    }
    call.engine.documents.delete(collection!, row);
    n++;
    last = row.raw;
  }
  return { n, last };
}
