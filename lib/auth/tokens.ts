import { createHash, createHmac, randomBytes } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { day, minute, now } from "../clock.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import { newId } from "../ids.ts";
import { tokens } from "./repo.ts";
import type { Person, Token } from "./schema.ts";

export const accessTokenSeconds = 15 * 60;

/** How long each kind may be used. `follow`, the link of a receipt, lives longer than one that was asked for. */
const lifetime: Record<Token["kind"], number> = { link: 15 * minute, follow: 7 * day, invitation: 14 * day, reset: 60 * minute, setup: 30 * day, refresh: 30 * day };

export const hashOf = (token: string) => createHash("sha256").update(token).digest("base64url");
const signingKey = () => createHmac("sha256", env().AUTH_SECRET).update("api access token").digest();

/** A new random token (256 bits) of which only the hash is stored. */
export async function issue(kind: Token["kind"], person: Person | null, more: { family?: string } = {}): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const at = now();
  await tokens().insertOne({
    _id: hashOf(token),
    kind,
    personId: person?._id ?? null,
    family: more.family ?? null,
    epoch: person?.sessionEpoch ?? 0,
    createdAt: at,
    expiresAt: new Date(at.getTime() + lifetime[kind]),
    usedAt: null,
  });
  return token;
}

const spent = () => new AppError("invalid", "This link was used already or is too old. Please ask for a new one.", { errors: [{ path: "token", message: "was used or is too old" }] });

/** Uses up a token: exactly one caller gets it, everybody after is told that it is spent. */
export async function spend(kind: Token["kind"] | Token["kind"][], token: string): Promise<Token> {
  const found = await tokens().findOneAndUpdate({ _id: hashOf(token), kind: { $in: [kind].flat() }, usedAt: null, expiresAt: { $gt: now() } }, { $set: { usedAt: now() } });
  if (!found) throw spent();
  return found;
}

/** Whether a token could be spent now, without spending it. */
export async function isGood(kind: Token["kind"], token: string): Promise<boolean> {
  return (await tokens().countDocuments({ _id: hashOf(token), kind, usedAt: null, expiresAt: { $gt: now() } }, { limit: 1 })) === 1;
}

/** Ends the links that a person asked for earlier. */
export async function endLinks(personId: string): Promise<void> {
  await tokens().deleteMany({ personId, kind: "link" });
}

export type TokenPair = { accessToken: string; refreshToken: string; expiresIn: number };

/** An access token (JWT, 15 minutes) with a refresh token of the given family, or of a new one. */
export async function issuePair(person: Person, family = newId()): Promise<TokenPair> {
  const accessToken = await new SignJWT({ epoch: person.sessionEpoch })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(person._id)
    .setAudience("api")
    .setIssuedAt(Math.floor(now().getTime() / 1000))
    .setExpirationTime(Math.floor(now().getTime() / 1000) + accessTokenSeconds)
    .sign(signingKey());
  return { accessToken, refreshToken: await issue("refresh", person, { family }), expiresIn: accessTokenSeconds };
}

/** Uses up a refresh token and answers whose it was. A token used twice revokes its whole family (RFC 9700, 4.14.2). */
export async function spendRefresh(token: string): Promise<Token & { family: string }> {
  const refused = new AppError("unauthenticated", "This refresh token is not valid any more. Please sign in again.");
  const found = await tokens().findOneAndUpdate({ _id: hashOf(token), kind: "refresh", usedAt: null, expiresAt: { $gt: now() } }, { $set: { usedAt: now() } });
  if (found?.family) return { ...found, family: found.family };
  const reused = await tokens().findOne({ _id: hashOf(token), kind: "refresh" });
  if (reused?.family) await tokens().deleteMany({ family: reused.family });
  throw refused;
}

/** What a signed token states: whose it is, of which epoch, and until when (milliseconds). */
export type Stated = { personId: string; epoch: number; until: number };

/** What an access token states; null for one that is forged, expired or meant for something else. */
export async function readAccessToken(token: string): Promise<Stated | null> {
  try {
    const { payload } = await jwtVerify(token, signingKey(), { algorithms: ["HS256"], audience: "api", currentDate: now() });
    return typeof payload.sub === "string" && typeof payload.epoch === "number" && payload.exp ? { personId: payload.sub, epoch: payload.epoch, until: payload.exp * 1000 } : null;
  } catch {
    // An invalid token is an answer, not a fault: its bearer is nobody.
    return null;
  }
}
