import { compare } from "../bson/compare.ts";
import { above, encodeKey } from "../bson/key.ts";
import { Edge, type Maybe, rank, Regex, type Value } from "../bson/value.ts";
import type { Condition, FieldCondition } from "../query/filter.ts";

/** Values between two encoded bounds; a bound may be the rank byte alone, which stands for all of a type. */
export interface Interval {
  from: Buffer;
  to: Buffer;
  fromIn: boolean;
  toIn: boolean;
}

/** What one condition says about the index entries of a field: some entry of the document lies in an interval. */
export interface Predicate {
  name: string;
  intervals: Interval[];
  /** Each interval is one value. */
  points: boolean;
  /** An entry in an interval is all that the condition asks (for a field without arrays, unless `ofArrays` too). */
  exact: boolean;
  ofArrays: boolean;
  source: Condition;
}

const point = (v: Value): Interval => {
  const key = encodeKey([v]);
  return { from: key, to: key, fromIn: true, toIn: true };
};

const indexable = (v: Maybe): v is Value => v !== undefined && !Array.isArray(v) && !(v instanceof Regex) && !(v instanceof Edge);

function range(op: string, arg: Value): Interval[] | null {
  if (!indexable(arg) || arg !== arg) return null;
  if (arg === null) return op.endsWith("e") ? [point(null)] : [];
  const key = encodeKey([arg]);
  const type = Buffer.from([rank(arg)]);
  // NaN is below all numbers, and no comparison but equality finds it.
  const lowest = rank(arg) === 10 ? encodeKey([-Infinity]) : type;
  return [op.startsWith("$gt") ? { from: key, fromIn: op === "$gte", to: type, toIn: true } : { from: lowest, fromIn: true, to: key, toIn: op === "$lte" }];
}

/** `/^literal/` is a range of strings. */
function prefixRange(regex: Regex): Interval[] | null {
  const literal = /^\^([\w @:/-]+)/.exec(regex.source);
  if (!literal || regex.flags !== "" || regex.source.includes("|")) return null;
  const text = /^[*?{+]/.test(regex.source.slice(literal[0].length)) ? literal[1]!.slice(0, -1) : literal[1]!;
  const start = encodeKey([text]).subarray(0, -2);
  return [{ from: start, fromIn: true, to: start, toIn: true }, point(regex)];
}

function fieldPredicates(c: FieldCondition): Predicate[] {
  if (c.negated || c.parts) return [];
  const make = (intervals: Interval[] | null, points: boolean, exact: boolean, ofArrays = exact): Predicate[] => (intervals ? [{ name: c.name, intervals, points, exact, ofArrays, source: c }] : []);
  switch (c.op) {
    case "$eq":
      return make(indexable(c.arg) ? [point(c.arg)] : null, true, true, c.arg !== null);
    case "$in": {
      const list = c.arg as Value[];
      const sorted = list.every(indexable) ? list.toSorted(compare).filter((v, i, all) => i === 0 || compare(v, all[i - 1]) !== 0) : null;
      return make(sorted && sorted.map(point), true, true, !list.includes(null));
    }
    case "$all": {
      const list = c.arg as Value[];
      return list.length > 0 && list.every((v) => indexable(v) && !(v instanceof Map)) ? list.flatMap((v) => make([point(v)], true, true, v !== null)) : [];
    }
    case "$gt": case "$gte": case "$lt": case "$lte":
      return make(range(c.op, c.arg), c.arg === null, true, c.arg !== null);
    case "$regex":
      return make(prefixRange(c.arg as Regex), false, false);
  }
  return [];
}

function hull(intervals: Interval[]): Interval {
  const order = (a: Buffer, b: Buffer) => Buffer.compare(a, b);
  const first = intervals.reduce((a, b) => (order(b.from, a.from) < 0 ? b : a));
  const last = intervals.reduce((a, b) => (order(above(b.to), above(a.to)) > 0 ? b : a));
  return { from: first.from, fromIn: true, to: last.to, toIn: true };
}

/** A field that every branch of an `$or` bounds is bounded by all of them together (pages continued by key). */
function branchPredicates(c: { kind: "$or" | "$and" | "$nor"; of: Condition[] }): Predicate[] {
  const [first, ...rest] = c.of.map((branch) => predicatesOf(conjuncts(branch)));
  return (first ?? []).flatMap((p): Predicate[] => {
    const others = rest.map((branch) => branch.find((q) => q.name === p.name));
    if (others.some((q) => q === undefined)) return [];
    const all = [p, ...(others as Predicate[])].flatMap((q) => q.intervals);
    return all.length === 0 ? [] : [{ name: p.name, intervals: [hull(all)], points: false, exact: false, ofArrays: false, source: c }];
  });
}

/** The conditions that must all hold. */
export const conjuncts = (c: Condition): Condition[] => (c.kind === "$and" ? c.of.flatMap(conjuncts) : [c]);

/** What conditions that all hold say about index entries. */
export function predicatesOf(conditions: Condition[]): Predicate[] {
  return conditions.flatMap((c) => (c.kind === "field" ? fieldPredicates(c) : c.kind === "$or" ? branchPredicates(c) : []));
}

/** Two ranges of one field without arrays. */
export function intersect(a: Interval, b: Interval): Interval {
  const startOf = (i: Interval) => (i.fromIn ? i.from : above(i.from));
  const endOf = (i: Interval) => (i.toIn ? above(i.to) : i.to);
  const low = Buffer.compare(startOf(a), startOf(b)) >= 0 ? a : b;
  const high = Buffer.compare(endOf(a), endOf(b)) <= 0 ? a : b;
  return { from: low.from, fromIn: low.fromIn, to: high.to, toIn: high.toIn };
}

const inverted = (b: Buffer): Buffer => Buffer.from(b.map((byte) => ~byte & 0xff));

/** The interval as index bytes `[start, end)` behind `prefix`. */
export function bytesOfInterval(prefix: Buffer, { from, to, fromIn, toIn }: Interval, descending: boolean): { start: Buffer; end: Buffer } {
  const [low, high, lowIn, highIn] = descending ? [inverted(to), inverted(from), toIn, fromIn] : [from, to, fromIn, toIn];
  const [start, end] = [Buffer.concat([prefix, low]), Buffer.concat([prefix, high])];
  return { start: lowIn ? start : above(start), end: highIn ? above(end) : end };
}
