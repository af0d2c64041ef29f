import { mailDomain } from "../mail.ts";
import { turnOffLinks } from "./turn-off.ts";
import type { LetterKind } from "./schema.ts";

/** Every letter about a ticket answers this id, so that mail programs keep them as one thread (RFC 5322, 3.6.4). */
const rootOf = (ticketId: string) => `<ticket-${ticketId}@${mailDomain()}>`;

/**
 * The headers of a letter: its thread; that a machine sent it, unless a person wrote its words (RFC 3834); and how
 * to end letters of its kind with one click (RFC 8058).
 */
export function headersOf({ kind, ticketId, personId }: { kind: LetterKind; ticketId: string | null; personId: string }): Record<string, string> {
  const off = turnOffLinks(personId, kind);
  return {
    ...(ticketId === null ? {} : { "In-Reply-To": rootOf(ticketId), References: rootOf(ticketId) }),
    ...(kind === "reply" ? {} : { "Auto-Submitted": kind === "receipt" ? "auto-replied" : "auto-generated" }),
    ...(off ? { "List-Unsubscribe": `<${off.oneClick}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {}),
  };
}
