import { type Doc, isDoc, type Maybe, Regex, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { named } from "../expressions/arguments.ts";
import { compileExpression } from "../expressions/compile.ts";
import { Needs } from "../expressions/scope.ts";
import { Held, weight } from "../store/held.ts";
import { alter } from "../update/place.ts";
import { compileStages, type Flow, type Surroundings, through } from "./pipeline.ts";
import type { CompileStage } from "./stages.ts";

function* collect(flow: Flow, into: Value[], held: Held): Generator<undefined> {
  for (const doc of flow) {
    if (doc === undefined) yield undefined;
    else {
      into.push(doc);
      held.add(weight(doc));
    }
  }
}

/** `$lookup`, by equality of two fields (an index on foreignField serves it), by a pipeline, or both. */
const lookup: CompileStage = (arg, around) => {
  const spec = named(arg, "$lookup", ["from", "as"], ["localField", "foreignField", "let", "pipeline"]);
  const { from, as, localField, foreignField } = spec;
  if (typeof from !== "string" || typeof as !== "string") refuse(9, "$lookup needs the names 'from' and 'as'");
  if ((localField === undefined) !== (foreignField === undefined) || (localField === undefined && spec.pipeline === undefined)) refuse(9, "$lookup requires both or neither of 'localField' and 'foreignField' to be specified, or a pipeline");
  const pipeline = spec.pipeline === undefined ? [] : Array.isArray(spec.pipeline) ? spec.pipeline : refuse(14, "$lookup's pipeline must be an array");
  const needs = new Needs();
  const local = typeof localField === "string" ? compileExpression(`$${localField}`, needs) : undefined;
  const lets = isDoc(spec.let ?? null) ? [...(spec.let as Doc)].map(([name, v]) => [name, compileExpression(v, needs)] as const) : [];
  needs.add(as);
  return {
    *run(input) {
      for (const doc of input) {
        if (doc === undefined) {
          yield undefined;
          continue;
        }
        const scope = { root: doc, vars: around.vars.values };
        const stages = local ? [joinOn(String(foreignField), local(scope)), ...pipeline] : pipeline;
        const vars = { values: { ...around.vars.values, ...Object.fromEntries(lets.map(([name, evaluate]) => [name, evaluate(scope)])) } };
        const found: Value[] = [];
        const held = new Held("$lookup");
        try {
          yield* collect(around.source(from, stages, vars), found, held);
        } finally {
          held.free();
        }
        const copy = new Map(doc);
        alter(copy, as.split("."), true, () => found);
        yield copy;
      }
    },
    fields: needs.fields,
    resets: false,
  };
};

function joinOn(field: string, v: Maybe): Value {
  const values = Array.isArray(v) ? v : [v ?? null];
  const plain = values.length === 1 && !(values[0] instanceof Regex) ? new Map<string, Value>([["$eq", values[0]!]]) : new Map<string, Value>([["$in", values]]);
  return new Map<string, Value>([["$match", new Map<string, Value>([[field, plain]])]]);
}

/** `$facet`: several pipelines over the same input, held in memory. */
const facet: CompileStage = (arg, around) => {
  if (!isDoc(arg) || arg.size === 0) refuse(40169, "the $facet specification must be a non-empty object");
  const facets = [...arg].map(([name, pipeline]) => [name, compileStages(Array.isArray(pipeline) ? pipeline : refuse(40170, `arguments to $facet must be arrays, ${name} is not`), around)] as const);
  return {
    *run(input) {
      const held = new Held("$facet");
      try {
        const docs: Value[] = [];
        yield* collect(input, docs, held);
        const out: Doc = new Map();
        for (const [name, stages] of facets) {
          const result: Value[] = [];
          yield* collect(through(stages, docs as Doc[]), result, held);
          out.set(name, result);
        }
        yield out;
      } finally {
        held.free();
      }
    },
    fields: null,
    resets: true,
  };
};

const unionWith: CompileStage = (arg, around: Surroundings) => {
  const spec = typeof arg === "string" ? { coll: arg, pipeline: undefined } : named(arg, "$unionWith", ["coll"], ["pipeline"]);
  const { coll } = spec;
  if (typeof coll !== "string") refuse(14, "$unionWith needs the name of a collection");
  const pipeline = Array.isArray(spec.pipeline) ? spec.pipeline : [];
  return {
    *run(input) {
      yield* input;
      yield* around.source(coll, pipeline, around.vars);
    },
    fields: [],
    resets: false,
  };
};

export const JOINS: Record<string, CompileStage> = { $lookup: lookup, $facet: facet, $unionWith: unionWith };
