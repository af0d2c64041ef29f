import { isDoc, type Doc, type Value } from "../bson/value.ts";
import { checkSize } from "../bson/raw.ts";
import { readDoc } from "../bson/read.ts";
import { encode } from "../bson/write.ts";
import { refuse } from "../errors.ts";
import type { Call } from "../commands/call.ts";
import { compileFilter, type Filter } from "../query/filter.ts";
import { parseSort } from "../query/sort.ts";
import type { Collection } from "../store/catalog.ts";
import type { Stored } from "../store/documents.ts";
import type { Steps } from "../store/engine.ts";
import { compileUpdate, type Update } from "../update/compile.ts";
import { targets } from "./targets.ts";
import { checkId, upsertBase, withId } from "../update/upsert.ts";

/** One statement of `update`, `findAndModify` or `bulkWrite`. */
export interface UpdateStatement {
  filter: Filter;
  update: Update;
  multi: boolean;
  upsert: boolean;
  sort: ReturnType<typeof parseSort>;
  hint: string | Doc | null;
}

export interface Updated {
  matched: number;
  modified: number;
  /** The document that an upsert inserted. */
  inserted: Doc | null;
  before: Buffer | null;
  after: Buffer | null;
}

/** Reads a statement; `q` and `u` are the names of its filter and its change. */
export function updateStatement(call: Call, spec: Doc, q: string, u: string): UpdateStatement {
  const filter = spec.get(q) ?? new Map<string, Value>();
  if (!isDoc(filter)) refuse(14, `BSON field '${q}' is the wrong type, expected type 'object'`);
  const vars = call.variables;
  const update = compileUpdate(spec.get(u), spec.get("arrayFilters"), vars);
  const multi = spec.get("multi") === true;
  if (multi && update.replaces) refuse(9, "multi update is not supported for replacement-style update");
  return { filter: compileFilter(filter, vars), update, multi, upsert: spec.get("upsert") === true, sort: parseSort(spec.get("sort")), hint: call.hint(spec) };
}

function change(call: Call, collection: Collection, row: Stored, { update, filter }: UpdateStatement): Buffer {
  const raw = encode(update.apply(readDoc(row.raw), filter.root));
  if (raw.equals(row.raw)) return row.raw;
  call.engine.documents.replace(collection, row, checkSize(raw));
  return raw;
}

/** Updates one or all matching documents, or inserts one. */
export function* runUpdate(call: Call, ns: string, statement: UpdateStatement): Steps<Updated> {
  const { filter, sort, hint, multi } = statement;
  const result: Updated = { matched: 0, modified: 0, inserted: null, before: null, after: null };
  const collection = call.collection(ns);
  for (const row of targets(call, collection, { filter, sort, skip: 0, limit: multi ? 0 : 1, hint })) {
    if (row === undefined) {
      yield undefined;
      continue;
    }
    const raw = change(call, collection!, row, statement);
    result.matched++;
    if (raw !== row.raw) result.modified++;
    Object.assign(result, { before: row.raw, after: raw });
  }
  if (result.matched === 0 && statement.upsert) {
    const doc = withId(statement.update.apply(upsertBase(filter.root), undefined));
    checkId(doc);
    const raw = checkSize(encode(doc));
    call.engine.documents.insert(call.ensure(ns), raw);
    Object.assign(result, { inserted: doc, after: raw });
  }
  return result;
}
