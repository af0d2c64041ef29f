import { compare } from "../bson/compare.ts";
import { identity } from "../bson/key.ts";
import { double, isNum, type Num, toDouble } from "../bson/numbers.ts";
import { type Doc, isDoc, type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { sumOf } from "../expressions/arithmetic.ts";

/** Takes one value per document and gives the result of a group. */
export interface Accumulator {
  add(v: Maybe): void;
  result(): Value;
}

function extreme(side: 1 | -1): Accumulator {
  let best: Maybe;
  return {
    add(v) {
      if (v !== undefined && v !== null && (best === undefined || compare(v, best) * side > 0)) best = v;
    },
    result: () => best ?? null,
  };
}

function sum(): Accumulator {
  let total: Num = 0;
  return {
    add(v) {
      if (isNum(v)) total = sumOf([total, v]);
    },
    result: () => total,
  };
}

function average(): Accumulator {
  let [total, n]: [Num, number] = [0, 0];
  return {
    add(v) {
      if (!isNum(v)) return;
      total = sumOf([total, v]);
      n++;
    },
    result: () => (n === 0 ? null : double(toDouble(total) / n)),
  };
}

function kept(which: "first" | "last"): Accumulator {
  let value: Maybe;
  let any = false;
  return {
    add(v) {
      if (which === "last" || !any) value = v;
      any = true;
    },
    result: () => value ?? null,
  };
}

/** One fresh accumulator per group. A missing value counts for none but `$first` and `$last`. */
export const ACCUMULATORS: Record<string, () => Accumulator> = {
  $sum: sum,
  $avg: average,
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $first: () => kept("first"),
  $last: () => kept("last"),
  $push: () => {
    const all: Value[] = [];
    return { add: (v) => void (v !== undefined && all.push(v)), result: () => all };
  },
  $addToSet: () => {
    const all = new Map<string, Value>();
    return { add: (v) => void (v !== undefined && all.set(identity(v), v)), result: () => [...all.values()] };
  },
  $mergeObjects: () => {
    const merged: Doc = new Map();
    return {
      add(v) {
        if (v === null || v === undefined) return;
        if (!isDoc(v)) refuse(40400, "$mergeObjects requires object inputs");
        for (const [name, x] of v) merged.set(name, x);
      },
      result: () => merged,
    };
  },
};
