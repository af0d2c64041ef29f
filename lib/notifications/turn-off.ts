import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "../env.ts";
import { LetterKind } from "./schema.ts";

const key = () => createHmac("sha256", env().AUTH_SECRET).update("turning mail off").digest();
const macOf = (personId: string, kind: string) => createHmac("sha256", key()).update(`${personId} ${kind}`).digest().subarray(0, 18).toString("base64url");

/** Letters that somebody may do without. All others answer what a person did, or let them in. */
const optional: Partial<Record<LetterKind, string>> = {
  resolved: "letters that say a request of yours was marked solved",
  "closing-soon": "letters that say a request of yours will be closed",
  closed: "letters that say a request of yours was closed",
  assigned: "mail about tickets that become yours",
  mention: "mail about notes that mention you",
  "customer-replied": "mail about replies of your customers",
  escalated: "mail about tickets that move to you or your team",
  reminder: "mail about promises that run out",
  breach: "mail about promises that were missed",
  "breach-repeated": "mail about missed promises on which nobody acted",
  "low-rating": "mail about low ratings",
  bounced: "mail about our mails that came back",
  digest: "mail in which notices are gathered",
};
export const isOptional = (kind: LetterKind): boolean => optional[kind] !== undefined;
export const kindInWords = (kind: LetterKind): string => optional[kind] ?? "these letters";

/** Where this person turns this kind of letter off: a page to look at, and the door for mail programs (RFC 8058). Null where that can't be done. */
export function turnOffLinks(personId: string, kind: LetterKind): { page: string; oneClick: string } | null {
  if (!isOptional(kind)) return null;
  const token = `${personId}.${kind}.${macOf(personId, kind)}`;
  return { page: new URL(`/mail-off/${token}`, env().APP_URL).href, oneClick: new URL(`/api/mail-off/${token}`, env().APP_URL).href };
}

/** Whose mail of which kind a token turns off; null for a token that we did not make. */
export function readTurnOff(token: string): { personId: string; kind: LetterKind } | null {
  const [, personId = "", kind = "", mac = ""] = /^([0-9A-Za-z_-]{8,64})\.([a-z-]{3,30})\.([0-9A-Za-z_-]{24})$/.exec(token) ?? [];
  const known = LetterKind.safeParse(kind);
  if (!known.success || !isOptional(known.data) || !timingSafeEqual(Buffer.from(mac, "base64url"), Buffer.from(macOf(personId, kind), "base64url"))) return null;
  return { personId, kind: known.data };
}
