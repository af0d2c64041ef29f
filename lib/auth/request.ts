import { cookies, headers } from "next/headers";
import { cache } from "react";
import { addressIn } from "../address.ts";
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
