import { integer, isNum, toDouble } from "../bson/numbers.ts";
import { compareStrings } from "../bson/compare.ts";
import { type Maybe, Regex, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { toRegExp } from "../query/regex.ts";
import { typeName } from "../query/types.ts";
import { named, plain, strict } from "./arguments.ts";
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

const trim = (left: boolean, right: boolean): Operator => (arg, compiler, name) => {
  const { input, chars } = named(arg, name, ["input"], ["chars"]);
  const [of, set] = [compiler.expression(input), chars === undefined ? undefined : compiler.expression(chars)];
  return (scope) => {
    const v = of(scope);
    if (v === null || v === undefined) return null;
    const drop = set ? [...text(set(scope), name)] : undefined;
    const drops = (c: string) => (drop ? drop.includes(c) : /[\s\0]/.test(c));
    const letters = [...text(v, name)];
    let [from, to] = [0, letters.length];
    while (left && from < to && drops(letters[from]!)) from++;
    while (right && to > from && drops(letters[to - 1]!)) to--;
    return letters.slice(from, to).join("");
  };
};

function regexMatch(arg: Value, compiler: Parameters<Operator>[1], name: string) {
  const { input, regex, options } = named(arg, name, ["input", "regex"], ["options"]);
  const [of, pattern] = [compiler.expression(input), compiler.expression(regex)];
  return (scope: Parameters<ReturnType<Operator>>[0]) => {
    const [v, p] = [of(scope), pattern(scope)];
    if (v === null || v === undefined || p === null || p === undefined) return null;
    const flags = typeof options === "string" ? options : "";
    return toRegExp(p instanceof Regex ? (flags ? new Regex(p.source, flags) : p) : new Regex(text(p, name), flags)).exec(text(v, name));
  };
}

export const STRINGS: Record<string, Operator> = {
  $concat: strict(0, Infinity, (values, name) => values.map((v) => text(v, name)).join("")),
  $toLower: plain(1, 1, ([v], name) => loose(v, name).replace(/[A-Z]/g, (c) => c.toLowerCase())),
  $toUpper: plain(1, 1, ([v], name) => loose(v, name).replace(/[a-z]/g, (c) => c.toUpperCase())),
  $strcasecmp: plain(2, 2, ([a, b], name) => compareStrings(loose(a, name).toUpperCase(), loose(b, name).toUpperCase())),
  $strLenCP: plain(1, 1, ([v], name) => [...text(v, name)].length),
  $strLenBytes: plain(1, 1, ([v], name) => Buffer.byteLength(text(v, name))),
  $substrCP: plain(3, 3, ([v, from, count], name) => {
    const start = integer(from, name);
    return [...loose(v, name)].slice(start, start + integer(count, name)).join("");
  }),
  $split: strict(2, 2, ([v, by], name) => text(v, name).split(text(by, name) || refuse(40087, "$split requires a non-empty separator"))),
  $indexOfCP: strict(2, 2, ([v, part], name) => {
    const at = text(v, name).indexOf(text(part, name));
    return at < 0 ? -1 : [...text(v, name).slice(0, at)].length;
  }),
  $replaceAll: (arg, compiler, name) => {
    const { input, find, replacement } = named(arg, name, ["input", "find", "replacement"], []);
    const parts = [input, find, replacement].map((v) => compiler.expression(v));
    return (scope) => {
      const values = parts.map((part) => part(scope));
      if (values.some((v) => v === null || v === undefined)) return null;
      const [v, from, to] = values.map((x) => text(x, name)) as [string, string, string];
      return from === "" ? refuse(51746, "$replaceAll requires a non-empty 'find'") : v.replaceAll(from, () => to);
    };
  },
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $regexMatch: (arg, compiler, name) => {
    const match = regexMatch(arg, compiler, name);
    return (scope) => match(scope) !== null;
  },
};
