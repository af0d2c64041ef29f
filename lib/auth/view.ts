import { roleOrder, type DeskSettings, type Person, type Queue, type Role } from "./schema.ts";

/** What others see of a person. */
export type PersonRef = { id: string; name: string };

/** A person as the people list and the API show them to staff; never a hash, never a token. */
export type PersonView = {
  id: string;
  name: string;
  email: string;
  role: Role;
  roles: Role[];
  active: boolean;
  verified: boolean;
  invited: boolean;
  availability: "online" | "away" | "offline";
  queueIds: string[];
  capacity: number | null;
  createdAt: string;
};

/** The signed-in person, as `GET /me` answers. */
export type Me = {
  id: string;
  name: string;
  email: string;
  role: Role;
  roles: Role[];
  availability: "online" | "away" | "offline";
  queueIds: string[];
};

export type QueueView = {
  id: string;
  name: string;
  category: string;
  keywords: string[];
  manager: PersonRef | null;
  members: PersonRef[];
  waitMinutes: number;
  escalateTo: "l1" | "engineering";
};

export type SettingsView = Omit<DeskSettings, "_id" | "seq">;

/** The desk's people whom the sign-in page offers with one click, in demo mode only. */
export type DemoPerson = { email: string; name: string; role: Role };

export const highestRole = (roles: readonly Role[]): Role => roleOrder.findLast((role) => roles.includes(role)) ?? "customer";

/** Online only while the heartbeat is no older than this many milliseconds. */
export const heartbeatMs = 60_000;

export function availabilityOf(person: Person, at: Date): "online" | "away" | "offline" {
  if (person.availability.state === "away") return "away";
  return at.getTime() - person.availability.seenAt.getTime() <= heartbeatMs ? "online" : "offline";
}

export function toMe(person: Person, queueIds: string[], at: Date): Me {
  return {
    id: person._id,
    name: person.name,
    email: person.email,
    role: highestRole(person.roles),
    roles: person.roles,
    availability: availabilityOf(person, at),
    queueIds,
  };
}

export function toPersonView(person: Person, queueIds: string[], at: Date): PersonView {
  return {
    ...toMe(person, queueIds, at),
    active: person.deactivated === null,
    verified: person.verifiedAt !== null,
    invited: person.invitedAt !== null && person.passwordHash === null,
    capacity: person.roles.includes("customer") ? null : person.capacity,
    createdAt: person.createdAt.toISOString(),
  };
}

export function toQueueView(queue: Queue, names: ReadonlyMap<string, string>): QueueView {
  const ref = (id: string): PersonRef => ({ id, name: names.get(id) ?? "Somebody" });
  return {
    id: queue._id,
    name: queue.name,
    category: queue.category,
    keywords: queue.keywords,
    manager: queue.managerId === null ? null : ref(queue.managerId),
    members: queue.memberIds.map(ref),
    waitMinutes: queue.waitMinutes,
    escalateTo: queue.escalateTo,
  };
}
