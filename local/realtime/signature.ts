import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { signatureWindowSeconds } from "./limits.ts";

export type Credentials = { readonly appId: string; readonly key: string; readonly secret: string };

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const hmac = (secret: string, text: string): string => createHmac("sha256", secret).update(text).digest("hex");

/**
 * Whether `auth` (`key:signature`) signs the text: `socket_id:channel[:channel_data]` for channels,
 * `socket_id::user::user_data` for sign-in (pusher-http-node, lib/auth.js). Compared in constant time.
 */
export function signs(credentials: Credentials, auth: string, text: string): boolean {
  return sameText(auth, `${credentials.key}:${hmac(credentials.secret, text)}`);
}

export type SignedRequest = { method: string; path: string; query: URLSearchParams; body: string };

/**
 * Why a REST request is refused, or null when it is properly signed: key, version, time (± 600 s), MD5 of the body,
 * and HMAC over method, path and sorted parameters, unescaped (pusher-http-node, lib/requests.js).
 */
export function faultOf(credentials: Credentials, request: SignedRequest, nowSeconds = Date.now() / 1000): string | null {
  const { query } = request;
  if (query.get("auth_key") !== credentials.key) return "Unknown auth_key";
  if (query.get("auth_version") !== "1.0") return "Unsupported auth_version";
  const timestamp = Number(query.get("auth_timestamp") ?? Number.NaN);
  if (!(Math.abs(nowSeconds - timestamp) <= signatureWindowSeconds)) return `Timestamp expired: not within ${signatureWindowSeconds}s of server time`;
  const md5 = query.get("body_md5");
  if (request.body !== "" && md5 === null) return "body_md5 is missing";
  if (md5 !== null && !sameText(md5, createHash("md5").update(request.body).digest("hex"))) return "body_md5 does not match the body";
  const parameters = [...query].filter(([name]) => name !== "auth_signature").sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const text = [request.method, request.path, parameters.map(([name, value]) => `${name}=${value}`).join("&")].join("\n");
  return sameText(query.get("auth_signature") ?? "", hmac(credentials.secret, text)) ? null : "Invalid signature";
}
