import { now } from "../clock.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import { AppError, forbidden, invalid, missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { endSessions, newPerson } from "./account.ts";
import { hashPassword } from "./passwords.ts";
import { can, demand, isStaff, type Actor, type PersonActor } from "./policy.ts";
import { pageOfPeople, people, personByEmail, personById, queues, save } from "./repo.ts";
import { staffRoles, type ChangePersonInput, type NewPersonInput, type PeopleQuery, type Person, type Role } from "./schema.ts";
import { toMe, toPersonView, type Me, type PersonView } from "./view.ts";
import { z } from "zod";

const Place = z.object({ name: z.string(), id: z.string() });
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const self = (actor: Actor): PersonActor => {
  if (actor.kind !== "person") throw new AppError("unauthenticated", "Please sign in first.");
  return actor;
};

async function queueIdsOf(ids: string[]): Promise<Map<string, string[]>> {
  const found = await queues().find({ memberIds: { $in: ids } }, { projection: { memberIds: 1 } }).toArray();
  return new Map(ids.map((id) => [id, found.filter((queue) => queue.memberIds.includes(id)).map((queue) => queue._id)]));
}

/** The signed-in person about themselves. */
export async function meFor(actor: Actor): Promise<Me> {
  const person = await personById(self(actor).id);
  if (!person) throw missing("person");
  return toMe(person, (await queueIdsOf([person._id])).get(person._id) ?? [], now());
}

/** A page of people by name. Agents and engineers see their colleagues; customers are for managers and admins. */
export async function peopleFor(actor: Actor, query: z.infer<typeof PeopleQuery>): Promise<{ items: PersonView[]; nextCursor: string | null }> {
  demand(actor, "staff.read");
  const roles: readonly Role[] = query.role === "staff" || !can(actor, "people.read") ? staffRoles : query.role ? [query.role] : [];
  const filter = {
    ...(roles.length > 0 ? { roles: { $in: [...roles] } } : {}),
    ...(query.q ? { $or: [{ name: { $regex: escaped(query.q), $options: "i" } }, { email: { $regex: escaped(query.q.toLowerCase()) } }] } : {}),
  };
  const after = query.cursor === undefined ? null : decodeCursor(Place, query.cursor);
  const found = await pageOfPeople(filter, query.limit + 1, after);
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  const teams = await queueIdsOf(page.map((person) => person._id));
  return {
    items: page.map((person) => toPersonView(person, teams.get(person._id) ?? [], now())),
    nextCursor: found.length > query.limit && last ? encodeCursor({ name: last.name, id: last._id }) : null,
  };
}

/** One person, for managers and admins; members of staff for everybody of staff. */
export async function personFor(actor: Actor, { id }: { id: string }): Promise<PersonView> {
  demand(actor, "staff.read");
  const person = await personById(id);
  if (!person || (person.roles.includes("customer") && !can(actor, "people.read"))) throw missing("person");
  return toPersonView(person, (await queueIdsOf([id])).get(id) ?? [], now());
}

/** Adds a person. Without a password they are invited by mail, and their address is proved by accepting. */
export async function addPerson(actor: Actor, input: z.infer<typeof NewPersonInput>): Promise<PersonView> {
  demand(actor, "people.edit");
  const roles = input.roles ?? (input.role ? [input.role] : []);
  const known = await personByEmail(input.email);
  if (known) throw new AppError("conflict", "Somebody with this email address exists already.", { errors: [{ path: "email", message: "is taken" }] });
  await demandQueues(input.queueIds ?? []);
  const passwordHash = input.password ? await hashPassword(input.password) : null;
  const at = now();
  const person: Person = {
    ...newPerson({ email: input.email, name: input.name, roles, ...(input.capacity === undefined ? {} : { capacity: input.capacity }) }),
    passwordHash,
    ...(passwordHash ? { verifiedAt: at } : { invitedAt: at }),
  };
  const saved = await save("person", null, person, actor, [{ type: "person/created", data: { roles } }, ...(passwordHash ? [] : [{ type: "person/invited" }])]);
  if (input.queueIds) await joinQueues(actor, saved._id, input.queueIds);
  return toPersonView(saved, input.queueIds ?? [], now());
}

