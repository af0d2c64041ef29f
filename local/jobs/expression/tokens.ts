export type Token = { kind: "number" | "string" | "name" | "sign" | "end"; text: string; at: number };

/** An expression that the subset does not contain, with the place and the reason. */
export class ExpressionError extends Error {}

const pattern = /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_]\w*)|(==|!=|<=|>=|&&|\|\||[<>!+\-*/%?:()[\].,]))/y;

const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r" };
const unquote = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);

/** Cuts the text of an expression into tokens, the last of kind `end`. Throws ExpressionError at a letter it does not know. */
export function tokens(source: string): Token[] {
  const found: Token[] = [];
  const end = source.trimEnd().length;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const match = pattern.exec(source);
    if (!match) throw new ExpressionError(`unreadable at character ${at + 1}: ${source.slice(at, at + 20)}`);
    const [, number, string, name, sign] = match;
    if (number !== undefined) found.push({ kind: "number", text: number, at });
    else if (string !== undefined) found.push({ kind: "string", text: unquote(string), at });
    else if (name !== undefined) found.push({ kind: "name", text: name, at });
    else found.push({ kind: "sign", text: sign ?? "", at });
  }
  return [...found, { kind: "end", text: "the end", at: end }];
}
