import { isDoc, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { compileFilter } from "../query/filter.ts";
import { parseSort, sorted } from "../query/sort.ts";
import { weight } from "../store/held.ts";
import { group } from "./group.ts";
import { JOINS } from "./joins.ts";
import type { Flow, Stage, Surroundings } from "./pipeline.ts";
import { count } from "./source.ts";
import { unwind } from "./unwind.ts";

export type CompileStage = (arg: Value, around: Surroundings) => Stage;

const match: CompileStage = (arg, { vars }) => {
  const filter = compileFilter(isDoc(arg) ? arg : refuse(15959, "the match filter must be an expression in an object"), vars);
  return {
    *run(input) {
      for (const doc of input) if (doc === undefined || filter.test(doc)) yield doc;
    },
    fields: filter.fields,
    resets: false,
  };
};

const sort: CompileStage = (arg) => {
  const by = parseSort(arg);
  return {
    run: (input) => sorted(input, by, (doc) => doc, weight),
    fields: by.map((f) => f.path[0]!),
    resets: false,
  };
};

function* slice(input: Flow, skip: number, limit: number): Flow {
  for (const doc of input) {
    if (doc === undefined) yield undefined;
    else if (skip > 0) skip--;
    else {
      yield doc;
      if (--limit === 0) return;
    }
  }
}

export const STAGES: Record<string, CompileStage> = {
  $match: match,
  $sort: sort,
  $skip: (arg) => {
    const n = count(arg, "$skip", 0);
    return { run: (input) => slice(input, n, 0), fields: [], resets: false };
  },
  $limit: (arg) => {
    const n = count(arg, "$limit", 1);
    return { run: (input) => slice(input, 0, n), fields: [], resets: false };
  },
  $group: group,
  $unwind: unwind,
  ...JOINS,
};
