import { createHmac, timingSafeEqual } from "node:crypto";
import { minute, now } from "./clock.ts";
import { env } from "./env.ts";
import { AppError, missing } from "./errors.ts";
import type { Id } from "./ids.ts";
import { linkEnds } from "./link-ends.ts";

const stepMs = 30 * minute;
/** 144 bits of the HMAC: 24 letters. */
const macBytes = 18;

const key = () => createHmac("sha256", env().AUTH_SECRET).update("links to files").digest();
const macOf = (id: Id, expires: string) => createHmac("sha256", key()).update(`${id}.${expires}`).digest().subarray(0, macBytes);

/**
 * The address of a file for whoever may see its message: good for 30 to 60 minutes, for this file only, and without
 * any cookie. It is the same for half an hour, so that a page which asks again need not load a picture again.
 */
export function linkTo(id: Id): string {
  const expires = ((Math.floor(now().getTime() / stepMs) + 2) * stepMs).toString(36);
  return `/files/${id}.${expires}.${macOf(id, expires).toString("base64url")}`;
}

/** The file that a link names. Throws 404 for a link that we did not make, 410 for one that has expired. */
export function readLink(token: string): Id {
  const [, id, expires, mac] = /^([0-9A-Za-z_-]{8,64})\.([0-9a-z]{1,10})\.([0-9A-Za-z_-]{24})$/.exec(token) ?? [];
  if (!id || !expires || !mac || !timingSafeEqual(Buffer.from(mac, "base64url"), macOf(id, expires))) throw missing("file");
  if (linkEnds(token) <= now().getTime()) throw new AppError("gone", "This link has expired. Open the request again: its page has a fresh one.");
  return id;
}
