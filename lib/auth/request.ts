import { isIPv6 } from "node:net";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { actorFor, identify, personBehind, visitorCookie, type Credentials } from "./identify.ts";
import { isStaff, type Actor, type PersonActor } from "./policy.ts";
import { newVisitorToken, visitorCookieSeconds, visitorOf } from "./visitor.ts";

async function credentials(): Promise<Credentials> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return { authorization: head.get("authorization"), cookie: (name) => jar.get(name)?.value };
}

/** Who is asking for a page or posting a form. */
export const currentActor = async (): Promise<Actor> => identify(await credentials());

/** The same for a form that is posted: a browser that writes for the first time gets its visitor cookie. */
export async function postingActor(): Promise<Actor> {
  const actor = await currentActor();
  if (actor.kind !== "visitor" || actor.id !== null) return actor;
  const token = newVisitorToken();
  const [jar, head] = await Promise.all([cookies(), headers()]);
  jar.set(visitorCookie, token, { path: "/", httpOnly: true, sameSite: "lax", maxAge: visitorCookieSeconds, secure: head.get("x-forwarded-proto") === "https" });
  return visitorOf(token);
}

/**
 * The address of who asks: the last of the header, for that is the one which the proxy next to us saw. What stands
 * before it is what the client says of itself. Of IPv6 the network (/64): one line has all of its 2^64 addresses.
 */
export const addressIn = (forwardedFor: string | null): string => networkOf(forwardedFor?.split(",").at(-1)?.trim() ?? "") || "unknown";

function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped || !isIPv6(address)) return mapped ?? address;
  const [left = [], right = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right].slice(0, 4);
  const network = groups.map((group) => parseInt(group, 16).toString(16)).join(":");
  return network === "0:0:0:0" ? address : network;
}

/** The address from which a form is posted. */
export const postingAddress = async (): Promise<string> => addressIn((await headers()).get("x-forwarded-for"));

/** The signed-in person, for a page that sends others to sign in; null when nobody is. Looked up once a page, though its layouts ask as well. */
export const requirePerson = cache(async (): Promise<PersonActor | null> => {
  const person = await personBehind(await credentials());
  return person ? actorFor(person) : null;
});

/** The signed-in member of staff; null for customers and visitors. */
export async function requireStaff(): Promise<PersonActor | null> {
  const actor = await requirePerson();
  return actor && isStaff(actor) ? actor : null;
}
