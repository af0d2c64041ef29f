import { type Doc, isDoc, type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { compileExpression } from "../expressions/compile.ts";
import type { Evaluate, Needs, Scope } from "../expressions/scope.ts";

/** What a projection or `$set` says about the fields of a document: keep or drop (`true`), compute, or look deeper. */
export type Tree = Map<string, Tree | true | Evaluate>;
export type Mode = "include" | "exclude" | "add";

/** Enters one path; two paths of which one contains the other are refused. */
export function grow(tree: Tree, name: string, v: Value | true, needs: Needs): void {
  const path = name.split(".");
  let at = tree;
  for (const part of path.slice(0, -1)) {
    const next = at.get(part) ?? new Map();
    if (!(next instanceof Map)) refuse(31249, `Path collision at ${name}`);
    at.set(part, next);
    at = next;
  }
  if (at.has(path.at(-1)!)) refuse(31250, `Path collision at ${name}`);
  at.set(path.at(-1)!, v === true ? true : compileExpression(v, needs));
}

/** The tree of a `$set`: nested documents that are no expressions reach into existing ones. */
export function growAll(tree: Tree, spec: Doc, needs: Needs, prefix = ""): void {
  for (const [name, v] of spec) {
    if (isDoc(v) && v.size > 0 && ![...v.keys()][0]!.startsWith("$")) growAll(tree, v, needs, `${prefix}${name}.`);
    else if (v === true) grow(tree, prefix + name, new Map([["$literal", true]]), needs);
    else grow(tree, prefix + name, v, needs);
  }
}

const computes = (node: Tree | true | Evaluate): boolean => node !== true && (typeof node === "function" || [...node.values()].some(computes));

/** Applies a tree to a value. Arrays on the way are treated element by element. */
export function shape(v: Value, tree: Tree, mode: Mode, scope: Scope): Maybe {
  if (Array.isArray(v)) return v.map((item) => shape(item, tree, mode, scope)).filter((item): item is Value => item !== undefined);
  if (!isDoc(v)) return mode === "include" ? (computes(tree) ? shape(new Map(), tree, mode, scope) : undefined) : mode === "add" ? shape(new Map(), tree, mode, scope) : v;
  const out: Doc = new Map();
  for (const [name, x] of v) {
    const node = tree.get(name);
    if (node === undefined ? mode !== "include" : node === true ? mode === "include" : typeof node === "function" && mode === "add") out.set(name, x);
    else if (node instanceof Map) {
      const inner = shape(x, node, mode, scope);
      if (inner !== undefined) out.set(name, inner);
    }
  }
  for (const [name, node] of tree) {
    if (typeof node === "function") {
      const x = node(scope);
      if (x === undefined) out.delete(name);
      else out.set(name, x);
    } else if (node instanceof Map && !v.has(name) && computes(node)) out.set(name, shape(new Map(), node, mode, scope)!);
  }
  return out;
}
