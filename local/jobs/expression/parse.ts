import { ExpressionError, tokens } from "./tokens.ts";
import type { Token } from "./tokens.ts";

export type Node =
  | { kind: "literal"; value: string | number | boolean | null }
  | { kind: "root"; name: "event" | "async" }
  | { kind: "member"; of: Node; key: Node }
  | { kind: "list"; items: Node[] }
  | { kind: "call"; name: string; args: Node[] }
  | { kind: "unary"; sign: string; operand: Node }
  | { kind: "binary"; sign: string; left: Node; right: Node }
  | { kind: "choice"; test: Node; yes: Node; no: Node };

/** Binary operators, the loosest first; all of them bind to the left. */
const levels: readonly (readonly string[])[] = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"]];
const functions: Record<string, number> = { size: 1, string: 1, has: 1, contains: 2, startsWith: 2, endsWith: 2, matches: 2 };
const words: Record<string, boolean | null> = { true: true, false: false, null: null };

/** Reads an expression of the subset in README.md. Throws ExpressionError with the reason for everything else. */
export function parse(source: string): Node {
  const all = tokens(source);
  let place = 0;
  const peek = (): Token => all[place] as Token;
  const next = (): Token => all[place++] as Token;
  const is = (...texts: string[]): boolean => (peek().kind === "sign" || peek().text === "in") && texts.includes(peek().text);
  const take = (text: string): void => {
    if (!is(text)) throw new ExpressionError(`expected ${text} before "${peek().text}" (character ${peek().at + 1})`);
    place += 1;
  };

  const choice = (): Node => {
    const test = binary(0);
    if (!is("?")) return test;
    take("?");
    const yes = choice();
    take(":");
    return { kind: "choice", test, yes, no: choice() };
  };
  const binary = (level: number): Node => {
    const signs = levels[level];
    if (!signs) return unary();
    let left = binary(level + 1);
    while (is(...signs)) left = { kind: "binary", sign: next().text, left, right: binary(level + 1) };
    return left;
  };
  const unary = (): Node => (is("!", "-") ? { kind: "unary", sign: next().text, operand: unary() } : postfix(primary()));
  const list = (end: string): Node[] => {
    const items: Node[] = [];
    while (!is(end)) {
      items.push(choice());
      if (!is(end)) take(",");
    }
    take(end);
    return items;
  };
  const call = (name: string, args: Node[]): Node => {
    if (functions[name] === undefined) throw new ExpressionError(`the function ${name} is not supported`);
    if (functions[name] !== args.length) throw new ExpressionError(`${name} takes ${functions[name]} value(s), not ${args.length}`);
    return { kind: "call", name, args };
  };
  const postfix = (node: Node): Node => {
    if (is(".")) {
      take(".");
      const name = next();
      if (name.kind !== "name") throw new ExpressionError(`a name must follow the point (character ${name.at + 1})`);
      if (!is("(")) return postfix({ kind: "member", of: node, key: { kind: "literal", value: name.text } });
      take("(");
      return postfix(call(name.text, [node, ...list(")")]));
    }
    if (!is("[")) return node;
    take("[");
    const key = choice();
    take("]");
    return postfix({ kind: "member", of: node, key });
  };
  const primary = (): Node => {
    const token = next();
    if (token.kind === "number") return { kind: "literal", value: Number(token.text) };
    if (token.kind === "string") return { kind: "literal", value: token.text };
    if (token.kind === "name" && Object.hasOwn(words, token.text)) return { kind: "literal", value: words[token.text] ?? null };
    if (token.kind === "name" && (token.text === "event" || token.text === "async")) return { kind: "root", name: token.text };
    if (token.kind === "name" && is("(")) {
      take("(");
      return call(token.text, list(")"));
    }
    if (token.text === "[" && token.kind === "sign") return { kind: "list", items: list("]") };
    if (token.text === "(" && token.kind === "sign") {
      const inner = choice();
      take(")");
      return inner;
    }
    throw new ExpressionError(`"${token.text}" is not expected here (character ${token.at + 1}); the names are event and async`);
  };

  const whole = choice();
  if (peek().kind !== "end") throw new ExpressionError(`"${peek().text}" is left over (character ${peek().at + 1})`);
  return whole;
}
