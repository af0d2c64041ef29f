import { minute, now } from "../clock.ts";
import type { PersonActor } from "./policy.ts";
import { currentSettings, people, queues } from "./repo.ts";
import type { Person } from "./schema.ts";
import { availabilityOf, heartbeatMs } from "./view.ts";

export type Candidate = { id: string; name: string; capacity: number; unable: string | null };

/** Who of these people may take a new ticket now, and why the others can't. Unknown ids are left out. */
export async function freeToTake(ids: readonly string[]): Promise<Candidate[]> {
  const found = await people().find({ _id: { $in: [...new Set(ids)] } }).sort({ _id: 1 }).toArray();
  return found.map((person) => ({ id: person._id, name: person.name, capacity: person.capacity, unable: unable(person) }));
}

function unable(person: Person): string | null {
  if (person.deactivated) return "is not active any more";
  if (!person.roles.includes("agent") && !person.roles.includes("manager")) return "may not reply to customers";
  if (person.availability.state === "away") return "is away";
  if (now().getTime() - person.availability.seenAt.getTime() > heartbeatMs) return "is offline";
  return null;
}

/** Active managers, those on duty first, then by when they came to the desk. */
export async function managersOnDuty(): Promise<{ id: string; name: string }[]> {
  const found = await people().find({ roles: "manager", deactivated: null }).sort({ createdAt: 1, _id: 1 }).toArray();
  const onDuty = (person: Person) => (unable(person) === null ? 0 : 1);
  return found.sort((a, b) => onDuty(a) - onDuty(b)).map((person) => ({ id: person._id, name: person.name }));
}

/** Who looks after what nobody else can: the queue's manager while they are one, else the first manager on duty. Null: the desk has none. */
export async function managerFor(queueId: string | null): Promise<string | null> {
  const [queue, managers] = await Promise.all([queueId === null ? null : queues().findOne({ _id: queueId }, { projection: { managerId: 1 } }), managersOnDuty()]);
  return (managers.find(({ id }) => id === queue?.managerId) ?? managers[0])?.id ?? null;
}

/** A person of staff to be told of something. `away`: by their own switch, or no page of theirs was heard of for a minute; `open`: one was. */
export type Colleague = PersonActor & { away: boolean; open: boolean };

/** Those of these people who are active staff, and all active engineers if asked for. Tickets that they might claim are not counted as seen by them. */
export async function colleagues(ids: readonly string[], { engineers }: { engineers: boolean }): Promise<Colleague[]> {
  const wanted = { _id: { $in: [...new Set(ids)] } };
  const found = await people().find({ ...(engineers ? { $or: [wanted, { roles: "engineer" as const }] } : wanted), deactivated: null }).toArray();
  const at = now();
  return found.filter((person) => person.roles.some((role) => role !== "customer")).map((person) => ({
    kind: "person", id: person._id, name: person.name, email: person.email, roles: person.roles, claimsFrom: [],
    away: availabilityOf(person, at) !== "online", open: at.getTime() - person.availability.seenAt.getTime() <= heartbeatMs,
  }));
}

/** Of these owners, those who are gone: deactivated, or offline for longer than the desk's grace. */
export async function gone(ids: readonly string[]): Promise<{ id: string; name: string; why: string }[]> {
  const grace = (await currentSettings()).offlineGraceMinutes;
  const since = now().getTime() - grace * minute;
  const found = await people().find({ _id: { $in: [...new Set(ids)] } }).toArray();
  return found.flatMap((person) => {
    if (person.deactivated) return [{ id: person._id, name: person.name, why: `${person.name} is not active any more` }];
    if (person.availability.seenAt.getTime() < since) return [{ id: person._id, name: person.name, why: `${person.name} has been offline for more than ${grace} minutes` }];
    return [];
  });
}

export type Brief = { name: string; verifiedAt: Date | null };

/** Names of these people by id and since when their address is proved, for showing who did what. */
export async function whoIs(ids: readonly string[]): Promise<Map<string, Brief>> {
  if (ids.length === 0) return new Map();
  const found = await people().find({ _id: { $in: [...new Set(ids)] } }, { projection: { name: 1, verifiedAt: 1 } }).toArray();
  return new Map(found.map(({ _id: id, name, verifiedAt }) => [id, { name, verifiedAt }]));
}
