import { isNum, kindOf, toDouble } from "../bson/numbers.ts";
import { Bin, Edge, type Maybe, Oid, rank, Regex, Stamp, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";

const CODES: Record<string, number> = {
  double: 1, string: 2, object: 3, array: 4, binData: 5, objectId: 7, bool: 8, date: 9, null: 10, regex: 11, int: 16, timestamp: 17, long: 18, minKey: -1, maxKey: 127,
};

/** MongoDB's name of a value's type, as `$type` gives it. */
export function typeName(v: Maybe): string {
  if (v === undefined) return "missing";
  if (v === null) return "null";
  if (isNum(v)) return kindOf(v);
  if (v instanceof Oid) return "objectId";
  if (v instanceof Bin) return "binData";
  if (v instanceof Stamp) return "timestamp";
  if (v instanceof Regex) return "regex";
  if (v instanceof Edge) return v.side < 0 ? "minKey" : "maxKey";
  return ({ 15: "string", 20: "object", 25: "array", 40: "bool", 45: "date" } as Record<number, string>)[rank(v)]!;
}

/** A test for the argument of `$type`: a name, a number, "number", or a list of them. */
export function typeTest(arg: Value): (v: Maybe) => boolean {
  const wanted = new Set<string>();
  for (const one of Array.isArray(arg) ? arg : [arg]) {
    if (one === "number") ["int", "long", "double"].forEach((name) => wanted.add(name));
    else {
      const name = typeof one === "string" && one in CODES ? one : isNum(one) ? Object.keys(CODES).find((key) => CODES[key] === toDouble(one)) : undefined;
      if (!name) refuse(2, `Unknown type name alias or code in $type: ${String(one)}`);
      wanted.add(name);
    }
  }
  return (v) => v !== undefined && wanted.has(typeName(v));
}
