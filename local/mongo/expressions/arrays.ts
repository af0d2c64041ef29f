import { equal } from "../bson/compare.ts";
import { identity } from "../bson/key.ts";
import { integer, isNum } from "../bson/numbers.ts";
import { type Doc, isDoc, type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { typeName } from "../query/type-names.ts";
import { named, plain, strict } from "./arguments.ts";
import { truthy } from "./compile.ts";
import type { Operator } from "./scope.ts";

function list(v: Maybe, name: string): Value[] {
  return Array.isArray(v) ? v : refuse(17124, `The argument to ${name} must be an array, but was of type: ${typeName(v)}`);
}

const at = (v: Value[], index: number): Maybe => v[index < 0 ? v.length + index : index];
export const distinct = (values: Value[]): Value[] => [...new Map(values.map((v) => [identity(v), v])).values()];

/** `$filter`, `$map`: `in` or `cond` for every element, under the name of `as`. */
function each(arg: Value, compiler: Parameters<Operator>[1], name: string, body: "cond" | "in") {
  const parts = named(arg, name, ["input", body], ["as", "limit"]);
  if (body === "in" && parts.limit !== undefined) refuse(9, "Unrecognized argument to $map: limit");
  const [input, evaluate] = [compiler.expression(parts.input), compiler.expression(parts[body])];
  const limit = parts.limit === undefined ? undefined : compiler.expression(parts.limit);
  const as = typeof parts.as === "string" ? parts.as : "this";
  return { input, limit, evaluate: (scope: Parameters<typeof evaluate>[0], v: Value) => evaluate({ root: scope.root, vars: { ...scope.vars, [as]: v } }) };
}

function slice([v, first, second]: Value[], name: string): Value {
  const [items, a] = [list(v, name), integer(first, name)];
  if (second === undefined) return a < 0 ? items.slice(a) : items.slice(0, a);
  const n = integer(second, name);
  if (n <= 0) refuse(28729, `Third argument to $slice must be positive: ${n}`);
  const from = a < 0 ? Math.max(0, items.length + a) : a;
  return items.slice(from, from + n);
}

export const ARRAYS: Record<string, Operator> = {
  $size: plain(1, 1, ([v], name) => list(v, name).length),
  $isArray: plain(1, 1, ([v]) => Array.isArray(v)),
  $in: plain(2, 2, ([v, items], name) => list(items, name).some((item) => v !== undefined && equal(v, item))),
  $arrayElemAt: strict(2, 2, ([v, i], name) => at(list(v, name), integer(i, name))),
  $first: strict(1, 1, ([v], name) => at(list(v, name), 0)),
  $last: strict(1, 1, ([v], name) => at(list(v, name), -1)),
  $slice: strict(2, 3, slice),
  $concatArrays: strict(0, Infinity, (values, name) => values.flatMap((v) => list(v, name))),
  $setUnion: strict(0, Infinity, (values, name) => distinct(values.flatMap((v) => list(v, name)))),
  $setIntersection: strict(0, Infinity, ([first = [], ...rest], name) => distinct(list(first, name)).filter((v) => rest.every((other) => list(other, name).some((x) => equal(x, v))))),
  $setDifference: strict(2, 2, ([a, b], name) => {
    const without = new Set(list(b, name).map(identity));
    return distinct(list(a, name)).filter((v) => !without.has(identity(v)));
  }),
  $filter: (arg, compiler, name) => {
    const { input, evaluate, limit } = each(arg, compiler, name, "cond");
    return (scope) => {
      const v = input(scope);
      if (v === null || v === undefined) return null;
      const most = limit?.(scope);
      const kept = list(v, name).filter((item) => truthy(evaluate(scope, item)));
      return isNum(most) ? kept.slice(0, integer(most, name)) : kept;
    };
  },
  $map: (arg, compiler, name) => {
    const { input, evaluate } = each(arg, compiler, name, "in");
    return (scope) => {
      const v = input(scope);
      return v === null || v === undefined ? null : list(v, name).map((item) => evaluate(scope, item) ?? null);
    };
  },
  $reduce: (arg, compiler, name) => {
    const parts = named(arg, name, ["input", "initialValue", "in"], []);
    const [input, initial, body] = [parts.input, parts.initialValue, parts.in].map((v) => compiler.expression(v));
    return (scope) => {
      const v = input!(scope);
      if (v === null || v === undefined) return null;
      return list(v, name).reduce<Maybe>((value, item) => body!({ root: scope.root, vars: { ...scope.vars, value, this: item } }), initial!(scope));
    };
  },
  $mergeObjects: plain(0, Infinity, (values) => {
    const merged: Doc = new Map();
    for (const v of values.length === 1 && Array.isArray(values[0]) ? values[0] : values) {
      if (v === null || v === undefined) continue;
      if (!isDoc(v)) refuse(40400, "$mergeObjects requires object inputs");
      for (const [name, x] of v) merged.set(name, x);
    }
    return merged;
  }),
};
