import { type Doc, isDoc, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { compileExpression } from "../expressions/compile.ts";
import { Needs, type Variables } from "../expressions/scope.ts";
import { compileProjection } from "../query/projection.ts";
import { grow, growAll, shape, type Tree } from "../query/shape.ts";

/** A stage that makes one document of one document. `fields` are what it reads; `resets` means only those survive. */
export interface Transform {
  apply(doc: Doc): Doc;
  fields: string[] | null;
  resets: boolean;
}
type Compile = (arg: Value, vars: Variables, stage: string) => Transform;

const set: Compile = (arg, vars, stage) => {
  if (!isDoc(arg) || arg.size === 0) refuse(40272, `${stage} specification stage must be an object`);
  const needs = new Needs();
  const tree: Tree = new Map();
  growAll(tree, arg, needs);
  for (const name of arg.keys()) needs.add(name);
  return { apply: (doc) => shape(doc, tree, "add", { root: doc, vars: vars.values }) as Doc, fields: needs.fields, resets: false };
};

const replaceRoot: Compile = (arg, vars, stage) => {
  const expr = stage === "$replaceWith" ? arg : isDoc(arg) && arg.size === 1 ? arg.get("newRoot") : undefined;
  if (expr === undefined) refuse(40414, `BSON field '${stage}.newRoot' is missing but a required field`);
  const needs = new Needs();
  const evaluate = compileExpression(expr, needs);
  return {
    apply: (doc) => {
      const v = evaluate({ root: doc, vars: vars.values });
      return isDoc(v) ? v : refuse(40228, "'newRoot' expression must evaluate to an object");
    },
    fields: needs.fields,
    resets: true,
  };
};

export const TRANSFORMS: Record<string, Compile> = {
  $set: set,
  $addFields: set,
  $project: (arg, vars) => {
    if (!isDoc(arg) || arg.size === 0) refuse(51272, "Invalid $project :: projection specification must have at least one field");
    const projection = compileProjection(arg, vars, false);
    return { apply: projection.ofDoc, fields: projection.fields, resets: projection.fields !== null };
  },
  $unset: (arg) => {
    const names = Array.isArray(arg) ? arg : [arg];
    const tree: Tree = new Map();
    for (const name of names) grow(tree, typeof name === "string" && name !== "" ? name : refuse(31002, "$unset specification must be a string or an array of strings"), true, new Needs());
    return { apply: (doc) => shape(doc, tree, "exclude", { root: doc, vars: {} }) as Doc, fields: [], resets: false };
  },
  $replaceRoot: replaceRoot,
  $replaceWith: replaceRoot,
};

/** A pipeline update: only stages that change the one document. */
export function compileTransforms(pipeline: Value[], vars: Variables): (doc: Doc) => Doc {
  const steps = pipeline.map((stage) => {
    const [name, arg] = isDoc(stage) && stage.size === 1 ? [...stage][0]! : refuse(40323, "A pipeline stage specification object must contain exactly one field.");
    const compile = Object.hasOwn(TRANSFORMS, name) ? TRANSFORMS[name] : undefined;
    return compile ? compile(arg, vars, name).apply : refuse(72, `${name} is not allowed to be used within an update`);
  });
  return (doc) => steps.reduce((d, step) => step(d), doc);
}
