import { refuse } from "../errors.ts";
import { isDoc, type Value } from "../bson/value.ts";
import { equal } from "../bson/compare.ts";
import type { Condition } from "../query/filter.ts";
import type { Query } from "../query/find.ts";
import type { SortField } from "../query/sort.ts";
import type { Collection, Index } from "../store/catalog.ts";
import type { Connection } from "../store/connection.ts";
import { bytesOfInterval, conjuncts, intersect, type Interval, type Predicate, predicatesOf } from "./bounds.ts";
import { implied } from "./implies.ts";
import { countUpTo } from "./stream.ts";

/** Index entries `[start, end)`; the first `prefix` bytes are the same in all of them. */
export interface Range {
  start: Buffer;
  end: Buffer;
  prefix: number;
}

export interface IndexPlan {
  kind: "index";
  index: Index;
  ranges: Range[];
  /** Every document must have an entry in each of these too, equal behind the prefix (`$all`). */
  also: Range[];
  reverse: boolean;
  sorted: boolean;
  /** The entries in the ranges are the matching documents: nothing else has to be tested. */
  exact: boolean;
  /** How many fields are bounded. */
  bounded: number;
}
export type Plan = IndexPlan | { kind: "scan"; sorted: boolean } | { kind: "union"; plans: IndexPlan[]; sorted: boolean };

const MOST_RANGES = 5000;
/** More ranges than this are not merged in order but sorted in memory. */
const MOST_MERGED = 200;
/** Of many ranges, a few stand for the rest when entries are counted. */
const SAMPLE = 20;
/** Entries are counted up to here to compare plans; beyond, they are "many". */
const MANY = 400;

/** The index that every collection has: the table's own unique key. */
export const ID: Index = { id: 0, name: "_id_", spec: new Map(), fields: [{ name: "_id", path: ["_id"] }], descending: [false], unique: true, partial: null, expireAfterSeconds: null, multikey: [false], dropped: false, uncommitted: false, building: false };

/** Can the index be read on this connection? */
const visible = (index: Index, connection: Connection): boolean => !index.building && !(index.uncommitted && connection.readOnly);

interface Bound {
  intervals: Interval[];
  points: boolean;
  also: Interval[];
  used: Predicate[];
}

function boundOf(predicates: Predicate[], multikey: boolean): Bound | null {
  if (predicates.length === 0) return null;
  const single = predicates.filter((p) => p.points && p.intervals.length === 1);
  if (multikey && single.length > 0) return { intervals: single[0]!.intervals, points: true, also: single.slice(1).flatMap((p) => p.intervals), used: single };
  const [fewest] = predicates.filter((p) => p.points).sort((a, b) => a.intervals.length - b.intervals.length);
  if (fewest) return { intervals: fewest.intervals, points: true, also: [], used: [fewest] };
  const ranges = predicates.filter((p) => p.intervals.length === 1);
  if (multikey || ranges.length === 0) return { intervals: predicates[0]!.intervals, points: false, also: [], used: [predicates[0]!] };
  return { intervals: [ranges.map((p) => p.intervals[0]!).reduce(intersect)], points: false, also: [], used: ranges };
}

/** Do the fields of the index from `at` on give the order? Fields fixed to one value may be passed over. */
function order(index: Index, at: number, fixed: Set<string>, sort: SortField[]): { sorted: boolean; reverse: boolean } {
  let reverse: boolean | null = null;
  let i = at;
  for (const field of sort) {
    if (fixed.has(field.name)) continue;
    while (i < index.fields.length && fixed.has(index.fields[i]!.name)) i++;
    if (index.fields[i]?.name !== field.name || index.multikey[i]) return { sorted: false, reverse: false };
    const against = index.descending[i] !== field.descending;
    if (reverse !== null && reverse !== against) return { sorted: false, reverse: false };
    reverse = against;
    i++;
    if (field.name === "_id") break;
  }
  return { sorted: true, reverse: reverse ?? false };
}

function planFor(index: Index, conditions: Condition[], predicates: Predicate[], sort: SortField[]): IndexPlan {
  let ranges: Range[] = [{ start: Buffer.alloc(0), end: Buffer.alloc(0), prefix: 0 }];
  let also: Range[] = [];
  const used = new Set<Predicate>();
  const fixed = new Set<string>();
  let arrays = 0;
  let bounded = 0;
  let at = 0;
  for (; at < index.fields.length; at++) {
    const { name } = index.fields[at]!;
    const bound = index.multikey[at] && arrays > 0 ? null : boundOf(predicates.filter((p) => p.name === name), index.multikey[at] === true);
    if (!bound || ranges.length * bound.intervals.length > (also.length > 0 ? 1 : MOST_RANGES)) break;
    if (index.multikey[at]) arrays++;
    bounded++;
    const others = bound.also.length > 0 && ranges.length === 1 && index.multikey.filter(Boolean).length === 1 ? bound.also : [];
    const extend = (range: Range, interval: Interval): Range => {
      const { start, end } = bytesOfInterval(range.start, interval, index.descending[at]!);
      return { start, end, prefix: bound.points ? start.length : range.prefix };
    };
    also = [...also.flatMap((r) => bound.intervals.map((i) => extend(r, i))), ...others.map((i) => extend(ranges[0]!, i))];
    ranges = ranges.flatMap((r) => bound.intervals.map((i) => extend(r, i)));
    for (const p of others.length === bound.also.length ? bound.used : [bound.used[0]!]) used.add(p);
    if (!bound.points) {
      at = bound.intervals.length === 1 ? at : index.fields.length;
      break;
    }
    if (bound.intervals.length === 1 && !index.multikey[at]) fixed.add(name);
  }
  if (bounded === 0) ranges = [{ start: Buffer.alloc(0), end: Buffer.alloc(64, 0xff), prefix: 0 }];
  const { sorted, reverse } = order(index, at, fixed, sort);
  const many = index.multikey.some(Boolean);
  const exact = conditions.every((c) => {
    const own = predicates.filter((p) => p.source === c);
    return own.length > 0 && own.every((p) => used.has(p) && p.exact && (!many || p.ofArrays));
  });
  return { kind: "index", index, ranges, also, reverse, sorted: (sorted && ranges.length <= MOST_MERGED) || findsOne({ index, ranges, bounded }), exact, bounded };
}

