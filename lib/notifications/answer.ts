import { toPlainText } from "react-email";
import { replyLine } from "../../emails/parts/reply-line.ts";

/** Of a longer mail the rest is history, or no answer at all. */
const most = 1_000_000;
/** Reading HTML that is nested without end takes seconds beyond this, and holds up everybody. */
const mostHtml = 250_000;
const skipped = ["blockquote", ".gmail_quote", ".gmail_signature", ".yahoo_quoted", "#divRplyFwdMsg", "#appendonsend", "head", "script", "style", "title"].map((selector) => ({ selector, format: "skip" }));

/** The text of a mail; of one that has only HTML, what a reader sees of it. */
const textOf = ({ text, html }: { text: string | null; html: string | null }) =>
  text?.trim() ? text.slice(0, most) : toPlainText((html ?? "").slice(0, mostHtml), { selectors: skipped, limits: { maxDepth: 150 } });

const isQuoted = (line: string) => /^\s*>/.test(line);
const heading = /^\W*(from|von|de|da|van|fra|od)\s*:\s*\S/i;
const headings = /^\W*(sent|gesendet|date|datum|envoyé|enviado|inviato|to|an|à|para|a|subject|betreff|objet|asunto|oggetto)\s*:/i;

/** "-----Original Message-----", or Outlook's line. In plain comparisons: strangers write these lines, and a pattern for the first takes the cube of its length. */
function parting(line: string): boolean {
  const bare = line.trim();
  return bare.length >= 10 && ((bare.startsWith("----") && bare.endsWith("----")) || /^_+$/.test(bare));
}

/**
 * What a person wrote in answer to a letter: the text above our line, without quoted history and without a
 * signature. Empty when nothing of their own is left.
 */
export function answerIn(mail: { text: string | null; html: string | null }): string {
  const lines = textOf(mail).replaceAll(/\r\n?/g, "\n").replaceAll("\u00a0", " ").split("\n").map((line) => line.trimEnd());
  const end = historyBegins(lines);
  const above = own(withoutIntroduction(lines.slice(0, end), end < lines.length));
  return above !== "" ? above : own(below(lines));
}

/** Where the history begins: at our line, or where a mail program says that it does, whichever comes first. */
function historyBegins(lines: readonly string[]): number {
  const lastOwn = lines.findLastIndex((line) => line !== "" && !isQuoted(line));
  const headed = (line: string, index: number) => heading.test(line) && lines.slice(index + 1, index + 4).filter((next) => headings.test(next)).length >= 2;
  const found = lines.findIndex((line, index) => line.includes(replyLine) || parting(line) || headed(line, index) || (isQuoted(line) && index > lastOwn));
  return found === -1 ? lines.length : found;
}

/** "On Monday … wrote:", in any language: what leads into a quote ends with a colon, and names a day or an address before it. */
function withoutIntroduction(lines: readonly string[], quoted: boolean): readonly string[] {
  const kept = [...lines];
  while (kept.length > 0 && (kept.at(-1) === "" || isQuoted(kept.at(-1) ?? ""))) kept.pop();
  if (!quoted || !kept.at(-1)?.endsWith(":")) return kept;
  for (let back = 1; back <= 3 && back <= kept.length; back += 1) if (/\d|@/.test(kept.at(-back) ?? "")) return kept.slice(0, -back);
  return kept;
}

/** Some write under what they quote: then all that they wrote is below it. */
function below(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex(isQuoted);
  return last === -1 ? [] : lines.slice(last + 1);
}

/** A person's own lines: no quotes, and nothing from the signature on (RFC 3676, 4.3). */
function own(lines: readonly string[]): string {
  const unquoted = lines.filter((line) => !isQuoted(line));
  const signature = unquoted.findIndex((line) => /^--\s*$/.test(line));
  const signed = signature === -1 ? unquoted : unquoted.slice(0, signature);
  return signed.join("\n").trim().replaceAll(/\n{3,}/g, "\n\n").replace(/\n{1,2}(sent from my|get outlook for|von meinem) [^\n]{1,60}$/i, "").trim();
}
