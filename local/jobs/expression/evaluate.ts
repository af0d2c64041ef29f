import { canonical } from "../canonical.ts";
import type { Node } from "./parse.ts";

/** What an expression sees: the event that started the run, and the one that arrives now. */
export type Scope = { event: unknown; async?: unknown };

/** An expression met values of a kind it has no rule for; the vendor then takes the expression as false. */
export class EvaluationError extends Error {}

/**
 * The value of an expression; `undefined` stands for a missing attribute.
 * Missing equals null and nothing else, also not another missing one; it sorts below everything.
 */
export function evaluate(node: Node, scope: Scope): unknown {
  switch (node.kind) {
    case "literal":
      return node.value;
    case "root":
      return scope[node.name];
    case "list":
      return node.items.map((item) => evaluate(item, scope));
    case "member":
      return member(evaluate(node.of, scope), evaluate(node.key, scope));
    case "choice":
      return evaluate(evaluate(node.test, scope) === true ? node.yes : node.no, scope);
    case "unary":
      return node.sign === "!" ? evaluate(node.operand, scope) !== true : -number(evaluate(node.operand, scope));
    case "call":
      return call(node.name, node.args.map((arg) => evaluate(arg, scope)));
    case "binary":
      if (node.sign === "&&") return evaluate(node.left, scope) === true && evaluate(node.right, scope) === true;
      if (node.sign === "||") return evaluate(node.left, scope) === true || evaluate(node.right, scope) === true;
      return combine(node.sign, evaluate(node.left, scope), evaluate(node.right, scope));
  }
}

function member(of: unknown, key: unknown): unknown {
  if (Array.isArray(of)) return typeof key === "number" ? of[key] : undefined;
  if (typeof of !== "object" || of === null || typeof key !== "string" || !Object.hasOwn(of, key)) return undefined;
  return (of as Record<string, unknown>)[key];
}

function number(value: unknown): number {
  if (typeof value === "number") return value;
  throw new EvaluationError(`${JSON.stringify(value)} is not a number`);
}

function equal(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === null || b === null;
  return a === b || (typeof a === "object" && typeof b === "object" && canonical(a) === canonical(b));
}

function order(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : Number(a > b);
  throw new EvaluationError("only two numbers or two strings have an order");
}

function combine(sign: string, a: unknown, b: unknown): unknown {
  if (sign === "==") return equal(a, b);
  if (sign === "!=") return !equal(a, b);
  if (sign === "<") return order(a, b) < 0;
  if (sign === "<=") return order(a, b) <= 0;
  if (sign === ">") return order(a, b) > 0;
  if (sign === ">=") return order(a, b) >= 0;
  if (sign === "in") return Array.isArray(b) ? b.some((item) => equal(a, item)) : member(b, a) !== undefined;
  if (sign === "+" && typeof a === "string" && typeof b === "string") return a + b;
  if (sign === "+" && Array.isArray(a) && Array.isArray(b)) return [...(a as unknown[]), ...(b as unknown[])];
  if (sign === "+") return number(a) + number(b);
  if (sign === "-") return number(a) - number(b);
  if (sign === "*") return number(a) * number(b);
  if (number(b) === 0) throw new EvaluationError("division by zero");
  return sign === "/" ? number(a) / number(b) : number(a) % number(b);
}

function call(name: string, [first, second]: unknown[]): unknown {
  if (name === "has") return first !== undefined;
  if (name === "string") return typeof first === "string" ? first : JSON.stringify(first ?? null);
  if (name === "size" && (typeof first === "string" || Array.isArray(first))) return first.length;
  if (name === "size" && typeof first === "object" && first !== null) return Object.keys(first).length;
  if (typeof first !== "string" || typeof second !== "string") throw new EvaluationError(`${name} needs text`);
  if (name === "contains") return first.includes(second);
  if (name === "startsWith") return first.startsWith(second);
  if (name === "endsWith") return first.endsWith(second);
  return pattern(second).test(first);
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text, "u");
  } catch (cause) {
    throw new EvaluationError(`${text} is no pattern`, { cause });
  }
}
