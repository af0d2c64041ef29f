import { minute, now } from "../clock.ts";
import { isDemo } from "../env.ts";
import { AppError } from "../errors.ts";
import { newId } from "../ids.ts";
import { limit } from "../limits.ts";
import { disconnect } from "../realtime.ts";
import { hashPassword, passwordMatches } from "./passwords.ts";
import { system, type Actor, type PersonActor } from "./policy.ts";
import { people, personByEmail, personById, save } from "./repo.ts";
import { Email, type Person, type Role } from "./schema.ts";
import { endLinks, isGood, issue, issuePair, spend, spendRefresh, type TokenPair } from "./tokens.ts";
import { highestRole } from "./view.ts";

const wrong = () => new AppError("unauthenticated", "Email address and password do not match.");
const self = (person: Person): Actor => ({ kind: "person", id: person._id, name: person.name, email: person.email, roles: person.roles, claimsFrom: [] });

/** A person who was never seen before, customer unless said otherwise. */
export function newPerson(of: { email: string; name: string; roles?: Role[]; capacity?: number }): Person {
  const at = now();
  return {
    _id: newId(), email: of.email, name: of.name, roles: of.roles ?? ["customer"], passwordHash: null, verifiedAt: null, deactivated: null,
    sessionEpoch: 1, availability: { state: "away", since: at, seenAt: at }, invitedAt: null, capacity: of.capacity ?? 20, seq: 0, createdAt: at,
  };
}

/** Signing in makes staff available for new tickets. */
export async function arrive(person: Person): Promise<Person> {
  if (person.roles.includes("customer")) return person;
  const at = now();
  return save("person", person, { ...person, availability: { state: "online", since: at, seenAt: at } }, self(person), [{ type: "person/became-free", why: "Signing in makes a person available." }]);
}

/** The person with this address and password. Refusals look alike and take as long, whether the address is known or not. */
export async function signInByPassword(address: string, password: string): Promise<Person> {
  const email = Email.safeParse(address).data ?? "";
  limit("sign-in", email, { most: 10, perMs: 15 * minute });
  const person = await personByEmail(email);
  const right = await passwordMatches(password, person?.passwordHash ?? null);
  if (!person || !right || person.deactivated || !person.verifiedAt) throw wrong();
  return arrive(person);
}

/**
 * Uses up a mailed link: proves the address, and is the person whose address it is. A password that somebody chose
 * before the address was proved counts only if the link is the one that their sign-up sent: else whoever signs up
 * first with another's address would get in once its owner comes.
 */
export async function signInByLink(token: string): Promise<Person> {
  const spent = await spend(["link", "follow"], token);
  const person = await personById(spent.personId ?? "");
  if (!person || person.deactivated || person.sessionEpoch !== spent.epoch) throw new AppError("invalid", "This link is not valid any more. Please ask for a new one.");
  return arrive(await verified(spent.kind === "follow" ? withoutUnproved(person) : person));
}

const withoutUnproved = (person: Person): Person => (person.verifiedAt ? person : { ...person, passwordHash: null });

async function verified(person: Person): Promise<Person> {
  if (person.verifiedAt) return person;
  return save("person", person, { ...person, verifiedAt: now() }, self(person), [{ type: "person/address-verified", why: "A link sent to the address was opened." }]);
}

/** One click in the demo; refused on every other desk. */
export async function signInAsDemo(email: string): Promise<Person> {
  if (!isDemo()) throw new AppError("forbidden", "Only a demo desk signs people in without a password.");
  const person = await personByEmail(email);
  if (!person || person.deactivated) throw wrong();
  return arrive(person);
}

/** Access and refresh token for a program, from a password or a refresh token. */
export async function tokenFor(input: { email: string; password: string } | { refreshToken: string }): Promise<TokenPair & { user: { id: string; name: string; role: Role } }> {
  const told = (person: Person) => ({ id: person._id, name: person.name, role: highestRole(person.roles) });
  if ("email" in input) {
    const person = await signInByPassword(input.email, input.password);
    return { ...(await issuePair(person)), user: told(person) };
  }
  const spent = await spendRefresh(input.refreshToken);
  const person = await personById(spent.personId ?? "");
  if (!person || person.deactivated || person.sessionEpoch !== spent.epoch) throw new AppError("unauthenticated", "This session was ended. Please sign in again.");
  return { ...(await issuePair(person, spent.family)), user: told(person) };
}

