import { bare, double, isNum, toDouble, whole } from "../bson/numbers.ts";
import { type Maybe, Oid, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { typeName } from "../query/type-names.ts";
import { plain, strict } from "./arguments.ts";
import type { Operator } from "./scope.ts";

const failed = (v: Maybe, to: string): never => refuse(241, `Failed to convert ${typeName(v)} to ${to} in $convert with no onError value`);

function toText(v: Value): Value {
  if (typeof v === "string") return v;
  if (typeof v === "boolean") return String(v);
  if (isNum(v)) return String(bare(v));
  if (v instanceof Oid) return v.bytes.toString("hex");
  return v instanceof Date ? v.toISOString() : failed(v, "string");
}

function toInt(v: Value): Value {
  const n = typeof v === "string" && /^[+-]?\d+$/.test(v) ? Number(v) : typeof v === "boolean" ? Number(v) : isNum(v) ? Math.trunc(toDouble(v)) : NaN;
  return Math.abs(n) < 2147483648 ? whole(BigInt(n)) : failed(v, "int");
}

export const CONVERSIONS: Record<string, Operator> = {
  $type: plain(1, 1, ([v]) => typeName(v)),
  $toString: strict(1, 1, ([v]) => toText(v!)),
  $toInt: strict(1, 1, ([v]) => toInt(v!)),
  $toDouble: strict(1, 1, ([v]) => (isNum(v) ? double(toDouble(v)) : v instanceof Date ? double(v.getTime()) : typeof v === "string" && v.trim() !== "" && Number.isFinite(Number(v)) ? double(Number(v)) : failed(v, "double"))),
};
