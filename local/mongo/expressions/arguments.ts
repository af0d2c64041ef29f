import { isDoc, type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import type { Compiler, Evaluate, Operator } from "./scope.ts";

/** An operator that takes between `least` and `most` arguments and is a plain function of their values. */
export function plain(least: number, most: number, compute: (values: Maybe[], name: string) => Maybe): Operator {
  return (arg, compiler, name) => {
    const args = positional(arg, compiler, name, least, most);
    return (scope) => compute(args.map((evaluate) => evaluate(scope)), name);
  };
}

/** As `plain`, but null if any argument is null or missing. */
export function strict(least: number, most: number, compute: (values: Value[], name: string) => Maybe): Operator {
  return plain(least, most, (values, name) => (values.some((v) => v === null || v === undefined) ? null : compute(values as Value[], name)));
}

/** The compiled arguments of an operator that takes a list, or one alone. */
export function positional(arg: Value, compiler: Compiler, name: string, least: number, most: number): Evaluate[] {
  const args = Array.isArray(arg) ? arg : [arg];
  if (args.length < least || args.length > most) refuse(16020, `Expression ${name} takes ${least === most ? `exactly ${least}` : `between ${least} and ${most}`} arguments. ${args.length} were passed in.`);
  return args.map((a) => compiler.expression(a));
}

/** The named arguments of an operator; a missing required one or an unknown one is refused. */
export function named<R extends string, O extends string>(arg: Value, name: string, required: readonly R[], optional: readonly O[]): Record<R, Value> & Partial<Record<O, Value>> {
  if (!isDoc(arg)) refuse(9, `${name} only supports an object as its argument`);
  for (const key of arg.keys()) if (![...required, ...optional].includes(key as R & O)) refuse(9, `Unrecognized argument to ${name}: ${key}`);
  for (const key of required) if (!arg.has(key)) refuse(9, `Missing '${key}' parameter to ${name}`);
  return Object.fromEntries(arg) as Record<R, Value> & Partial<Record<O, Value>>;
}
