import { compare, equal } from "../bson/compare.ts";
import { integer, isNum } from "../bson/numbers.ts";
import { type Doc, isDoc, type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { elementTest } from "../query/filter.ts";
import { compareBy, parseSort } from "../query/sort.ts";
import { typeName } from "../query/type-names.ts";
import type { Operator } from "./fields.ts";

function list(old: Maybe, op: string, path: string): Value[] {
  if (old === undefined) return [];
  return Array.isArray(old) ? old : refuse(2, `The field '${path}' must be an array but is of type ${typeName(old)} (${op})`);
}

function each(arg: Value, op: string, allowed: string[]): { items: Value[]; options: Doc } {
  if (!isDoc(arg) || !arg.has("$each")) return { items: [arg], options: new Map() };
  const items = arg.get("$each")!;
  if (!Array.isArray(items)) refuse(2, `The argument to $each in ${op} must be an array but it was of type ${typeName(items)}`);
  for (const name of arg.keys()) if (name !== "$each" && !allowed.includes(name)) refuse(2, `Unrecognized clause in ${op}: ${name}`);
  return { items, options: arg };
}

function sorter(spec: Value): (a: Value, b: Value) => number {
  if (isNum(spec)) {
    const direction = integer(spec, "$sort");
    if (direction !== 1 && direction !== -1) refuse(2, "The $sort element value must be either 1 or -1");
    return (a, b) => compare(a, b) * direction;
  }
  const by = compareBy(parseSort(spec));
  return (a, b) => by(isDoc(a) ? a : new Map(), isDoc(b) ? b : new Map());
}

export const ARRAY_OPERATORS: Record<string, Operator> = {
  $push: (arg, path) => {
    const { items, options } = each(arg, "$push", ["$position", "$slice", "$sort"]);
    const [position, slice] = ["$position", "$slice"].map((name) => (options.has(name) ? integer(options.get(name), name) : undefined));
    const order = options.has("$sort") ? sorter(options.get("$sort")!) : undefined;
    return (old) => {
      const before = list(old, "$push", path);
      const at = position === undefined ? before.length : position < 0 ? Math.max(0, before.length + position) : position;
      let all = [...before.slice(0, at), ...items, ...before.slice(at)];
      if (order) all = all.toSorted(order);
      return slice === undefined ? all : slice < 0 ? all.slice(slice) : all.slice(0, slice);
    };
  },
  $addToSet: (arg, path) => {
    const { items } = each(arg, "$addToSet", []);
    return (old) => {
      const all = [...list(old, "$addToSet", path)];
      for (const item of items) if (!all.some((other) => equal(other, item))) all.push(item);
      return all;
    };
  },
  $pop: (arg, path) => {
    const side = integer(arg, "$pop");
    if (side !== 1 && side !== -1) refuse(9, `$pop expects 1 or -1, found: ${side}`);
    return (old) => (old === undefined ? undefined : side === 1 ? list(old, "$pop", path).slice(0, -1) : list(old, "$pop", path).slice(1));
  },
  $pull: (arg, path) => {
    const test = elementTest(arg);
    return (old) => (old === undefined ? undefined : list(old, "$pull", path).filter((item) => !test(item)));
  },
  $pullAll: (arg, path) => {
    if (!Array.isArray(arg)) refuse(2, "$pullAll requires an array argument");
    return (old) => (old === undefined ? undefined : list(old, "$pullAll", path).filter((item) => !arg.some((other) => equal(other, item))));
  },
};
