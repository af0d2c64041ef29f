import { compare } from "../bson/compare.ts";
import { isDoc, type Maybe, rank } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { named, plain, positional } from "./arguments.ts";
import { truthy } from "./compile.ts";
import type { Operator } from "./scope.ts";

/** Expressions tell a missing value (lowest) from null. */
function order(a: Maybe, b: Maybe): number {
  if (a === undefined || b === undefined) return a === b ? 0 : (a === undefined ? rank(b) > 1 : rank(a) <= 1) ? -1 : 1;
  return compare(a, b);
}

const comparison = (accepts: (c: number) => boolean): Operator => plain(2, 2, ([a, b]) => accepts(order(a, b)));

export const LOGIC: Record<string, Operator> = {
  $eq: comparison((c) => c === 0),
  $ne: comparison((c) => c !== 0),
  $gt: comparison((c) => c > 0),
  $gte: comparison((c) => c >= 0),
  $lt: comparison((c) => c < 0),
  $lte: comparison((c) => c <= 0),
  $cmp: plain(2, 2, ([a, b]) => order(a, b)),
  $not: plain(1, 1, ([v]) => !truthy(v)),
  $and: (arg, compiler, name) => {
    const args = positional(arg, compiler, name, 0, Infinity);
    return (scope) => args.every((evaluate) => truthy(evaluate(scope)));
  },
  $or: (arg, compiler, name) => {
    const args = positional(arg, compiler, name, 0, Infinity);
    return (scope) => args.some((evaluate) => truthy(evaluate(scope)));
  },
  $cond: (arg, compiler, name) => {
    const parts = isDoc(arg) ? named(arg, name, ["if", "then", "else"], []) : null;
    const [test, yes, no] = parts ? [parts.if, parts.then, parts.else].map((v) => compiler.expression(v)) : positional(arg, compiler, name, 3, 3);
    return (scope) => (truthy(test!(scope)) ? yes! : no!)(scope);
  },
  $ifNull: (arg, compiler, name) => {
    const args = positional(arg, compiler, name, 2, Infinity);
    return (scope) => {
      for (const evaluate of args.slice(0, -1)) {
        const v = evaluate(scope);
        if (v !== null && v !== undefined) return v;
      }
      return args.at(-1)!(scope);
    };
  },
  $switch: (arg, compiler, name) => {
    const parts = named(arg, name, ["branches"], ["default"]);
    if (!Array.isArray(parts.branches) || parts.branches.length === 0) refuse(40068, "$switch requires at least one branch.");
    const branches = parts.branches.map((branch) => {
      const { case: test, then } = named(branch, "$switch branch", ["case", "then"], []);
      return [compiler.expression(test), compiler.expression(then)] as const;
    });
    const otherwise = parts.default === undefined ? undefined : compiler.expression(parts.default);
    return (scope) => {
      const found = branches.find(([test]) => truthy(test(scope)));
      if (found) return found[1](scope);
      return otherwise ? otherwise(scope) : refuse(40066, "$switch could not find a matching branch for an input, and no default was specified.");
    };
  },
  $literal: (arg) => () => arg,
  $let: (arg, compiler, name) => {
    const { vars, in: body } = named(arg, name, ["vars", "in"], []);
    if (!isDoc(vars)) refuse(16876, "$let needs an object of vars");
    const made = [...vars].map(([key, v]) => [key, compiler.expression(v)] as const);
    const evaluate = compiler.expression(body);
    return (scope) => evaluate({ root: scope.root, vars: { ...scope.vars, ...Object.fromEntries(made.map(([key, v]) => [key, v(scope)])) } });
  },
};
