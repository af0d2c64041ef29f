import { assemble, elements } from "../bson/raw.ts";
import { Fields, readDoc } from "../bson/read.ts";
import { integer, isNum, toDouble } from "../bson/numbers.ts";
import { type Doc, isDoc, type Maybe, type Value } from "../bson/value.ts";
import { Raw } from "../bson/write.ts";
import { refuse } from "../errors.ts";
import { Needs, type Variables } from "../expressions/scope.ts";
import { elementTest } from "./filter.ts";
import { grow, type Mode, shape, type Tree } from "./shape.ts";

/** How found documents become answers. */
export interface Projection {
  /** Top-level fields it reads; null: all. */
  fields: string[] | null;
  ofDoc(doc: Doc): Doc;
  /** From stored bytes; copies them where nothing has to be computed. */
  ofRaw(raw: Buffer): Raw | Doc;
}

type Change = (v: Maybe) => Maybe;

/** `$slice` and `$elemMatch` of find's projection (in `$project` the former is an expression). */
function arrayChange(v: Value): Change | undefined {
  if (!isDoc(v) || v.size !== 1) return undefined;
  if (v.has("$elemMatch")) {
    const test = elementTest(v.get("$elemMatch")!);
    return (items) => {
      const found = Array.isArray(items) ? items.find(test) : undefined;
      return found === undefined ? undefined : [found];
    };
  }
  if (!v.has("$slice")) return undefined;
  const arg = v.get("$slice")!;
  const [skip, limit] = Array.isArray(arg) ? [integer(arg[0], "$slice"), integer(arg[1], "$slice")] : integer(arg, "$slice") < 0 ? [integer(arg, "$slice"), Infinity] : [0, integer(arg, "$slice")];
  return (items) => {
    if (!Array.isArray(items)) return items;
    const from = skip < 0 ? Math.max(0, items.length + skip) : skip;
    return items.slice(from, from + limit);
  };
}

const flag = (v: Value): boolean | undefined => (typeof v === "boolean" ? v : isNum(v) ? toDouble(v) !== 0 : undefined);

/** Compiles a projection document (`find`: of the find command, else of `$project`). Mixing in- and exclusion is refused. */
export function compileProjection(spec: Doc, vars: Variables, find: boolean): Projection {
  const needs = new Needs();
  const changes = new Map<string, Change>();
  const entries: [string, Value][] = [];
  for (const [name, v] of flatten(spec)) {
    const change = find ? arrayChange(v) : undefined;
    if (change) changes.set(name, change);
    if (name.split(".").some((part) => part === "" || part.startsWith("$"))) refuse(31394, `The positional projection and the path '${name}' are not supported by the local database.`);
    if (!change) entries.push([name, v]);
    else if (isDoc(v) && v.has("$elemMatch")) entries.push([name, true]);
  }
  const deciding = entries.find(([name, v]) => name !== "_id" && flag(v) !== undefined);
  const computed = entries.some(([name, v]) => flag(v) === undefined && name !== "_id");
  const idFlag = flag(spec.get("_id") ?? null);
  const including = deciding ? flag(deciding[1])! : computed || idFlag === true || (entries.length > 0 && idFlag === undefined);
  const tree: Tree = new Map();
  let plain = changes.size === 0;
  for (const [name, v] of entries) {
    const f = flag(v);
    if (name === "_id" && f !== undefined) continue;
    if (f !== undefined && f !== including) refuse(31254, `Cannot do ${f ? "inclusion on field" : "exclusion on field"} ${name} in ${including ? "inclusion" : "exclusion"} projection`);
    if (f === undefined && !including) refuse(31252, `Cannot use an expression for ${name} in an exclusion projection`);
    if (f === undefined || name.includes(".")) plain = false;
    grow(tree, name, f === undefined ? v : true, needs);
    needs.add(name);
  }
  if (including ? idFlag !== false && !tree.has("_id") : idFlag === false) tree.set("_id", true);
  const mode: Mode = including ? "include" : "exclude";
  if (including) needs.add("_id");
  for (const name of changes.keys()) needs.add(name);
  const fields = including ? needs.fields : null;
  const decode = fields ? new Fields(fields) : undefined;
  const ofDoc = (doc: Doc): Doc => {
    const out = shape(doc, tree, mode, { root: doc, vars: vars.values }) as Doc;
    for (const [name, change] of changes) {
      if (including && !out.has(name) && doc.has(name) && !tree.has(name)) out.set(name, doc.get(name)!);
      const v = change(out.get(name));
      if (v === undefined) out.delete(name);
      else out.set(name, v);
    }
    return out;
  };
  return {
    fields,
    ofDoc,
    ofRaw: plain ? (raw) => new Raw(assemble(raw, [...elements(raw)].filter((e) => tree.has(e.name) === including))) : (raw) => ofDoc(readDoc(raw, 0, decode)),
  };
}

/** `{a: {b: 1}}` means `{"a.b": 1}`. */
function flatten(spec: Doc, prefix = ""): [string, Value][] {
  return [...spec].flatMap(([name, v]): [string, Value][] => (isDoc(v) && v.size > 0 && ![...v.keys()][0]!.startsWith("$") ? flatten(v, `${prefix}${name}.`) : [[prefix + name, v]]));
}
