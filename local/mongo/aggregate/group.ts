import { identity } from "../bson/key.ts";
import { type Doc, isDoc, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { Held, weight } from "../store/held.ts";
import { compileExpression } from "../expressions/compile.ts";
import { type Evaluate, Needs } from "../expressions/scope.ts";
import { type Accumulator, ACCUMULATORS } from "./accumulators.ts";
import type { CompileStage } from "./stages.ts";

interface Output {
  name: string;
  start(): Accumulator;
  of: Evaluate;
  /** It keeps every value it is given. */
  gathers: boolean;
}

function compileOutputs(spec: Iterable<[string, Value]>, needs: Needs): Output[] {
  return [...spec].map(([name, v]) => {
    if (name.includes(".")) refuse(40235, `The field name '${name}' cannot contain '.'`);
    const [op, arg] = isDoc(v) && v.size === 1 ? [...v][0]! : refuse(40234, `The field '${name}' must be an accumulator object`);
    if (op === "$count") return { name, start: ACCUMULATORS.$sum!, of: () => 1, gathers: false };
    const start = Object.hasOwn(ACCUMULATORS, op) ? ACCUMULATORS[op]! : refuse(15952, `unknown group operator '${op}'. The local database does not support it.`);
    return { name, start, of: compileExpression(arg, needs), gathers: GATHERING.includes(op) };
  });
}

const GATHERING = ["$push", "$addToSet", "$mergeObjects"];

interface Group {
  id: Value;
  parts: Accumulator[];
}

/** `$group`: one document per distinct `_id`, in the order in which they were first seen. */
export const group: CompileStage = (arg, { vars }) => {
  if (!isDoc(arg) || !arg.has("_id")) refuse(15955, "a group specification must include an _id");
  const needs = new Needs();
  const idOf = compileExpression(arg.get("_id")!, needs);
  const outputs = compileOutputs([...arg].filter(([name]) => name !== "_id"), needs);
  return {
    *run(input) {
      const groups = new Map<string, Group>();
      const held = new Held("$group");
      try {
        for (const doc of input) {
          if (doc === undefined) {
            yield undefined;
            continue;
          }
          const scope = { root: doc, vars: vars.values };
          const id = idOf(scope) ?? null;
          const key = identity(id);
          let g = groups.get(key);
          if (!g) {
            groups.set(key, (g = { id, parts: outputs.map((o) => o.start()) }));
            held.add(weight(id) + key.length + 100 * (outputs.length + 1));
          }
          for (let i = 0; i < outputs.length; i++) {
            const v = outputs[i]!.of(scope);
            g.parts[i]!.add(v);
            if (outputs[i]!.gathers) held.add(weight(v));
          }
        }
        for (const g of groups.values()) yield new Map<string, Value>([["_id", g.id], ...outputs.map((o, i): [string, Value] => [o.name, g.parts[i]!.result()])]) satisfies Doc;
      } finally {
        held.free();
      }
    },
    fields: needs.fields,
    resets: true,
  };
};
