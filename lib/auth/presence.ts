import { minute, now } from "../clock.ts";
import { currentSettings, people } from "./repo.ts";
import type { Person } from "./schema.ts";
import { heartbeatMs } from "./view.ts";

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
