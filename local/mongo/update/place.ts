import { type Doc, isDoc, type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { matchedPosition, type Condition } from "../query/filter.ts";
import { isPosition } from "../store/path.ts";

/** What the placeholders of an update path stand for. */
export interface Placeholders {
  /** The filter that matched, for `$`; undefined in an upsert's insert. */
  matched?: Condition;
  /** Per identifier of `$[identifier]`. */
  filters: Map<string, (item: Value) => boolean>;
}

/** The concrete paths that a path with `$`, `$[]` and `$[identifier]` means in a document. */
export function concrete(doc: Doc, path: string[], { matched, filters }: Placeholders): string[][] {
  const at = path.findIndex((part) => part.startsWith("$"));
  if (at < 0) return [path];
  const [before, part, after] = [path.slice(0, at), path[at]!, path.slice(at + 1)];
  const items = before.reduce<Maybe>((v, name) => (isDoc(v) ? v.get(name) : Array.isArray(v) && isPosition(name) ? v[Number(name)] : undefined), doc);
  if (part === "$") {
    const position = matched ? matchedPosition(matched, doc, before) : -1;
    if (position < 0) refuse(2, "The positional operator did not find the match needed from the query.");
    return concrete(doc, [...before, String(position), ...after], { filters });
  }
  if (items === undefined) refuse(2, `The path '${before.join(".")}' must exist in the document in order to apply array updates.`);
  if (!Array.isArray(items)) refuse(2, `Cannot apply array updates to non-array element ${before.join(".")}`);
  const identifier = part.slice(2, -1);
  const accepts = identifier === "" ? () => true : filters.get(identifier);
  if (!/^\$\[\w*\]$/.test(part) || !accepts) refuse(2, `No array filter found for identifier '${identifier}' in path '${path.join(".")}'`);
  return items.flatMap((item, i) => (accepts(item) ? concrete(doc, [...before, String(i), ...after], { filters }) : []));
}

const notViable = (name: string, path: string[]): never => refuse(28, `Cannot create field '${name}' in element at '${path.join(".")}'`);

/**
 * Changes the value at a concrete path in place: `change` gets the old value and gives the new one, `undefined` to
 * remove it. Missing documents on the way are made if `create`, else nothing happens.
 */
export function alter(doc: Doc, path: string[], create: boolean, change: (old: Maybe) => Maybe): void {
  let at: Doc | Value[] = doc;
  for (const [i, name] of path.entries()) {
    const last = i === path.length - 1;
    const index: number = Array.isArray(at) ? (isPosition(name) ? Number(name) : -1) : -1;
    if (Array.isArray(at) && index < 0) return create ? notViable(name, path.slice(0, i)) : undefined;
    const old: Maybe = Array.isArray(at) ? at[index] : at.get(name);
    if (!last && (isDoc(old) || Array.isArray(old))) {
      at = old;
      continue;
    }
    if (!last && old !== undefined) return create ? notViable(path[i + 1]!, path.slice(0, i + 1)) : undefined;
    if (old === undefined && !create) return;
    const fresh: Maybe = last ? change(old) : new Map();
    if (Array.isArray(at)) {
      if (index > at.length + 1_500_000) refuse(2, "Array index is too large.");
      while (at.length < index) at.push(null);
      if (fresh !== undefined || index < at.length) at[index] = fresh ?? null;
    } else if (fresh === undefined) at.delete(name);
    else at.set(name, fresh);
    if (!last) at = fresh as Doc;
  }
}
