import { compare } from "../bson/compare.ts";
import { isDoc, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { named } from "../expressions/arguments.ts";
import { compileExpression } from "../expressions/compile.ts";
import { Needs } from "../expressions/scope.ts";
import { compileOutputs } from "./group.ts";
import type { CompileStage } from "./stages.ts";

/** `$bucket`: counts (or other outputs) per interval `[boundary, next)`. */
const bucket: CompileStage = (arg, { vars }) => {
  const spec = named(arg, "$bucket", ["groupBy", "boundaries"], ["default", "output"]);
  const { boundaries } = spec;
  if (!Array.isArray(boundaries) || boundaries.length < 2 || boundaries.some((b, i) => i > 0 && compare(boundaries[i - 1], b) >= 0)) refuse(40194, "The 'boundaries' option to $bucket must be at least two values in ascending order");
  const needs = new Needs();
  const by = compileExpression(spec.groupBy, needs);
  const output: Iterable<[string, Value]> = isDoc(spec.output ?? null) ? (spec.output as Map<string, Value>) : [["count", new Map([["$sum", 1]])]];
  const outputs = compileOutputs(output, needs);
  return {
    *run(input) {
      const lower = spec.default === undefined ? boundaries.slice(0, -1) : [...boundaries.slice(0, -1), spec.default];
      const parts = lower.map(() => outputs.map((o) => o.start()));
      const seen = new Set<number>();
      for (const doc of input) {
        if (doc === undefined) {
          yield undefined;
          continue;
        }
        const scope = { root: doc, vars: vars.values };
        const v = by(scope);
        let i = boundaries.findIndex((b, n) => n < boundaries.length - 1 && v !== undefined && compare(v, b) >= 0 && compare(v, boundaries[n + 1]) < 0);
        if (i < 0) i = spec.default === undefined ? refuse(40066, "$bucket could not find a matching branch for an input, and no default was specified.") : boundaries.length - 1;
        seen.add(i);
        outputs.forEach((o, n) => parts[i]![n]!.add(o.of(scope)));
      }
      for (const i of [...seen].sort((a, b) => a - b)) yield new Map<string, Value>([["_id", lower[i]!], ...outputs.map((o, n): [string, Value] => [o.name, parts[i]![n]!.result()])]);
    },
    fields: needs.fields,
    resets: true,
  };
};

export const BUCKETS: Record<string, CompileStage> = { $bucket: bucket };
