import { createHmac, timingSafeEqual } from "node:crypto";
import { day, now } from "../clock.ts";
import { env } from "../env.ts";
import type { Id } from "../ids.ts";

/** Whom a link in a letter asks, and about which resolution. */
export type RatingLink = { ticketId: Id; requesterId: Id; resolvedAt: Date };

/** How long a link works at least, after the letter with it was written; at most a day longer. */
const lifeDays = 60;
/** 144 bits of the HMAC: 24 letters. */
const macBytes = 18;

const key = () => createHmac("sha256", env().AUTH_SECRET).update("links to rate").digest();
const macOf = (stated: string) => createHmac("sha256", key()).update(stated).digest().subarray(0, macBytes);

/**
 * The path at which the requester rates a resolution, for a letter to them: `/rate/<token>`, with the score that a
 * person chose by clicking on it. The token names ticket, requester, resolution and the day on which it ends, and
 * tells nothing else. Written twice on one day it is the same.
 */
export function ratingUrl({ ticketId, requesterId, resolvedAt }: RatingLink, score?: number): string {
  const ends = Math.ceil(now().getTime() / day) + lifeDays;
  const stated = [ticketId, requesterId, resolvedAt.getTime().toString(36), ends.toString(36)].join(".");
  return `/rate/${stated}.${macOf(stated).toString("base64url")}${score === undefined ? "" : `?score=${score}`}`;
}

/** What a token states; null for one that we did not make, and for one that has ended. */
export function readRatingToken(token: string): RatingLink | null {
  const [, stated, ticketId, requesterId, resolved, ends, mac] = /^(([0-9A-Za-z_-]{8,64})\.([0-9A-Za-z_-]{8,64})\.([0-9a-z]{1,11})\.([0-9a-z]{1,6}))\.([0-9A-Za-z_-]{24})$/.exec(token) ?? [];
  if (!stated || !ticketId || !requesterId || !resolved || !ends || !mac) return null;
  if (!timingSafeEqual(Buffer.from(mac, "base64url"), macOf(stated))) return null;
  return parseInt(ends, 36) * day > now().getTime() ? { ticketId, requesterId, resolvedAt: new Date(parseInt(resolved, 36)) } : null;
}
