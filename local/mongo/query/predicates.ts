import { compare, equal } from "../bson/compare.ts";
import { identity } from "../bson/key.ts";
import { integer, isNum, toDouble } from "../bson/numbers.ts";
import { Edge, isDoc, type Maybe, rank, Regex, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { toRegExp } from "./regex.ts";
import { typeTest } from "./type-names.ts";

/** A test of one value, not looking into arrays. */
export type Single = (v: Maybe) => boolean;

const isNaN = (v: Maybe) => typeof v === "number" && v !== v;

function comparison(arg: Value, accepts: (c: number) => boolean): Single {
  const anyType = arg instanceof Edge;
  const wanted = rank(arg);
  return (v) => {
    if (!anyType && rank(v) !== wanted) return false;
    if (isNaN(v) !== isNaN(arg)) return false;
    return (!anyType || v !== undefined) && accepts(compare(v, arg));
  };
}

/** Matches strings, and a stored regular expression that is the same. */
export function regexTest(regex: Regex): Single {
  const pattern = toRegExp(regex);
  return (v) => (typeof v === "string" ? pattern.test(v) : v instanceof Regex && equal(v, regex));
}

export const equality = (arg: Value): Single => (typeof arg === "string" ? (v) => v === arg : (v) => rank(v) === rank(arg) && equal(v, arg));

function membership(arg: Value, op: string): Single {
  if (!Array.isArray(arg)) refuse(2, `${op} needs an array`);
  if (arg.some((x) => isDoc(x) && [...x.keys()][0]?.startsWith("$"))) refuse(2, `cannot nest $ under ${op}`);
  const patterns = arg.filter((x): x is Regex => x instanceof Regex).map(regexTest);
  if (arg.length <= 8) {
    const tests = [...arg.map(equality), ...patterns];
    return (v) => tests.some((test) => test(v));
  }
  const known = new Set(arg.map(identity));
  return (v) => known.has(identity(v ?? null)) || patterns.some((test) => test(v));
}

function modulo(arg: Value): Single {
  if (!Array.isArray(arg) || arg.length !== 2 || !arg.every(isNum)) refuse(2, "malformed mod, needs an array of two numbers");
  const [divisor, remainder] = arg.map((n) => Math.trunc(toDouble(n as number))) as [number, number];
  if (divisor === 0) refuse(2, "divisor cannot be 0");
  return (v) => isNum(v) && Number.isFinite(toDouble(v)) && Math.trunc(toDouble(v)) % divisor === remainder;
}

/** The operators that are true for a value if they are true for it or for an element of it. */
export const SINGLE: Record<string, (arg: Value, op: string) => Single> = {
  $eq: equality,
  $gt: (arg) => comparison(arg, (c) => c > 0),
  $gte: (arg) => comparison(arg, (c) => c >= 0),
  $lt: (arg) => comparison(arg, (c) => c < 0),
  $lte: (arg) => comparison(arg, (c) => c <= 0),
  $in: membership,
  $mod: modulo,
  $type: typeTest,
};

/** Is the argument of `$exists` true? */
export const isTrue = (arg: Value): boolean => arg !== false && arg !== null && !(isNum(arg) && toDouble(arg) === 0);

/** `$size` sees an array as a whole. */
export function sizeTest(arg: Value): Single {
  const n = integer(arg, "$size");
  if (n < 0) refuse(2, `Failed to parse $size. Expected a non-negative number in: $size: ${n}`);
  return (v) => Array.isArray(v) && v.length === n;
}