/** Asks for a sign-in link by mail. Says the same whether the address is known or not. */
export async function requestLink(email: string): Promise<void> {
  limit("link", email, { most: 5, perMs: 15 * minute });
  const person = await personByEmail(email);
  if (person && !person.deactivated) await save("person", person, withoutUnproved(person), self(person), [{ type: "person/link-requested" }]);
}

/** Asks for a mail with which to choose a new password. Says the same whether the address is known or not. */
export async function requestReset(email: string): Promise<void> {
  limit("reset", email, { most: 5, perMs: 15 * minute });
  const person = await personByEmail(email);
  if (person && !person.deactivated) await save("person", person, person, self(person), [{ type: "person/reset-requested" }]);
}

/**
 * A customer's account. The address is proved by the link that is mailed; a known address gets a mail that says so,
 * the page says the same. Of two passwords for an address that nobody has proved yet, none counts.
 */
export async function signUp(input: { name: string; email: string; password: string }): Promise<void> {
  limit("sign-up", input.email, { most: 5, perMs: 15 * minute });
  const passwordHash = await hashPassword(input.password);
  const known = await personByEmail(input.email);
  if (known?.deactivated) return;
  if (known && (known.passwordHash || known.verifiedAt || !known.roles.includes("customer"))) {
    const same = known.verifiedAt !== null || (await passwordMatches(input.password, known.passwordHash));
    await save("person", known, same ? known : withoutUnproved(known), self(known), [{ type: "person/sign-up-repeated" }]);
    return;
  }
  if (known) await endLinks(known._id);
  const person = { ...(known ?? newPerson(input)), name: input.name, passwordHash };
  await save("person", known, person, self(person), [...(known ? [] : [{ type: "person/created" }]), { type: "person/link-requested", why: "Signing up asks for a proof of the address." }]);
}

/** A new password by a mailed token; ends every session and proves the address. */
export async function resetPassword(input: { token: string; password: string }): Promise<void> {
  const passwordHash = await hashPassword(input.password);
  const spent = await spend("reset", input.token);
  const person = await personById(spent.personId ?? "");
  if (!person || person.deactivated || person.sessionEpoch !== spent.epoch) throw new AppError("invalid", "This link is not valid any more. Please ask for a new one.");
  await endSessions(self(person), { ...person, passwordHash, verifiedAt: person.verifiedAt ?? now() }, "person/password-changed");
}

/** Accepts an invitation: name and password of a person who has none yet. Answers the address to sign in with. */
export async function acceptInvitation(input: { token: string; name?: string; password: string }): Promise<{ email: string }> {
  const passwordHash = await hashPassword(input.password);
  const spent = await spend("invitation", input.token);
  const person = await personById(spent.personId ?? "");
  if (!person || person.deactivated || person.passwordHash) throw new AppError("invalid", "This invitation is not valid any more. Please ask for a new one.");
  await save("person", person, { ...person, name: input.name ?? person.name, passwordHash, verifiedAt: now() }, self(person), [{ type: "person/invitation-accepted" }]);
  return { email: person.email };
}

/** Ends every session, API token and realtime connection of a person, in the same breath as another change of them. */
export async function endSessions(by: Actor, after: Person, type: string, why?: string): Promise<Person> {
  const before = await personById(after._id);
  if (!before) throw new AppError("missing", "There is no such person.");
  const saved = await save("person", before, { ...after, sessionEpoch: before.sessionEpoch + 1 }, by, [{ type, why: why ?? null }]);
  await disconnect(after._id);
  return saved;
}

/** Signs a person out on every device. */
export async function signOutEverywhere(actor: PersonActor): Promise<void> {
  const person = await personById(actor.id);
  if (person) await endSessions(actor, person, "person/signed-out-everywhere");
}

/** Whether the desk still waits for its first admin. */
export const hasNoAdmin = async () => (await people().countDocuments({ roles: "admin" }, { limit: 1 })) === 0;
export const setupOpen = async (token: string) => (await hasNoAdmin()) && isGood("setup", token);
export const setupToken = () => issue("setup", null);

/** The first person of a desk, admin and manager, by the one-time link that an empty start prints. */
export async function setUp(input: { token: string; name: string; email: string; password: string }): Promise<Person> {
  const passwordHash = await hashPassword(input.password);
  await spend("setup", input.token);
  if (!(await hasNoAdmin())) throw new AppError("conflict", "This desk has an admin already.");
  const person: Person = { ...newPerson({ ...input, roles: ["manager", "admin"] }), passwordHash, verifiedAt: now() };
  return save("person", null, person, system("setup"), [{ type: "person/created", why: "The first person of a desk is admin and manager." }]);
}
