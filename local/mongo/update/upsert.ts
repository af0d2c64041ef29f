import { ObjectId } from "bson";
import { type Doc, isDoc, Oid, Regex } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import type { Condition } from "../query/filter.ts";
import { alter } from "./place.ts";

const newId = (): Oid => new Oid(Buffer.from(new ObjectId().id));

function equalities(c: Condition, doc: Doc): void {
  if (c.kind === "$and" || (c.kind === "$or" && c.of.length === 1)) c.of.forEach((part) => equalities(part, doc));
  if (c.kind !== "field" || c.negated) return;
  const single = (c.op === "$all" || c.op === "$in") && Array.isArray(c.arg) && c.arg.length === 1 ? c.arg[0] : undefined;
  const value = c.op === "$eq" ? c.arg : single;
  if (value === undefined || value instanceof Regex || (isDoc(value) && value.has("$elemMatch"))) return;
  alter(doc, [...c.path], true, (old) => (old === undefined ? value : refuse(54, `cannot infer query fields to set, path '${c.name}' is matched twice`)));
}

/** The document that an upsert starts from: what the filter says by equality. `_id` comes first. */
export function upsertBase(filter: Condition): Doc {
  const doc: Doc = new Map();
  equalities(filter, doc);
  return doc;
}

/** The document with an `_id` in front; a missing one is made. */
export function withId(doc: Doc): Doc {
  const id = doc.get("_id") ?? newId();
  return [...doc.keys()][0] === "_id" ? doc : new Map([["_id", id], ...[...doc].filter(([name]) => name !== "_id")]);
}

/** Refuses an `_id` that MongoDB refuses. */
export function checkId(doc: Doc): void {
  const id = doc.get("_id");
  if (Array.isArray(id) || id instanceof Regex) refuse(53, `The '_id' value cannot be of type ${Array.isArray(id) ? "array" : "regex"}`);
  if (isDoc(id)) for (const name of id.keys()) if (name.startsWith("$")) refuse(52, `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`);
}
