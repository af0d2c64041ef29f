import { createHash, randomBytes } from "node:crypto";
import { day, second } from "../clock.ts";
import type { VisitorActor } from "./policy.ts";

export const visitorCookieSeconds = (30 * day) / second;

/** The secret of a browser without an account (256 bits), kept there in an httpOnly cookie for 30 days. */
export const newVisitorToken = (): string => randomBytes(32).toString("base64url");

/** The visitor with this cookie. Only its hash is stored with what they open. */
export const visitorOf = (token: string): VisitorActor => ({ kind: "visitor", id: createHash("sha256").update(token).digest("base64url") });
