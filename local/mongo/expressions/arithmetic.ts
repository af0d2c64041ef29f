import { compare } from "../bson/compare.ts";
import { arithmetic, bare, double, isNum, kindOf, type Num, toDouble, whole } from "../bson/numbers.ts";
import { type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { typeName } from "../query/type-names.ts";
import { plain, strict } from "./arguments.ts";
import type { Operator } from "./scope.ts";

function num(v: Maybe, name: string): Num {
  return isNum(v) ? v : refuse(14, `${name} only supports numeric types, not ${typeName(v)}`);
}

/** Two numbers combined; an int64 that overflows becomes a double, as in MongoDB's expressions. */
function combine(a: Num, b: Num, op: "+" | "-" | "*"): Num {
  const exact = arithmetic(a, b, op);
  if (exact !== undefined) return exact;
  const [x, y] = [toDouble(a), toDouble(b)];
  return double(op === "+" ? x + y : op === "-" ? x - y : x * y);
}

function add(values: Value[], name: string): Value {
  const dates = values.filter((v) => v instanceof Date);
  if (dates.length > 1) refuse(16612, "only one date allowed in an $add expression");
  const sum = values.reduce<Num>((total, v) => (v instanceof Date ? total : combine(total, num(v, name), "+")), 0);
  return dates[0] ? new Date(dates[0].getTime() + Math.round(toDouble(sum))) : sum;
}

function subtract([a, b]: Value[], name: string): Value {
  if (a instanceof Date) return b instanceof Date ? BigInt(a.getTime() - b.getTime()) : new Date(a.getTime() - toDouble(num(b, name)));
  return combine(num(a, name), num(b, name), "-");
}

function rounding(round: (n: number) => number): Operator {
  return strict(1, 1, ([v], name) => {
    const n = num(v, name);
    return kindOf(n) === "double" ? double(round(toDouble(n))) : n;
  });
}

/** Half to even, at `place` decimal digits. */
function roundHalfEven(n: number): number {
  const floor = Math.floor(n);
  const rest = n - floor;
  if (rest !== 0.5) return Math.round(n);
  return floor % 2 === 0 ? floor : floor + 1;
}

function round([v, place = 0]: Value[], name: string): Value {
  const n = num(v, name);
  const digits = toDouble(num(place, name));
  if (!Number.isInteger(digits) || digits < 0 || digits > 100) refuse(51083, `cannot apply ${name} with precision value ${digits}: here it must be in [0, 100]`);
  if (kindOf(n) !== "double") return n;
  const scaled = Number(`${toDouble(n)}e${digits}`);
  return Number.isFinite(scaled) ? double(Number(`${roundHalfEven(scaled)}e${-digits}`)) : n;
}

/** The values of `$sum`, `$avg`, `$min`, `$max` as expressions: one array argument stands for its elements. */
const spread = (values: Maybe[]): Maybe[] => (values.length === 1 && Array.isArray(values[0]) ? values[0] : values);

/** Sum of the numbers among the values. */
export const sumOf = (values: Maybe[]): Num => values.filter(isNum).reduce<Num>((total, v) => combine(total, v, "+"), 0);

/** Mean of the numbers among the values; null without any. */
function averageOf(values: Maybe[]): Value {
  const numbers = values.filter(isNum);
  return numbers.length === 0 ? null : double(numbers.reduce<number>((total, v) => total + toDouble(v), 0) / numbers.length);
}

/** The highest (1) or lowest (-1) value, null and missing apart. */
export function extreme(values: Maybe[], side: 1 | -1): Value {
  let best: Value | undefined;
  for (const v of values) if (v !== undefined && v !== null && (best === undefined || compare(v, best) * side > 0)) best = v;
  return best ?? null;
}

export const ARITHMETIC: Record<string, Operator> = {
  $add: strict(0, Infinity, add),
  $subtract: strict(2, 2, subtract),
  $multiply: strict(0, Infinity, (values, name) => values.reduce<Num>((product, v) => combine(product, num(v, name), "*"), 1)),
  $divide: strict(2, 2, ([a, b], name) => (toDouble(num(b, name)) === 0 ? refuse(2, "can't $divide by zero") : double(toDouble(num(a, name)) / toDouble(num(b, name))))),
  $mod: strict(2, 2, ([a, b], name) => {
    const [x, y] = [num(a, name), num(b, name)];
    if (toDouble(y) === 0) refuse(16610, "can't $mod by zero");
    if (kindOf(x) === "double" || kindOf(y) === "double") return double(toDouble(x) % toDouble(y));
    const rest = BigInt(bare(x)) % BigInt(bare(y));
    return kindOf(x) === "long" || kindOf(y) === "long" ? rest : whole(rest);
  }),
  $abs: strict(1, 1, ([v], name) => {
    const n = num(v, name);
    return kindOf(n) === "double" ? double(Math.abs(toDouble(n))) : toDouble(n) < 0 ? combine(0, n, "-") : n;
  }),
  $ceil: rounding(Math.ceil),
  $floor: rounding(Math.floor),
  $round: strict(1, 2, round),
  $sum: plain(0, Infinity, (values) => sumOf(spread(values))),
  $avg: plain(0, Infinity, (values) => averageOf(spread(values))),
  $min: plain(0, Infinity, (values) => extreme(spread(values), -1)),
  $max: plain(0, Infinity, (values) => extreme(spread(values), 1)),
};
