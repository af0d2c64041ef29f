import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const bare = (signingKey: string): string => signingKey.replace(/^signkey-\w+-/, "");
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** The key as the SDK shows it in `Authorization`: prefix and SHA-256 of the hex-decoded rest. */
export function hashedSigningKey(signingKey: string): string {
  const prefix = /^signkey-\w+-/.exec(signingKey)?.[0] ?? "";
  return prefix + createHash("sha256").update(Buffer.from(bare(signingKey), "hex")).digest("hex");
}

/** The value of `X-Inngest-Signature` for a canonical body: HMAC-SHA256 over body and second, keyed by the key's text. */
export function signature(signingKey: string, body: string, now: number): string {
  const second = String(Math.floor(now / 1000));
  return `t=${second}&s=${createHmac("sha256", bare(signingKey)).update(body).update(second).digest("hex")}`;
}

/** Whether a bearer shows the signing key, hashed as the SDK does it, or, for people at a terminal, as it is. */
export function showsSigningKey(authorization: string | undefined, signingKey: string, plain = false): boolean {
  const shown = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
  if (shown === undefined) return false;
  return same(shown, hashedSigningKey(signingKey)) || (plain && same(shown, signingKey));
}

export const isEventKey = (shown: string, eventKey: string): boolean => same(shown, eventKey);
