import { type Doc, isDoc, type Maybe } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { named, plain, strict } from "./arguments.ts";
import type { Operator } from "./scope.ts";

const docOf = (entries: [string, Maybe][]): Doc => new Map(entries.filter((e): e is [string, Exclude<Maybe, undefined>] => e[1] !== undefined));

export const OBJECTS: Record<string, Operator> = {
  $mergeObjects: plain(0, Infinity, (values) => {
    const all = values.length === 1 && Array.isArray(values[0]) ? values[0] : values;
    const merged: Doc = new Map();
    for (const v of all) {
      if (v === null || v === undefined) continue;
      if (!isDoc(v)) refuse(40400, "$mergeObjects requires object inputs");
      for (const [name, x] of v) merged.set(name, x);
    }
    return merged;
  }),
  $objectToArray: strict(1, 1, ([v]) => (isDoc(v) ? [...v].map(([k, x]) => docOf([["k", k], ["v", x]])) : refuse(40390, "$objectToArray requires a document input"))),
  $arrayToObject: strict(1, 1, ([v]) => {
    if (!Array.isArray(v)) refuse(40386, "$arrayToObject requires an array input");
    return docOf(
      v.map((entry): [string, Maybe] => {
        const [k, x] = Array.isArray(entry) ? entry : isDoc(entry) ? [entry.get("k"), entry.get("v")] : [];
        if (typeof k !== "string" || x === undefined) refuse(40398, "$arrayToObject requires an array of [key, value] pairs or of {k, v} objects");
        return [k, x];
      }),
    );
  }),
  $getField: (arg, compiler, name) => {
    if (typeof arg === "string") {
      compiler.needs.add(arg);
      return ({ root }) => root.get(arg);
    }
    const { field, input } = named(arg, name, ["field", "input"], []);
    const [key, of] = [compiler.expression(field), compiler.expression(input)];
    return (scope) => {
      const [k, v] = [key(scope), of(scope)];
      if (typeof k !== "string") refuse(5654602, "$getField requires 'field' to evaluate to a string");
      return isDoc(v) ? v.get(k) : v === null ? null : undefined;
    };
  },
};
