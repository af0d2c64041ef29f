import { compare } from "../bson/compare.ts";
import { isNum, toDouble } from "../bson/numbers.ts";
import { type Doc, isDoc, type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { Held } from "../store/held.ts";
import { isPosition, type Path } from "../store/path.ts";
import { turnOver } from "../store/turn.ts";

export interface SortField {
  name: string;
  path: Path;
  descending: boolean;
}

/** Reads a sort document. Directions other than 1 and -1 (`$meta` too) are refused. */
export function parseSort(sort: Value | undefined): SortField[] {
  if (sort === undefined) return [];
  if (!isDoc(sort)) refuse(14, "Expected field sort to be of type object");
  return [...sort].map(([name, direction]) => {
    if (name.startsWith("$")) refuse(2, `Sorting by ${name} is not supported by the local database.`);
    const d = isNum(direction) ? toDouble(direction) : 0;
    if (d !== 1 && d !== -1) refuse(15975, "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
    return { name, path: name.split("."), descending: d === -1 };
  });
}

const EMPTY = Symbol("empty array");

/** The value that stands for a document in a sort: of an array its lowest element, or its highest when descending. */
function extreme(v: Maybe, path: Path, i: number, side: 1 | -1): Maybe | typeof EMPTY {
  if (v instanceof Map && i < path.length) return extreme(v.get(path[i]!), path, i + 1, side);
  if (!Array.isArray(v)) return i < path.length ? null : (v ?? null);
  if (v.length === 0) return EMPTY;
  if (i < path.length && isPosition(path[i]!)) return extreme(v[Number(path[i])], path, i + 1, side);
  let best: Maybe | typeof EMPTY;
  for (const item of v) {
    const x = i === path.length ? item : item instanceof Map ? extreme(item, path, i, side) : null;
    if (best === undefined || order(x, best) * side > 0) best = x;
  }
  return best;
}

function order(a: Maybe | typeof EMPTY, b: Maybe | typeof EMPTY): number {
  if (typeof a !== "symbol" && typeof b !== "symbol") return compare(a, b);
  if (a === b) return 0;
  if (typeof a === "symbol") return compare(b as Maybe, null) < 0 ? 1 : -1;
  return compare(a, null) < 0 ? -1 : 1;
}

export type SortKey = (Maybe | typeof EMPTY)[];

/** The values a document is sorted by. */
export const sortKey = (doc: Doc, sort: SortField[]): SortKey => sort.map((f) => extreme(doc, f.path, 0, f.descending ? 1 : -1));

/** Order of two sort keys. */
export function compareKeys(a: SortKey, b: SortKey, sort: SortField[]): number {
  for (let i = 0; i < sort.length; i++) {
    const c = order(a[i], b[i]);
    if (c !== 0) return sort[i]!.descending ? -c : c;
  }
  return 0;
}

/** With a limit, what is too much is dropped when this much has come since the last time. */
const CUT_BYTES = 16 * 1024 * 1024;

interface Kept<T> {
  key: SortKey;
  row: T;
  size: number;
}

/** Holds rows until all have come, then gives them in order; with `keep`, no more than the first ones. Equal rows stay in their order. */
export function* sorted<T>(rows: Iterable<T | undefined>, by: SortField[], docOf: (row: T) => Doc, sizeOf: (row: T) => number, keep = Infinity): Generator<T | undefined> {
  const held = new Held("Sort");
  const order = (a: Kept<T>, b: Kept<T>) => compareKeys(a.key, b.key, by);
  let kept: Kept<T>[] = [];
  let fresh = 0;
  try {
    for (const row of rows) {
      if (row === undefined) yield undefined;
      else {
        const size = sizeOf(row);
        kept.push({ key: sortKey(docOf(row), by), row, size });
        held.add(size);
        fresh += size;
        if (kept.length <= keep * 2 + 64 && (kept.length <= keep || fresh < CUT_BYTES)) continue;
        kept = (yield* inOrder(kept, order)).slice(0, keep);
        fresh = 0;
        held.free();
        held.add(kept.reduce((n, k) => n + k.size, 0));
      }
    }
    for (const { row } of yield* inOrder(kept, order)) yield row;
  } finally {
    held.free();
  }
}

const RUN = 512;

/** A merge sort that pauses when its turn is over. */
function* inOrder<T>(list: T[], order: (a: T, b: T) => number): Generator<undefined, T[]> {
  let runs: T[][] = [];
  for (let i = 0; i < list.length; i += RUN) {
    runs.push(list.slice(i, i + RUN).sort(order));
    if (turnOver()) yield undefined;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) merged.push(i + 1 < runs.length ? yield* merge(runs[i]!, runs[i + 1]!, order) : runs[i]!);
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(a: T[], b: T[], order: (a: T, b: T) => number): Generator<undefined, T[]> {
  const out: T[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    out.push(j === b.length || (i < a.length && order(a[i]!, b[j]!) <= 0) ? a[i++]! : b[j++]!);
    if ((out.length & 255) === 0 && turnOver()) yield undefined;
  }
  return out;
}

/** Orders documents. */
export const compareBy = (sort: SortField[]) => (a: Doc, b: Doc): number => compareKeys(sortKey(a, sort), sortKey(b, sort), sort);
