import { equal } from "../bson/compare.ts";
import { readDoc } from "../bson/read.ts";
import { integer, isNum, toDouble } from "../bson/numbers.ts";
import { type Doc, isDoc, type Value } from "../bson/value.ts";
import { CommandError, refuse } from "../errors.ts";
import { compileFilter, type Condition } from "../query/filter.ts";
import { isTrue } from "../query/predicates.ts";
import { find } from "../query/find.ts";
import type { Collection, Index } from "../store/catalog.ts";
import { bytesOf } from "../store/connection.ts";
import type { Steps } from "../store/engine.ts";
import { turnOver } from "../store/turn.ts";
import type { Call, Command, Reply } from "./call.ts";

const ID_INDEX: Doc = new Map<string, Value>([["v", 2], ["key", new Map([["_id", 1]])], ["name", "_id_"]]);
const PARTIAL = new Set(["$eq", "$gt", "$gte", "$lt", "$lte", "$type", "$in"]);

function checkPartial(c: Condition): void {
  if (c.kind === "$and" || c.kind === "$or") return c.of.forEach(checkPartial);
  if (c.kind === "field" && (PARTIAL.has(c.op) || (c.op === "$exists" && isTrue(c.arg)))) return;
  refuse(67, `unsupported expression in partial index: ${c.kind === "field" ? c.op : c.kind}`);
}

/** Checks one index specification and completes it (`v`, `name`, directions as int32). */
function readSpec(spec: Value): Doc {
  if (!isDoc(spec) || !isDoc(spec.get("key") ?? null)) refuse(9, "The 'key' field is a required property of an index specification");
  const key: Doc = new Map();
  for (const [field, direction] of spec.get("key") as Doc) {
    const d = isNum(direction) ? toDouble(direction) : 0;
    if (d !== 1 && d !== -1) refuse(67, `Index type of '${field}' is not supported by the local database: only 1 and -1 are.`);
    if (field.split(".").some((part) => part === "" || part.startsWith("$"))) refuse(67, `Index key contains an illegal field name: '${field}'`);
    key.set(field, d);
  }
  if (key.size === 0) refuse(67, "Index keys cannot be an empty object");
  const name = spec.get("name") ?? [...key].map(([field, d]) => `${field}_${String(d)}`).join("_");
  if (typeof name !== "string" || name === "" || name === "*") refuse(67, "The index name must be a non-empty string other than '*'");
  const out: Doc = new Map<string, Value>([["v", 2], ["key", key], ["name", name]]);
  for (const [option, v] of [...spec].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (["key", "name", "v", "background"].includes(option)) continue;
    if (option === "unique") {
      if (typeof v !== "boolean") refuse(14, "The field 'unique' must be a boolean");
      if (v) out.set("unique", true);
    } else if (option === "expireAfterSeconds") {
      if (key.size > 1) refuse(67, "TTL indexes are single-field indexes, compound indexes do not support TTL");
      const seconds = integer(v, option);
      if (seconds < 0 || seconds > 2147483647) refuse(67, "TTL index 'expireAfterSeconds' option must be within 0 and 2147483647");
      out.set(option, seconds);
    } else if (option === "partialFilterExpression") {
      if (!isDoc(v)) refuse(14, "The field 'partialFilterExpression' must be an object");
      checkPartial(compileFilter(v).root);
      out.set(option, v);
    } else refuse(197, `The field '${option}' is not valid for an index specification here: the local database does not support it.`);
  }
  return out;
}

const isId = (spec: Doc): boolean => equal(spec.get("key"), ID_INDEX.get("key"));

/** The index that is asked for already? A different one in its place is refused. */
function exists(collection: Collection, spec: Doc): boolean {
  const same = collection.indexes.find((index) => index.name === spec.get("name"));
  if (same && !equal(same.spec, spec)) refuse(equal(same.spec.get("key"), spec.get("key")) ? 85 : 86, `An existing index has the same name as the requested index: ${same.name}`);
  const twin = collection.indexes.find((index) => equal(index.spec.get("key"), spec.get("key")) && equal(index.spec.get("partialFilterExpression") ?? null, spec.get("partialFilterExpression") ?? null));
  if (twin && !same) refuse(85, `Index already exists with a different name: ${twin.name}`);
  return same !== undefined;
}

