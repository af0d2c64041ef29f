import { integer, isNum, toDouble } from "../bson/numbers.ts";
import { type Maybe } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { typeName } from "../query/type-names.ts";
import { plain, strict } from "./arguments.ts";
import type { Operator } from "./scope.ts";

function text(v: Maybe, name: string): string {
  return typeof v === "string" ? v : refuse(16702, `${name} only supports strings, not ${typeName(v)}`);
}

/** Null and missing count as the empty string; numbers and dates are written out. */
function loose(v: Maybe, name: string): string {
  if (v === null || v === undefined) return "";
  if (v instanceof Date) return v.toISOString();
  return isNum(v) ? String(toDouble(v)) : text(v, name);
}

/** Changes of case are those of ASCII, as in MongoDB; lengths and positions count code points. */
export const STRINGS: Record<string, Operator> = {
  $concat: strict(0, Infinity, (values, name) => values.map((v) => text(v, name)).join("")),
  $toLower: plain(1, 1, ([v], name) => loose(v, name).replace(/[A-Z]/g, (c) => c.toLowerCase())),
  $toUpper: plain(1, 1, ([v], name) => loose(v, name).replace(/[a-z]/g, (c) => c.toUpperCase())),
  $strLenCP: plain(1, 1, ([v], name) => [...text(v, name)].length),
  $substrCP: plain(3, 3, ([v, from, count], name) => {
    const start = integer(from, name);
    return [...loose(v, name)].slice(start, start + integer(count, name)).join("");
  }),
  $split: strict(2, 2, ([v, by], name) => text(v, name).split(text(by, name) || refuse(40087, "$split requires a non-empty separator"))),
};
