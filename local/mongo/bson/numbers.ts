import { refuse } from "../errors.ts";
import { Double, type Maybe } from "./value.ts";

export type Num = number | bigint | Double;
export type NumberKind = "int" | "long" | "double";

const LONG_MAX = 2n ** 63n - 1n;
const LONG_MIN = -(2n ** 63n);

/** Would BSON write this number as int32? */
export const isInt32 = (n: number): boolean => (n | 0) === n && !Object.is(n, -0);
export const isNum = (v: Maybe): v is Num => typeof v === "number" || typeof v === "bigint" || v instanceof Double;

/** The BSON type of a number. */
export function kindOf(v: Num): NumberKind {
  if (typeof v === "bigint") return "long";
  return typeof v === "number" && isInt32(v) ? "int" : "double";
}

/** The number as a double; an int64 beyond 2^53 is rounded. */
export const toDouble = (v: Num): number => (typeof v === "number" ? v : typeof v === "bigint" ? Number(v) : v.value);

/** Without the wrapper: a number or bigint, which JavaScript compares exactly with each other. */
export const bare = (v: Num): number | bigint => (v instanceof Double ? v.value : v);

/** A value of BSON type double. */
export const double = (n: number): Num => (isInt32(n) ? new Double(n) : n);

/** A whole number as int32 where it fits, else int64. */
export const whole = (n: bigint): Num => (n >= -2147483648n && n <= 2147483647n ? Number(n) : n);

/**
 * Addition, subtraction or multiplication as MongoDB does it: int32 widens to int64 on overflow, any double makes the
 * result double, int64 stays int64. An int64 overflow gives undefined.
 */
export function arithmetic(a: Num, b: Num, op: "+" | "-" | "*"): Num | undefined {
  const [ka, kb] = [kindOf(a), kindOf(b)];
  if (ka === "double" || kb === "double") {
    const [x, y] = [toDouble(a), toDouble(b)];
    return double(op === "+" ? x + y : op === "-" ? x - y : x * y);
  }
  const [x, y] = [BigInt(bare(a)), BigInt(bare(b))];
  const n = op === "+" ? x + y : op === "-" ? x - y : x * y;
  if (n > LONG_MAX || n < LONG_MIN) return undefined;
  return ka === "long" || kb === "long" ? n : whole(n);
}

/** A whole JavaScript number out of an option such as limit or skip; anything else is refused by name. */
export function integer(v: Maybe, name: string): number {
  if (!isNum(v)) refuse(14, `BSON field '${name}' is the wrong type, expected a number.`);
  const n = toDouble(v);
  if (!Number.isInteger(n)) refuse(9, `Expected an integer for '${name}', but got ${n}.`);
  return n;
}