/** Changes a person. Another set of roles and a deactivation end all their sessions and connections. */
export async function changePerson(actor: Actor, input: z.infer<typeof ChangePersonInput>): Promise<PersonView> {
  demand(actor, "people.edit");
  const person = await personById(input.id);
  if (!person) throw missing("person");
  await demandQueues(input.queueIds ?? []);
  const roles = input.roles ?? person.roles;
  const active = input.active ?? person.deactivated === null;
  await refuseLastAdmin(person, roles, active);
  const after: Person = {
    ...person,
    name: input.name ?? person.name,
    capacity: input.capacity ?? person.capacity,
    roles,
    deactivated: active ? null : (person.deactivated ?? { at: now(), by: self(actor).id }),
  };
  const loses = roles.join() !== person.roles.join() || (person.deactivated === null && !active);
  const type = person.deactivated === null && !active ? "person/deactivated" : "person/changed";
  const saved = loses ? await endSessions(actor, after, type, "A change of rights ends every session.") : await save("person", person, after, actor, [{ type }]);
  if (input.queueIds) await joinQueues(actor, saved._id, input.queueIds);
  return toPersonView(saved, (await queueIdsOf([saved._id])).get(saved._id) ?? [], now());
}

/** Invites a person again by mail. */
export async function inviteAgain(actor: Actor, input: { id: string }): Promise<void> {
  demand(actor, "people.edit");
  const person = await personById(input.id);
  if (!person) throw missing("person");
  if (person.passwordHash) throw new AppError("conflict", "This person has signed in already.");
  await save("person", person, { ...person, invitedAt: now() }, actor, [{ type: "person/invited" }]);
}

async function refuseLastAdmin(person: Person, roles: readonly Role[], active: boolean): Promise<void> {
  if (!person.roles.includes("admin") || (active && roles.includes("admin"))) return;
  const others = await people().countDocuments({ roles: "admin", deactivated: null, _id: { $ne: person._id } });
  if (others === 0) throw new AppError("conflict", "This is the last admin. Make somebody else admin first.", { errors: [{ path: "roles", message: "would leave the desk without an admin" }] });
}

async function demandQueues(ids: readonly string[]): Promise<void> {
  const found = ids.length === 0 ? 0 : await queues().countDocuments({ _id: { $in: [...ids] } });
  if (found !== new Set(ids).size) throw invalid("queueIds", "names a queue that does not exist");
}

/** Makes the person a member of exactly these queues. */
async function joinQueues(actor: Actor, personId: string, queueIds: readonly string[]): Promise<void> {
  for (const queue of await queues().find({}).toArray()) {
    const is = queue.memberIds.includes(personId);
    if (is === queueIds.includes(queue._id)) continue;
    const memberIds = is ? queue.memberIds.filter((id) => id !== personId) : [...queue.memberIds, personId];
    await save("queue", queue, { ...queue, memberIds }, actor, [{ type: "queue/changed", data: { [is ? "left" : "joined"]: personId }, lostSight: is ? [personId] : [] }]);
  }
}

/** Sets whether the person takes new tickets. Repeating the same state is the heartbeat and writes no row. */
export async function setAvailability(actor: Actor, input: { state: "online" | "away" }): Promise<Me> {
  demand(actor, "presence.set");
  const at = now();
  const { id } = self(actor);
  const same = await people().findOneAndUpdate({ _id: id, "availability.state": input.state }, { $set: { "availability.seenAt": at } }, { returnDocument: "before" });
  const wasAway = same !== null && at.getTime() - same.availability.seenAt.getTime() > 60_000;
  if (!same || (wasAway && input.state === "online")) {
    const person = await personById(id);
    if (!person) throw missing("person");
    const type = input.state === "online" ? "person/became-free" : "person/went-away";
    await save("person", person, { ...person, availability: { state: input.state, since: at, seenAt: at } }, actor, [{ type }]);
  }
  return meFor(actor);
}

/** The customer with this address, made on the spot when the desk has not met them. Staff have no tickets as customers. */
export async function customerWith(by: Actor, input: { email: string; name: string }): Promise<Person> {
  const known = await personByEmail(input.email);
  if (known) return known;
  const fresh = { ...newPerson(input), _id: newId() };
  try {
    return await save("person", null, fresh, by, [{ type: "person/created", why: "A first request came from this address." }]);
  } catch (error) {
    const other = await personByEmail(input.email);
    if (other) return other;
    throw error;
  }
}

/** Refuses a person who is not of staff; answers them else. */
export async function staffMember(id: string, path: string): Promise<Person> {
  const person = await personById(id);
  if (!person || person.deactivated || person.roles.includes("customer")) throw invalid(path, "is not an active member of staff");
  return person;
}

export function requireStaffActor(actor: Actor): PersonActor {
  if (isStaff(actor)) return actor;
  throw actor.kind === "visitor" ? new AppError("unauthenticated", "Please sign in first.") : forbidden();
}
