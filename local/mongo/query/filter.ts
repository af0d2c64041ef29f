import { Fields } from "../bson/read.ts";
import { type Doc, isDoc, type Maybe, Regex, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { compileExpression, truthy } from "../expressions/compile.ts";
import { Needs, type Variables } from "../expressions/scope.ts";
import { type Path, pick, reach } from "../store/path.ts";
import { isTrue, regexTest, SINGLE, type Single, sizeTest } from "./predicates.ts";
import { regexOf } from "./regex.ts";

/** One condition on one path. `leaf` tests what the path reaches, `single` one element of an array there. */
export interface FieldCondition {
  kind: "field";
  name: string;
  path: Path;
  op: string;
  arg: Value;
  /** The condition holds if `leaf` holds nowhere. */
  negated: boolean;
  leaf: Single;
  single: Single;
  /** Of `$not`: the conditions that must not all hold of the document. */
  parts?: FieldCondition[];
}
export type Condition = FieldCondition | { kind: "$and" | "$or" | "$nor"; of: Condition[] } | { kind: "expr"; test: (doc: Doc) => boolean };

export interface Filter {
  root: Condition;
  test(doc: Doc): boolean;
  /** Top-level fields that the test reads; null: all. */
  fields: string[] | null;
  decode: Fields | undefined;
}

const isOperators = (v: Value): v is Doc => isDoc(v) && [...v.keys()][0]?.startsWith("$") === true;

function condition(name: string, op: string, arg: Value, leaf: Single, single: Single = leaf, negated = false): FieldCondition {
  return { kind: "field", name, path: name.split("."), op, arg, leaf, single, negated };
}

const orElement = (single: Single): Single => (v) => single(v) || (Array.isArray(v) && v.some(single));

function elemMatch(arg: Value, needs: Needs, vars: Variables): Single {
  if (!isDoc(arg)) refuse(2, "$elemMatch needs an Object");
  const first = [...arg.keys()][0];
  if (first?.startsWith("$") && !["$and", "$or", "$nor"].includes(first)) {
    const parts = fieldConditions("", arg, needs, vars);
    return (v) => v !== undefined && parts.every((part) => holdsAt(part, v));
  }
  const inner = parse(arg, new Needs(), vars);
  return (v) => isDoc(v) && holds(inner, v);
}

function allOf(arg: Value, needs: Needs, vars: Variables): { leaf: Single; single: Single } {
  if (!Array.isArray(arg)) refuse(2, "$all needs an array");
  const tests = arg.map((one) => {
    if (isOperators(one)) {
      if (!one.has("$elemMatch") || one.size > 1) refuse(2, "no $ expressions in $all");
      const single = elemMatch(one.get("$elemMatch")!, needs, vars);
      return { leaf: (v: Maybe) => Array.isArray(v) && v.some(single), single };
    }
    const single = one instanceof Regex ? regexTest(one) : SINGLE.$eq!(one, "$eq");
    return { leaf: orElement(single), single };
  });
  return { leaf: (v) => tests.length > 0 && tests.every((t) => t.leaf(v)), single: (v) => tests.some((t) => t.single(v)) };
}

function fieldConditions(name: string, arg: Value, needs: Needs, vars: Variables): FieldCondition[] {
  if (arg instanceof Regex) return [condition(name, "$regex", arg, orElement(regexTest(arg)), regexTest(arg))];
  if (!isOperators(arg)) return [condition(name, "$eq", arg, orElement(SINGLE.$eq!(arg, "$eq")), SINGLE.$eq!(arg, "$eq"))];
  return [...arg].flatMap(([op, value]) => {
    if (op in SINGLE) {
      const single = SINGLE[op]!(value, op);
      return condition(name, op, value, orElement(single), single);
    }
    switch (op) {
      case "$ne":
      case "$nin": {
        if (op === "$ne" && value instanceof Regex) refuse(2, "Can't have regex as arg to $ne.");
        const single = SINGLE[op === "$ne" ? "$eq" : "$in"]!(value, op);
        return condition(name, op, value, orElement(single), single, true);
      }
      case "$regex": {
        const regex = regexOf(value, arg.get("$options"));
        return condition(name, op, regex, orElement(regexTest(regex)), regexTest(regex));
      }
      case "$exists":
        return condition(name, op, value, (v) => v !== undefined, undefined, !isTrue(value));
      case "$size":
        return condition(name, op, value, sizeTest(value));
      case "$options":
        if (!arg.has("$regex")) refuse(2, "$options needs a $regex");
        return [];
      case "$not": {
        if (!isOperators(value) && !(value instanceof Regex)) refuse(2, "$not needs a regex or a document");
        const parts = fieldConditions(name, value, needs, vars);
        return { ...condition(name, op, value, (v) => parts.every((part) => holdsAt(part, v)), undefined, true), parts };
      }
      case "$elemMatch": {
        const single = elemMatch(value, needs, vars);
        return condition(name, op, value, (v) => Array.isArray(v) && v.some(single), single);
      }
      case "$all": {
        const { leaf, single } = allOf(value, needs, vars);
        return condition(name, op, value, leaf, single);
      }
    }
    return refuse(2, `unknown operator: ${op}`);
  });
}

const holdsAt = (c: FieldCondition, v: Maybe): boolean => (c.negated ? !c.leaf(v) : c.leaf(v));

function parse(filter: Doc, needs: Needs, vars: Variables): Condition {
  const of: Condition[] = [];
  for (const [name, arg] of filter) {
    if (name === "$and" || name === "$or" || name === "$nor") {
      if (!Array.isArray(arg) || arg.length === 0) refuse(2, `${name} argument must be a nonempty array`);
      const parts = arg.map((part) => (isDoc(part) ? parse(part, needs, vars) : refuse(2, `${name} argument's entries must be objects`)));
      if (name === "$and") of.push(...parts);
      else of.push({ kind: name, of: parts });
    } else if (name === "$expr") {
      const evaluate = compileExpression(arg, needs);
      of.push({ kind: "expr", test: (doc) => truthy(evaluate({ root: doc, vars: vars.values })) });
    } else if (name === "$comment") continue;
    else if (name.startsWith("$")) refuse(2, `unknown top level operator: ${name}. The local database does not support it.`);
    else {
      needs.add(name);
      of.push(...fieldConditions(name, arg, needs, vars));
    }
  }
  return of.length === 1 ? of[0]! : { kind: "$and", of };
}

/** Is the condition true of the document? */
export function holds(c: Condition, doc: Doc): boolean {
  switch (c.kind) {
    case "field":
      if (c.parts) return !c.parts.every((part) => holds(part, doc));
      return reach(doc, c.path, 0, c.leaf) !== c.negated;
    case "$and":
      return c.of.every((part) => holds(part, doc));
    case "$or":
      return c.of.some((part) => holds(part, doc));
    case "$nor":
      return !c.of.some((part) => holds(part, doc));
    case "expr":
      return c.test(doc);
  }
}

/** What an element of an array is tested for by `$pull`: a condition on the element, a filter of its fields, or a value. */
export function elementTest(arg: Value): Single {
  if (isDoc(arg)) return elemMatch(arg, new Needs(), { values: {} });
  return arg instanceof Regex ? regexTest(arg) : SINGLE.$eq!(arg, "$eq");
}

/** Position of the first element of the array at `array` that made the filter match, for the positional `$`. */
export function matchedPosition(c: Condition, doc: Doc, array: Path): number {
  if (c.kind === "$and" || c.kind === "$or") {
    for (const part of c.of) {
      const found = matchedPosition(part, doc, array);
      if (found >= 0) return found;
    }
  }
  if (c.kind !== "field" || c.negated || c.parts || !array.every((part, i) => c.path[i] === part)) return -1;
  const items = pick(doc, array);
  if (!Array.isArray(items)) return -1;
  const rest = c.path.slice(array.length);
  return items.findIndex((item) => (rest.length === 0 ? c.single(item) : item instanceof Map && reach(item, rest, 0, c.leaf)));
}

/** Compiles a filter document. Unknown operators are refused (code 2). */
export function compileFilter(filter: Doc, vars: Variables = { values: {} }): Filter {
  const needs = new Needs();
  const root = parse(filter, needs, vars);
  const fields = needs.fields;
  return { root, test: (doc) => holds(root, doc), fields, decode: fields ? new Fields(fields) : undefined };
}
