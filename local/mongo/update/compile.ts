import { equal } from "../bson/compare.ts";
import { type Doc, isDoc, type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { compileTransforms } from "../aggregate/transforms.ts";
import type { Variables } from "../expressions/scope.ts";
import { compileFilter, type Condition } from "../query/filter.ts";
import { isPosition, pick } from "../store/path.ts";
import { ARRAY_OPERATORS } from "./arrays.ts";
import { type Change, FIELD_OPERATORS } from "./fields.ts";
import { alter, concrete, type Placeholders } from "./place.ts";

/** An update, ready to be applied to documents. `matched` is the filter that found the document; none: an upsert's insert. */
export interface Update {
  replaces: boolean;
  /** Changes `doc` in place or makes a new one. Keeps `_id` or is refused (66). */
  apply(doc: Doc, matched: Condition | undefined): Doc;
}

interface Modification {
  op: string;
  path: string[];
  change: Change;
}

const OPERATORS = { ...FIELD_OPERATORS, ...ARRAY_OPERATORS };
const CREATES = new Set(["$set", "$setOnInsert", "$inc", "$mul", "$min", "$max", "$currentDate", "$push", "$addToSet"]);

function checkConflicts(paths: string[][]): void {
  const seen = paths.map((path) => path.join(".")).sort();
  for (const path of seen) {
    const other = seen.find((p) => p !== path && p.startsWith(`${path}.`)) ?? (seen.indexOf(path) !== seen.lastIndexOf(path) ? path : undefined);
    if (other !== undefined) refuse(40, `Updating the path '${other}' would create a conflict at '${path}'`);
  }
}

/** New fields are added in the order of their names; array positions in numeric order. */
function byPath(a: Modification, b: Modification): number {
  for (let i = 0; i < Math.min(a.path.length, b.path.length); i++) {
    const [x, y] = [a.path[i]!, b.path[i]!];
    if (x !== y) return isPosition(x) && isPosition(y) ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return a.path.length - b.path.length;
}

function modifications(spec: Doc): { list: Modification[]; renames: [string[], string[]][] } {
  const list: Modification[] = [];
  const renames: [string[], string[]][] = [];
  for (const [op, args] of spec) {
    if (!isDoc(args)) refuse(9, `Modifiers operate on fields but we found type ${typeof args} instead. For example: {$mod: {<field>: ...}} not {${op}: ...}`);
    for (const [name, arg] of args) {
      const path = name.split(".");
      if (path.includes("")) refuse(56, `The update path '${name}' contains an empty field name, which is not allowed.`);
      if (path[0]!.startsWith("$")) refuse(op === "$rename" ? 2 : 52, `The update path '${name}' must not start with '$'.`);
      if (op === "$rename") {
        if (typeof arg !== "string" || arg === "" || [name, arg].some((p) => p.includes("$"))) refuse(2, `The 'to' field for $rename must be a plain path: ${name}`);
        renames.push([path, arg.split(".")]);
      } else {
        const operator = Object.hasOwn(OPERATORS, op) ? OPERATORS[op] : undefined;
        if (!operator) refuse(9, `Unknown modifier: ${op}. The local database does not support it.`);
        list.push({ op, path, change: operator(arg, name) });
      }
    }
  }
  checkConflicts([...list.map((m) => m.path), ...renames.flat()]);
  return { list: list.sort(byPath), renames };
}

function rename(doc: Doc, from: string[], to: string[]): void {
  let moved: Maybe;
  const above = pick(doc, from.slice(0, -1));
  if (Array.isArray(above) || Array.isArray(pick(doc, to.slice(0, -1)))) refuse(2, `The source and target of $rename cannot be array elements: '${from.join(".")}'`);
  alter(doc, from, false, (old) => {
    moved = old;
    return undefined;
  });
  const value = moved;
  if (value !== undefined) alter(doc, to, true, () => value);
}

function readArrayFilters(arrayFilters: Value[]): Placeholders["filters"] {
  const filters: Placeholders["filters"] = new Map();
  for (const filter of arrayFilters) {
    if (!isDoc(filter)) refuse(14, "arrayFilters must hold documents");
    const names = new Set([...filter.keys()].flatMap((name) => (name.startsWith("$") ? (filter.get(name) as Doc[]).flatMap((part) => [...part.keys()]) : [name])).map((name) => name.split(".")[0]!));
    const [identifier] = names;
    if (names.size !== 1 || !identifier) refuse(9, "Error parsing array filter: each must name exactly one identifier");
    if (filters.has(identifier)) refuse(9, `Found multiple array filters with the same top-level field name ${identifier}`);
    const { test } = compileFilter(filter);
    filters.set(identifier, (item) => test(new Map([[identifier, item]])));
  }
  return filters;
}

/** Compiles an update: operators, a replacement, or a pipeline. */
export function compileUpdate(spec: Value | undefined, arrayFilters: Value | undefined, vars: Variables): Update {
  if (arrayFilters !== undefined && !Array.isArray(arrayFilters)) refuse(14, "arrayFilters must be an array");
  if (Array.isArray(spec)) {
    if (arrayFilters) refuse(9, "arrayFilters may not be specified for pipeline-syle updates");
    const transform = compileTransforms(spec, vars);
    return { replaces: false, apply: (doc) => keepingId(doc, transform(doc)) };
  }
  if (!isDoc(spec)) refuse(9, "Update argument must be either an object or an array");
  if (![...spec.keys()][0]?.startsWith("$")) {
    if (arrayFilters) refuse(9, "arrayFilters may not be specified for replacements");
    for (const name of spec.keys()) if (name.startsWith("$")) refuse(52, `The dollar ($) prefixed field '${name}' is not allowed in a replacement.`);
    return { replaces: true, apply: (doc) => keepingId(doc, new Map(spec)) };
  }
  const { list, renames } = modifications(spec);
  const filters = readArrayFilters(arrayFilters ?? []);
  for (const name of filters.keys()) if (!list.some((m) => m.path.includes(`$[${name}]`))) refuse(9, `The array filter for identifier '${name}' was not used in the update`);
  return {
    replaces: false,
    apply(doc, matched) {
      const id = doc.get("_id");
      for (const { op, path, change } of list) {
        if (op === "$setOnInsert" && matched) continue;
        for (const place of concrete(doc, path, { matched, filters })) alter(doc, place, CREATES.has(op), change);
      }
      for (const [from, to] of renames) rename(doc, from, to);
      if (id !== undefined && !equal(doc.get("_id"), id)) refuse(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
      return doc;
    },
  };
}

function keepingId(old: Doc, fresh: Doc): Doc {
  const id = old.get("_id");
  if (id === undefined) return fresh;
  if (fresh.has("_id") && !equal(fresh.get("_id"), id)) refuse(66, "After applying the update, the (immutable) field '_id' was found to have been altered");
  return fresh.has("_id") ? fresh : new Map([["_id", id], ...fresh]);
}