/** The indexes that a command is filling now. */
const filling = new WeakSet<Index>();

/** Fills a new index while others read and write: until it is done they keep it in step, but no query uses it. */
function* build(call: Call, collection: Collection, spec: Doc): Steps<void> {
  const index = call.engine.catalog.createIndex(collection, spec);
  filling.add(index);
  try {
    for (const row of find(call, collection, { filter: compileFilter(new Map()), sort: [], skip: 0, limit: 0, hint: "$natural" })) {
      if (row === undefined || turnOver()) yield undefined;
      if (index.dropped) refuse(276, `Index build failed: index '${index.name}' or its collection was dropped meanwhile.`);
      const [raw] = (row && call.connection().row(`SELECT d FROM c${collection.id} WHERE rid = ?`, row.rid)) ?? [];
      if (raw) call.engine.documents.index(collection, index, row!.rid, readDoc(bytesOf(raw)));
    }
    call.engine.catalog.built(index);
  } catch (error) {
    // Not swallowed: a duplicate found on the way must leave no half-built index.
    if (error instanceof CommandError && !index.dropped) call.engine.catalog.dropIndex(collection, index);
    throw error;
  } finally {
    filling.delete(index);
  }
}

/** Builds the index unless it is there. One that another command fills is waited for; one whose build a full disk cut off is made anew. */
function* ensureIndex(call: Call, collection: Collection, spec: Doc): Steps<void> {
  while (exists(collection, spec)) {
    const index = collection.indexes.find(({ name }) => name === spec.get("name"))!;
    if (!index.building) return;
    if (filling.has(index)) yield undefined;
    else call.engine.catalog.dropIndex(collection, index);
  }
  yield* build(call, collection, spec);
}

export const INDEXES: Record<string, Command> = {
  createIndexes: {
    fields: ["indexes"],
    kind: "write",
    *run(call): Steps<Reply> {
      const specs = (call.list("indexes") ?? []).map(readSpec);
      if (specs.length === 0) refuse(2, "Must specify at least one index to create");
      const createdCollectionAutomatically = !call.target;
      const collection = call.ensure(call.ns);
      const numIndexesBefore = collection.indexes.length + 1;
      for (const spec of specs) if (!isId(spec)) yield* ensureIndex(call, collection, spec);
      const numIndexesAfter = collection.indexes.length + 1;
      return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ...(numIndexesAfter === numIndexesBefore ? { note: "all indexes already exist" } : {}) };
    },
  },
  listIndexes: {
    fields: ["cursor"],
    kind: "read",
    *run(call): Steps<Reply> {
      const collection = call.target ?? refuse(26, `ns does not exist: ${call.ns}`);
      return { cursor: { id: 0n, ns: call.ns, firstBatch: [ID_INDEX, ...collection.indexes.map((index) => index.spec)] } };
    },
  },
  dropIndexes: {
    fields: ["index"],
    kind: "write",
    *run(call): Steps<Reply> {
      const collection = call.target ?? refuse(26, `ns not found ${call.ns}`);
      const nIndexesWas = collection.indexes.length + 1;
      const wanted = call.body.get("index");
      const names = wanted === "*" ? collection.indexes.map((index) => index.name) : Array.isArray(wanted) ? wanted : [wanted];
      if (names.includes("_id_")) refuse(72, "cannot drop _id index");
      const found = names.map((name) => collection.indexes.find((index) => (isDoc(name ?? null) ? equal(index.spec.get("key"), name) : index.name === name)) ?? refuse(27, `index not found with name [${String(name)}]`));
      for (const index of found) call.engine.catalog.dropIndex(collection, index);
      return { nIndexesWas };
    },
  },
};
