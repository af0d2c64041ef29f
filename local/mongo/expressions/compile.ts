import { isNum, toDouble } from "../bson/numbers.ts";
import { type Doc, isDoc, type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { project } from "../store/path.ts";
import { ARITHMETIC } from "./arithmetic.ts";
import { ARRAYS } from "./arrays.ts";
import { CONVERSIONS } from "./conversions.ts";
import { DATES } from "./dates.ts";
import { LOGIC } from "./logic.ts";
import type { Compiler, Evaluate, Needs, Operator } from "./scope.ts";
import { STRINGS } from "./strings.ts";

const OPERATORS: Record<string, Operator> = { ...LOGIC, ...ARITHMETIC, ...STRINGS, ...ARRAYS, ...CONVERSIONS, ...DATES };

/** False, null, missing and zero are false; everything else is true. */
export const truthy = (v: Maybe): boolean => !(v === undefined || v === null || v === false || (isNum(v) && toDouble(v) === 0));

function variable(text: string, needs: Needs): Evaluate {
  const [name, ...path] = text.split(".") as [string, ...string[]];
  if (name === "ROOT" || name === "CURRENT") {
    if (path.length > 0) needs.add(path[0]!);
    else needs.everything();
    return ({ root }) => project(root, path);
  }
  if (name === "REMOVE") return () => undefined;
  return ({ vars }) => {
    if (!(name in vars)) refuse(17276, `Use of undefined variable: ${name}`);
    return project(vars[name], path);
  };
}

/** Compiles an aggregation expression. Unknown operators are refused (168). */
export function compileExpression(expr: Value, needs: Needs): Evaluate {
  const compiler: Compiler = { expression, needs };
  function expression(v: Value): Evaluate {
    if (typeof v === "string" && v.startsWith("$$")) return variable(v.slice(2), needs);
    if (typeof v === "string" && v.startsWith("$")) {
      const path = v.slice(1).split(".");
      if (path.includes("")) refuse(40353, `FieldPath '${v}' is not valid.`);
      needs.add(v.slice(1));
      return path.length === 1 ? ({ root }) => root.get(path[0]!) : ({ root }) => project(root, path);
    }
    if (Array.isArray(v)) {
      const items = v.map(expression);
      return (scope) => items.map((item) => item(scope) ?? null);
    }
    if (!isDoc(v)) return () => v;
    const [first] = v.keys();
    if (first?.startsWith("$")) {
      if (v.size !== 1) refuse(15983, "An object representing an expression must have exactly one field.");
      const operator = Object.hasOwn(OPERATORS, first) ? OPERATORS[first] : undefined;
      if (!operator) refuse(168, `Unrecognized expression '${first}'. The local database does not support it.`);
      return operator(v.get(first)!, compiler, first);
    }
    const fields = [...v].map(([name, value]) => [name, expression(value)] as const);
    return (scope) => {
      const doc: Doc = new Map();
      for (const [name, value] of fields) {
        const x = value(scope);
        if (x !== undefined) doc.set(name, x);
      }
      return doc;
    };
  }
  return expression(expr);
}
