import { EMPTY_ARRAY, encodeKey, type Keyable } from "../bson/key.ts";
import type { Doc, Maybe } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import type { Index } from "./catalog.ts";
import { isPosition, type Path } from "./path.ts";

interface Found {
  values: Keyable[];
  multikey: boolean;
}

/** The values an index sees under a path: every element of an array, null for a missing field. */
function valuesAt(v: Maybe, path: Path, i: number, found: Found): void {
  if (i === path.length) {
    if (!Array.isArray(v)) found.values.push(v ?? null);
    else {
      found.multikey = true;
      if (v.length === 0) found.values.push(EMPTY_ARRAY);
      else found.values.push(...v);
    }
    return;
  }
  if (v instanceof Map) return valuesAt(v.get(path[i]!), path, i + 1, found);
  if (!Array.isArray(v)) {
    found.values.push(null);
    return;
  }
  found.multikey = true;
  if (isPosition(path[i]!)) {
    if (v.some((item) => item instanceof Map && item.has(path[i]!))) refuse(16746, `Ambiguous field name '${path[i]}' found in array.`);
    return valuesAt(v[Number(path[i])], path, i + 1, found);
  }
  if (v.length === 0) found.values.push(EMPTY_ARRAY);
  for (const item of v) valuesAt(item instanceof Map ? item : undefined, path, i, found);
}

/** Keys of one document in one index, and which fields turned out to hold arrays. */
export interface Keys {
  keys: Buffer[];
  multikey: boolean[];
  /** The values behind the first key, for the message about a duplicate. */
  first: Keyable[];
}

const NONE: Keys = { keys: [], multikey: [], first: [] };

/**
 * The document's keys; none if a partial index leaves it out. Fields that share an array in their paths vary together
 * (MongoDB's rule); arrays in two unrelated fields are refused (171).
 */
export function keysOf(index: Index, doc: Doc): Keys {
  if (index.partial && !index.partial.test(doc)) return NONE;
  const found = index.fields.map((field) => {
    const f: Found = { values: [], multikey: false };
    valuesAt(doc, field.path, 0, f);
    return f;
  });
  const multikey = found.map((f) => f.multikey);
  const many = found.findIndex((f) => f.multikey);
  if (many < 0) {
    const first = found.map((f) => f.values[0]);
    return { keys: [encodeKey(first, index.descending)], multikey, first };
  }
  const combos = found.filter((f) => f.multikey).length > 1 ? together(index, doc, multikey) : found[many]!.values.map((v) => found.map((f, i) => (i === many ? v : f.values[0])));
  const distinct = new Map(combos.map((combo) => encodeKey(combo, index.descending)).map((key) => [key.toString("latin1"), key]));
  return { keys: [...distinct.values()], multikey, first: combos[0]! };
}

function together(index: Index, doc: Doc, multikey: boolean[]): Keyable[][] {
  const top = index.fields.filter((_, i) => multikey[i]).map((f) => f.path[0]!);
  const items = doc.get(top[0]!);
  if (new Set(top).size > 1 || !Array.isArray(items)) refuse(171, `cannot index parallel arrays [${top.slice(0, 2).join("] [")}]`);
  const combos = (items.length > 0 ? items : [undefined]).map((item) =>
    index.fields.map((field, i) => {
      const f: Found = { values: [], multikey: false };
      if (!multikey[i]) valuesAt(doc, field.path, 0, f);
      else if (items.length === 0) f.values.push(EMPTY_ARRAY);
      else if (field.path.length === 1) f.values.push(item);
      else valuesAt(item instanceof Map ? item : undefined, field.path, 1, f);
      if (f.multikey) refuse(171, `cannot index parallel arrays below [${top[0]}]`);
      return f.values[0];
    }),
  );
  return combos;
}
