import { compare, equal } from "../bson/compare.ts";
import { identity } from "../bson/key.ts";
import { integer, isNum } from "../bson/numbers.ts";
import { isDoc, type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { compareBy, parseSort } from "../query/sort.ts";
import { typeName } from "../query/types.ts";
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
  $reverseArray: strict(1, 1, ([v], name) => list(v, name).toReversed()),
  $range: plain(2, 3, ([from, to, step = 1], name) => {
    const [a, b, by] = [from, to, step].map((v) => integer(v, name)) as [number, number, number];
    if (by === 0) refuse(34449, "$range requires a non-zero step value");
    return Array.from({ length: Math.max(0, Math.ceil((b - a) / by)) }, (_, i) => a + i * by);
  }),
  $indexOfArray: strict(2, 2, ([v, wanted], name) => list(v, name).findIndex((item) => equal(item, wanted))),
  $setUnion: strict(0, Infinity, (values, name) => distinct(values.flatMap((v) => list(v, name)))),
  $setIntersection: strict(0, Infinity, ([first = [], ...rest], name) => distinct(list(first, name)).filter((v) => rest.every((other) => list(other, name).some((x) => equal(x, v))))),
  $setDifference: strict(2, 2, ([a, b], name) => {
    const without = new Set(list(b, name).map(identity));
    return distinct(list(a, name)).filter((v) => !without.has(identity(v)));
  }),
  $setIsSubset: plain(2, 2, ([a, b], name) => {
    const all = new Set(list(b, name).map(identity));
    return list(a, name).every((v) => all.has(identity(v)));
  }),
  $anyElementTrue: plain(1, 1, ([v], name) => list(v, name).some(truthy)),
  $allElementsTrue: plain(1, 1, ([v], name) => list(v, name).every(truthy)),
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
  $sortArray: (arg, compiler, name) => {
    const { input, sortBy } = named(arg, name, ["input", "sortBy"], []);
    const of = compiler.expression(input);
    const direction = isDoc(sortBy) ? 0 : integer(sortBy, name);
    const byFields = isDoc(sortBy) ? compareBy(parseSort(sortBy)) : undefined;
    return (scope) => {
      const v = of(scope);
      if (v === null || v === undefined) return null;
      return list(v, name).toSorted((a, b) => (byFields ? byFields(isDoc(a) ? a : new Map(), isDoc(b) ? b : new Map()) : compare(a, b) * direction));
    };
  },
};
