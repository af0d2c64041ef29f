import { compare } from "../bson/compare.ts";
import { isNum, toDouble } from "../bson/numbers.ts";
import { type Doc, isDoc, type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { isPosition, type Path } from "../store/path.ts";

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

/** Orders documents. */
export const compareBy = (sort: SortField[]) => (a: Doc, b: Doc): number => compareKeys(sortKey(a, sort), sortKey(b, sort), sort);
