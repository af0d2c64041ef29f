import type { Doc, Maybe, Value } from "../bson/value.ts";

export type Path = readonly string[];

export const isPosition = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part);

/**
 * Calls `see` with every value that `path` reaches, looking into the documents of arrays on the way, as a filter does;
 * `undefined` where the last document lacks the field. Stops at the first call that returns true and returns true.
 * `entered` is told the position in the outermost array that was entered.
 */
export function reach(v: Maybe, path: Path, i: number, see: (v: Maybe) => boolean, entered?: (position: number) => void): boolean {
  if (i === path.length) return see(v);
  const part = path[i]!;
  if (v instanceof Map) return reach(v.get(part), path, i + 1, see, entered);
  if (!Array.isArray(v)) return see(undefined);
  if (isPosition(part) && Number(part) < v.length && reach(v[Number(part)], path, i + 1, see, entered)) return true;
  for (let n = 0; n < v.length; n++) {
    const item = v[n];
    if (item instanceof Map && reach(item, path, i, see)) {
      entered?.(n);
      return true;
    }
  }
  return false;
}

/** The value at a path through documents only (positions in arrays count): what an update without arrays means. */
export function pick(doc: Doc, path: Path): Maybe {
  let v: Maybe = doc;
  for (const part of path) {
    if (v instanceof Map) v = v.get(part);
    else if (Array.isArray(v) && isPosition(part)) v = v[Number(part)];
    else return undefined;
  }
  return v;
}

/** What `$path` means in an expression: arrays on the way give the array of their documents' values. */
export function project(v: Maybe, path: Path, i = 0): Maybe {
  if (i === path.length) return v;
  if (v instanceof Map) return project(v.get(path[i]!), path, i + 1);
  if (!Array.isArray(v)) return undefined;
  return v.map((item) => project(item, path, i)).filter((item): item is Value => item !== undefined);
}
