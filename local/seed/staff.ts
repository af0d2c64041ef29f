import { day, minute } from "../../lib/clock.ts";
import { newId } from "../../lib/ids.ts";
import type { DeskSettings, Person, Queue, Role } from "../../lib/auth/schema.ts";
import { usualQueues, usualSettings } from "../../lib/auth/rules.ts";
import { officeZone } from "./office.ts";

/** Lumen's people: a name, a role, the queues of an agent, and how they begin and end a letter. */
const staff: { name: string; role: Role; queues?: string[]; daysHere: number }[] = [
  { name: "Priya Raman", role: "agent", queues: ["billing", "account"], daysHere: 610 },
  { name: "Tom Beckett", role: "agent", queues: ["billing", "general"], daysHere: 433 },
  { name: "Jonas Lindqvist", role: "agent", queues: ["technical", "general"], daysHere: 702 },
  { name: "Amara Okafor", role: "agent", queues: ["technical", "billing"], daysHere: 298 },
  { name: "Lucía Herrera", role: "agent", queues: ["account", "technical", "general"], daysHere: 187 },
  { name: "Mei Tanaka", role: "engineer", daysHere: 655 },
  { name: "Daniel Novák", role: "engineer", daysHere: 240 },
  { name: "Ingrid Solheim", role: "manager", daysHere: 730 },
  { name: "Rafael Costa", role: "admin", daysHere: 735 },
];

const plain = (name: string) => name.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();

export const staffEmail = (name: string): string => `${plain(name).split(" ")[0] ?? ""}@lumen.example`;

/** Their last heartbeat was a few minutes before the seeding: nobody counts as present who isn't. */
const leftBefore = 5 * minute;

export function staffAt(anchor: Date): Person[] {
  return staff.map(({ name, role, daysHere }) => {
    const seenAt = new Date(anchor.getTime() - leftBefore);
    const createdAt = new Date(anchor.getTime() - daysHere * day);
    return personOf({ name, email: staffEmail(name), role, createdAt, verifiedAt: createdAt, availability: { state: "online", since: seenAt, seenAt } });
  });
}

export function personOf({ role, ...of }: { name: string; email: string; role: Role } & Pick<Person, "createdAt" | "verifiedAt" | "availability">): Person {
  return { _id: newId(), roles: [role], passwordHash: null, deactivated: null, sessionEpoch: 1, invitedAt: null, capacity: 20, seq: 1, ...of };
}

/** The four queues, each with its words and its agents, under the desk's manager. */
export function queuesAt(anchor: Date, people: readonly Person[]): Queue[] {
  const manager = people.find((person) => person.roles.includes("manager"));
  const named = (category: string) => staff.filter((each) => each.queues?.includes(category)).map((each) => staffEmail(each.name));
  return usualQueues.map(({ name, category, keywords }) => ({
    _id: newId(), name, category, keywords: [...keywords], managerId: manager?._id ?? null,
    memberIds: people.filter((person) => named(category).includes(person.email)).map((person) => person._id),
    waitMinutes: 0, escalateTo: "l1", seq: 1, createdAt: new Date(anchor.getTime() - 720 * day),
  }));
}

/**
 * The grace is the longest that the settings allow: in a demo nobody sits at the other desks, and with the usual
 * quarter of an hour every ticket would have gone to the manager before a visitor has looked around.
 */
export const settingsOfDemo: DeskSettings = { ...usualSettings, name: "Lumen Support", timeZone: officeZone, offlineGraceMinutes: 1440, seq: 1 };
