import { decode } from "next-auth/jwt";
import { now } from "../clock.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import { type Actor, type PersonActor } from "./policy.ts";
import { currentSettings, personById, queues } from "./repo.ts";
import type { Person } from "./schema.ts";
import { hashOf, readAccessToken, type Stated } from "./tokens.ts";

/** Auth.js names the cookie by the scheme of the address; its name is the salt of its encryption. */
export const sessionCookies = ["__Secure-authjs.session-token", "authjs.session-token"] as const;
export const visitorCookie = "twoway_visitor";

/** What a request carries to say who is asking. */
export type Credentials = { authorization: string | null; cookie: (name: string) => string | undefined };

/** The actor for a person: rights come from the database at this moment, never from a token. */
export async function actorFor(person: Person): Promise<PersonActor> {
  const agent = person.roles.includes("agent") && (await currentSettings()).queueVisibility;
  const own = agent ? await queues().find({ memberIds: person._id }, { projection: { _id: 1 } }).toArray() : [];
  return { kind: "person", id: person._id, name: person.name, email: person.email, roles: person.roles, claimsFrom: own.map((queue) => queue._id) };
}

const mostProved = 2000;
const proved = new Map<string, Stated>();

/**
 * What a token states, proved once while it is good: the proof costs more than all else of a small request. A token
 * only says whose it is; whether that person may do anything is read from the database each time.
 */
async function provedOnce(token: string, prove: () => Promise<Stated | null>): Promise<Stated | null> {
  const known = proved.get(token);
  if (known && known.until > now().getTime()) return known;
  proved.delete(token);
  const stated = await prove();
  if (stated) proved.set(token, stated);
  const oldest = proved.size > mostProved ? proved.keys().next().value : undefined;
  if (oldest !== undefined) proved.delete(oldest);
  return stated;
}

async function stated({ authorization, cookie }: Credentials): Promise<Stated | null> {
  if (authorization !== null) {
    const token = /^Bearer ([^\s]+)$/i.exec(authorization)?.[1];
    const read = token ? await provedOnce(token, () => readAccessToken(token)) : null;
    if (!read) throw new AppError("unauthenticated", "The bearer token is not valid. Please get a new one.");
    return read;
  }
  for (const salt of sessionCookies) {
    const session = cookie(salt);
    const read = session ? await provedOnce(`${salt} ${session}`, () => readSession(session, salt)) : null;
    if (read) return read;
  }
  return null;
}

async function readSession(token: string, salt: string): Promise<Stated | null> {
  try {
    const session = await decode({ token, secret: env().AUTH_SECRET, salt });
    return session && typeof session.sub === "string" && typeof session.epoch === "number" && session.exp ? { personId: session.sub, epoch: session.epoch, until: session.exp * 1000 } : null;
  } catch {
    // A cookie of another desk or an older secret: nobody is signed in.
    return null;
  }
}

/** The active person behind a request, read from the database; null when nobody is signed in (any more). */
export async function personBehind(credentials: Credentials): Promise<Person | null> {
  const read = await stated(credentials);
  const person = read ? await personById(read.personId) : null;
  if (read && person && person.deactivated === null && person.sessionEpoch === read.epoch) return person;
  if (credentials.authorization !== null) throw new AppError("unauthenticated", "This session was ended. Please sign in again.");
  return null;
}

/** Who is asking: a person, or the visitor of a browser. Throws 401 only for a bearer token that is no good. */
export async function identify(credentials: Credentials): Promise<Actor> {
  const person = await personBehind(credentials);
  if (person) return actorFor(person);
  const token = credentials.cookie(visitorCookie);
  return { kind: "visitor", id: token ? hashOf(token) : null };
}
