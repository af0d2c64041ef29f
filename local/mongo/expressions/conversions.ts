import { bare, double, isNum, kindOf, toDouble, whole } from "../bson/numbers.ts";
import { type Maybe, Oid, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { typeName } from "../query/types.ts";
import { plain, strict } from "./arguments.ts";
import { truthy } from "./compile.ts";
import type { Operator } from "./scope.ts";

const failed = (v: Maybe, to: string): never => refuse(241, `Failed to convert ${typeName(v)} to ${to} in $convert with no onError value`);

function toText(v: Value): Value {
  if (typeof v === "string") return v;
  if (typeof v === "boolean") return String(v);
  if (isNum(v)) return String(bare(v));
  if (v instanceof Oid) return v.bytes.toString("hex");
  return v instanceof Date ? v.toISOString() : failed(v, "string");
}

function toInteger(v: Value, to: "int" | "long"): Value {
  let n: bigint;
  if (typeof v === "string") n = /^[+-]?\d+$/.test(v) ? BigInt(v.replace("+", "")) : failed(v, to);
  else if (typeof v === "boolean") n = v ? 1n : 0n;
  else if (v instanceof Date && to === "long") n = BigInt(v.getTime());
  else if (isNum(v)) n = typeof v === "bigint" ? v : Number.isFinite(toDouble(v)) ? BigInt(Math.trunc(toDouble(v))) : failed(v, to);
  else n = failed(v, to);
  if (BigInt.asIntN(to === "int" ? 32 : 64, n) !== n) failed(v, to);
  return to === "int" ? whole(n) : n;
}

function toFloat(v: Value): Value {
  if (typeof v === "string") return v.trim() !== "" && !Number.isNaN(Number(v)) ? double(Number(v)) : failed(v, "double");
  if (typeof v === "boolean") return double(v ? 1 : 0);
  return double(v instanceof Date ? v.getTime() : isNum(v) ? toDouble(v) : failed(v, "double"));
}

function toDate(v: Value): Value {
  const time = v instanceof Date ? v.getTime() : v instanceof Oid ? v.bytes.readUInt32BE(0) * 1000 : typeof v === "string" ? Date.parse(v) : isNum(v) && kindOf(v) !== "int" ? Math.trunc(toDouble(v)) : failed(v, "date");
  return Number.isNaN(time) ? failed(v, "date") : new Date(time);
}

export const CONVERSIONS: Record<string, Operator> = {
  $type: plain(1, 1, ([v]) => typeName(v)),
  $isNumber: plain(1, 1, ([v]) => isNum(v)),
  $toString: strict(1, 1, ([v]) => toText(v!)),
  $toInt: strict(1, 1, ([v]) => toInteger(v!, "int")),
  $toLong: strict(1, 1, ([v]) => toInteger(v!, "long")),
  $toDouble: strict(1, 1, ([v]) => toFloat(v!)),
  $toBool: strict(1, 1, ([v]) => (typeof v === "string" ? true : truthy(v))),
  $toDate: strict(1, 1, ([v]) => toDate(v!)),
  $toObjectId: strict(1, 1, ([v]) => (v instanceof Oid ? v : typeof v === "string" && /^[0-9a-f]{24}$/i.test(v) ? new Oid(Buffer.from(v, "hex")) : failed(v, "objectId"))),
};
