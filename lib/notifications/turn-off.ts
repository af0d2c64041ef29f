import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "../env.ts";
import { LetterKind } from "./schema.ts";

const key = () => createHmac("sha256", env().AUTH_SECRET).update("turning mail off").digest();
const macOf = (personId: string, kind: string) => createHmac("sha256", key()).update(`${personId} ${kind}`).digest().subarray(0, 18).toString("base64url");

/** Letters that somebody may do without. All others answer what a person did, or let them in. */
const optional: ReadonlySet<LetterKind> = new Set(["resolved", "closing-soon", "closed", "assigned", "mention", "customer-replied", "escalated", "reminder", "breach", "breach-repeated", "low-rating", "bounced", "digest"]);

/** Where this person turns this kind of letter off: a page to look at, and the door for mail programs (RFC 8058). Null where that can't be done. */
export function turnOffLinks(personId: string, kind: LetterKind): { page: string; oneClick: string } | null {
  if (!optional.has(kind)) return null;
  const token = `${personId}.${kind}.${macOf(personId, kind)}`;
  return { page: new URL(`/mail-off/${token}`, env().APP_URL).href, oneClick: new URL(`/api/mail-off/${token}`, env().APP_URL).href };
}

/** Whose mail of which kind a token turns off; null for a token that we did not make. */
export function readTurnOff(token: string): { personId: string; kind: LetterKind } | null {
  const [, personId = "", kind = "", mac = ""] = /^([0-9A-Za-z_-]{8,64})\.([a-z-]{3,30})\.([0-9A-Za-z_-]{24})$/.exec(token) ?? [];
  const known = LetterKind.safeParse(kind);
  if (!known.success || !optional.has(known.data) || !timingSafeEqual(Buffer.from(mac, "base64url"), Buffer.from(macOf(personId, kind), "base64url"))) return null;
  return { personId, kind: known.data };
}
