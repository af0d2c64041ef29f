import { type Doc, isDoc, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import type { Variables } from "../expressions/scope.ts";
import { paced } from "../store/turn.ts";
import { STAGES } from "./stages.ts";
import { SUGAR } from "./sugar.ts";
import { TRANSFORMS } from "./transforms.ts";

/** Documents on their way; `undefined` is a pause. */
export type Flow = Iterable<Doc | undefined>;

/** A stage as a function of a stream. `fields` (null: all) are read of its input; after `resets` no other is seen. */
export interface Stage {
  run(input: Flow): Flow;
  fields: string[] | null;
  resets: boolean;
}

/** What stages may ask of the database. */
export interface Surroundings {
  vars: Variables;
  source(collection: string, pipeline: Value[], vars: Variables): Flow;
}

function* mapped(input: Flow, apply: (doc: Doc) => Doc): Flow {
  for (const doc of input) yield doc && apply(doc);
}

/** A stage's name and argument. */
export function nameOf(stage: Value): [string, Value] {
  if (!isDoc(stage) || stage.size !== 1) refuse(40323, "A pipeline stage specification object must contain exactly one field.");
  return [...stage][0]!;
}

/** Compiles stages. Unknown ones are refused (40324). */
export function compileStages(pipeline: Value[], around: Surroundings): Stage[] {
  return pipeline.flatMap((spec) => {
    const [name, arg] = nameOf(spec);
    if (Object.hasOwn(SUGAR, name)) return compileStages(SUGAR[name]!(arg), around);
    if (Object.hasOwn(TRANSFORMS, name)) {
      const transform = TRANSFORMS[name]!(arg, around.vars, name);
      return { ...transform, run: (input) => mapped(input, transform.apply) };
    }
    const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    return compile ? compile(arg, around) : refuse(40324, `Unrecognized pipeline stage name: '${name}'. The local database does not support it.`);
  });
}

/** Documents through stages, with a pause between any two of them when the turn is over. */
export const through = (stages: Stage[], input: Flow): Flow => stages.reduce<Flow>((flow, stage) => paced(stage.run(flow)), paced(input));

/** The top-level fields that stages need of their input; null: all. */
export function fieldsOf(stages: Stage[]): string[] | null {
  const names = new Set<string>();
  for (const stage of stages) {
    if (stage.fields === null) return null;
    stage.fields.forEach((name) => names.add(name));
    if (stage.resets) return [...names];
  }
  return null;
}