/** One document at most: every field of a unique index has one value. */
const findsOne = ({ index, ranges, bounded }: Pick<IndexPlan, "index" | "ranges" | "bounded">): boolean =>
  index.unique && bounded === index.fields.length && ranges.length <= 1 && ranges.every((r) => r.prefix === r.start.length);

function cost(plan: IndexPlan, collection: Collection, query: Query, connection: Connection): number {
  let n = 0;
  const sample = plan.ranges.slice(0, SAMPLE);
  for (const range of sample) n += countUpTo(connection, collection, plan.index, range, MANY);
  n = Math.min(MANY, (n * plan.ranges.length) / Math.max(1, sample.length));
  for (const range of plan.also) n = Math.min(n, countUpTo(connection, collection, plan.index, range, MANY));
  const most = query.limit > 0 ? query.skip + query.limit : Infinity;
  if (query.sort.length > 0 && !plan.sorted) return n * 1.5 + 10;
  if (plan.exact) return Math.min(n, most);
  return plan.bounded === 0 && most === Infinity ? n * 10 : n;
}

function best(plans: IndexPlan[], collection: Collection, query: Query, connection: Connection): IndexPlan | null {
  const [first] = plans;
  if (plans.length < 2) return first ?? null;
  const rated = plans.map((plan) => ({ plan, cost: cost(plan, collection, query, connection) }));
  rated.sort((a, b) => a.cost - b.cost || Number(b.plan.sorted) - Number(a.plan.sorted) || b.plan.bounded - a.plan.bounded || a.plan.ranges.length - b.plan.ranges.length);
  return rated[0]!.plan;
}

function hinted(collection: Collection, hint: Value): Index[] {
  if (hint === "_id_" || (isDoc(hint) && hint.size === 1 && hint.has("_id"))) return [ID];
  const found = collection.indexes.find((index) => (isDoc(hint) ? equal(index.spec.get("key"), hint) : index.name === hint));
  return found ? [found] : refuse(2, "error processing query: hint provided does not correspond to an existing index");
}

function indexPlan(collection: Collection, conditions: Condition[], query: Query, connection: Connection): IndexPlan | null {
  const predicates = predicatesOf(conditions);
  const indexes = query.hint === null ? [ID, ...collection.indexes] : hinted(collection, query.hint);
  const usable = indexes.filter((index) => visible(index, connection) && (!index.partial || implied(index.partial.root, conditions)));
  if (query.hint !== null && usable.length === 0) refuse(291, "the index of the hint can't serve this query: its partialFilterExpression is not implied, or it is not ready");
  const plans = usable.map((index) => planFor(index, conditions, predicates, query.sort)).filter((plan) => query.hint !== null || plan.bounded > 0 || (plan.sorted && query.sort.length > 0));
  return plans.find(findsOne) ?? best(plans, collection, query, connection);
}

/** Chooses how to find the documents of a query. A partial index is used only if the query implies its filter. */
export function choose(collection: Collection, query: Query, connection: Connection): Plan {
  const conditions = conjuncts(query.filter.root);
  if (query.hint === "$natural" || (isDoc(query.hint) && query.hint.has("$natural"))) return { kind: "scan", sorted: false };
  const plan = indexPlan(collection, conditions, query, connection);
  if (plan && (plan.bounded > 0 || query.hint !== null)) return plan;
  return union(collection, conditions, query, connection) ?? plan ?? { kind: "scan", sorted: false };
}

/** An `$or` whose branches all have an index of their own. */
function union(collection: Collection, conditions: Condition[], query: Query, connection: Connection): Plan | null {
  for (const c of conditions) {
    if (c.kind !== "$or") continue;
    const rest = conditions.filter((other) => other !== c);
    const plans = c.of.map((branch) => indexPlan(collection, [...rest, ...conjuncts(branch)], query, connection));
    if (plans.every((plan): plan is IndexPlan => plan !== null && plan.bounded > 0)) return { kind: "union", plans, sorted: plans.every((plan) => plan.sorted) };
  }
  return null;
}
