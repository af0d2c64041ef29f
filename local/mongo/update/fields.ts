import { compare } from "../bson/compare.ts";
import { arithmetic, isNum } from "../bson/numbers.ts";
import { isDoc, type Maybe, Stamp, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { typeName } from "../query/type-names.ts";

/** One operator's effect on one value. */
export type Change = (old: Maybe) => Maybe;
export type Operator = (arg: Value, path: string) => Change;

const number = (op: "+" | "*", name: string): Operator => (arg, path) => {
  if (!isNum(arg)) refuse(14, `Cannot ${name} with non-numeric argument: {${path}: ${typeName(arg)}}`);
  return (old) => {
    if (old === undefined) return op === "+" ? arg : arithmetic(arg, 0, "*");
    if (!isNum(old)) refuse(14, `Cannot apply ${op === "+" ? "$inc" : "$mul"} to a value of non-numeric type. The field '${path}' has type ${typeName(old)}`);
    return arithmetic(old, arg, op) ?? refuse(2, `Failed to apply ${name} operations to current value: the 64-bit integer overflows`);
  };
};

export const FIELD_OPERATORS: Record<string, Operator> = {
  $set: (arg) => () => arg,
  $setOnInsert: (arg) => () => arg,
  $unset: () => () => undefined,
  $inc: number("+", "increment"),
  $mul: number("*", "multiply"),
  $min: (arg) => (old) => (old === undefined || compare(arg, old) < 0 ? arg : old),
  $max: (arg) => (old) => (old === undefined || compare(arg, old) > 0 ? arg : old),
  $currentDate: (arg, path) => {
    const type = isDoc(arg) ? arg.get("$type") : arg === true ? "date" : undefined;
    if (type !== "date" && type !== "timestamp") refuse(2, `The $currentDate of '${path}' takes true, {$type: 'date'} or {$type: 'timestamp'}`);
    const now = new Date();
    return () => (type === "date" ? now : new Stamp(BigInt(Math.floor(now.getTime() / 1000)) << 32n));
  },
};
