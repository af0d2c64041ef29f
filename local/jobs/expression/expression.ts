import { canonical } from "../canonical.ts";
import { EvaluationError, evaluate } from "./evaluate.ts";
import type { Scope } from "./evaluate.ts";
import { parse } from "./parse.ts";
import type { Node } from "./parse.ts";

/** `event.<event> == async.<async>`: what an arriving event can be looked up by. Paths like `data.ticketId`. */
type Match = { event: string; async: string };
type Expression = {
  /** True only for `true`; values the operators have no rule for make it false, as at the vendor. */
  holds(scope: Scope): boolean;
  /** A key over the value, for concurrency and the like; a missing value gives the key of null. */
  key(event: unknown): string;
  /** The first equality that must hold for the whole to hold; null when there is none. */
  match: Match | null;
};

const known = new Map<string, Expression>();

/** Reads an expression, once each. Throws ExpressionError for what the subset does not contain. */
export function expression(source: string): Expression {
  let compiled = known.get(source);
  if (!compiled) known.set(source, (compiled = compile(parse(source))));
  return compiled;
}

function compile(node: Node): Expression {
  return {
    holds(scope) {
      try {
        return evaluate(node, scope) === true;
      } catch (error) {
        if (error instanceof EvaluationError) return false;
        throw error;
      }
    },
    key(event) {
      try {
        return canonical(evaluate(node, { event }) ?? null);
      } catch (error) {
        if (error instanceof EvaluationError) return "null";
        throw error;
      }
    },
    match: matchOf(node),
  };
}

function matchOf(node: Node): Match | null {
  if (node.kind !== "binary") return null;
  if (node.sign === "&&") return matchOf(node.left) ?? matchOf(node.right);
  if (node.sign !== "==") return null;
  const [left, right] = [pathOf(node.left), pathOf(node.right)];
  if (!left || !right || left.root === right.root) return null;
  return left.root === "event" ? { event: left.path, async: right.path } : { event: right.path, async: left.path };
}

function pathOf(node: Node): { root: string; path: string } | null {
  if (node.kind === "root") return { root: node.name, path: "" };
  if (node.kind !== "member" || node.key.kind !== "literal" || typeof node.key.value !== "string" || node.key.value.includes(".")) return null;
  const above = pathOf(node.of);
  return above && { root: above.root, path: above.path ? `${above.path}.${node.key.value}` : node.key.value };
}

/** The canonical JSON of the value at a path of an event; undefined when it is missing. */
export function valueAt(event: unknown, path: string): string | undefined {
  let value = event;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value === undefined ? undefined : canonical(value);
}
