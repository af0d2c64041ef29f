/** Words of a private note begin with this mark in a ticket's terms, so that no customer's search can find them. */
export const privateMark = "!";
const mostTerms = 1500;
const mostTermLength = 40;

/**
 * The search words of a text: Unicode NFKD, without accents, lower case, split at what is neither letter nor
 * digit, 2 to 40 characters, each once.
 */
export function termsOf(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 2 && word.length <= mostTermLength);
  return [...new Set(words)];
}

/** The terms of a ticket with those of one more text; a very long life stops growing at 1,500 words. */
export function withTerms(terms: string[], text: string, visibility: "public" | "private"): string[] {
  const known = new Set(terms);
  const added = termsOf(text).map((word) => (visibility === "private" ? privateMark + word : word)).filter((word) => !known.has(word));
  return added.length === 0 ? terms : [...terms, ...added].slice(0, mostTerms);
}

/** The beginning of a message on one line, as a list shows it. */
export function snippetOf(body: string): string {
  const line = body.replace(/\s+/g, " ").trim();
  return line.length <= 160 ? line : `${line.slice(0, 159)}…`;
}
