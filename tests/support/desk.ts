import { afterAll, beforeAll } from "vitest";
import { hashPassword } from "@/lib/auth/passwords";
import { actorFor } from "@/lib/auth/identify";
import { newPerson } from "@/lib/auth/account";
import { people, queues } from "@/lib/auth/repo";
import type { PersonActor } from "@/lib/auth/policy";
import type { Person, Queue, Role } from "@/lib/auth/schema";
import { issuePair } from "@/lib/auth/tokens";
import { announced } from "@/lib/events";
import { closeDatabase, dropTestDatabase, prepareDatabase } from "@/lib/db";
import { newId } from "@/lib/ids";
import { insert, nextNumber } from "@/lib/tickets/repo";
import { openedWith, unlookedAt } from "@/lib/tickets/rules";
import type { Ticket } from "@/lib/tickets/schema";
import "@/lib/routing/service";
import "@/lib/sla/service";
import "@/lib/notifications/service";
import "@/lib/answers-once";

/** A database of its own for a test file, with every index; dropped at the end. */
export function useDesk(): void {
  beforeAll(async () => {
    const uri = new URL(process.env.TEST_DATABASE ?? "");
    uri.pathname = `/test_${newId()}`;
    process.env.MONGODB_URI = uri.href;
    await prepareDatabase();
  });
  afterAll(async () => {
    await announced();
    await dropTestDatabase();
    await closeDatabase();
  });
}

let people_ = 0;
export type Somebody = PersonActor & { person: Person; bearer: string };

/** A person of the desk with the right to everything their roles give, and a bearer token. Verified unless said otherwise. */
export async function somebody(roles: Role[], of: Partial<Person> & { password?: string } = {}): Promise<Somebody> {
  const { password, ...fields } = of;
  people_ += 1;
  const at = new Date();
  const person: Person = {
    ...newPerson({ email: `person-${people_}-${newId().toLowerCase()}@desk.example`, name: `Person ${people_}`, roles }),
    verifiedAt: at,
    availability: { state: "online", since: at, seenAt: at },
    passwordHash: password ? await hashPassword(password) : null,
    ...fields,
  };
  await people().insertOne(person);
  return { ...(await actorFor(person)), person, bearer: (await issuePair(person)).accessToken };
}

export const an = { agent: (of: Partial<Person> = {}) => somebody(["agent"], of), engineer: (of: Partial<Person> = {}) => somebody(["engineer"], of), admin: (of: Partial<Person> = {}) => somebody(["admin"], of) };
export const a = {
  customer: (of: Partial<Person> = {}) => somebody(["customer"], of),
  manager: (of: Partial<Person> = {}) => somebody(["manager"], of),
  queue: async (of: Partial<Queue> = {}): Promise<Queue> => {
    const id = newId();
    const queue: Queue = { _id: id, name: `Queue ${id}`, category: id.toLowerCase(), keywords: [], managerId: null, memberIds: [], waitMinutes: 0, escalateTo: "l1", seq: 1, createdAt: new Date(), ...of };
    await queues().insertOne(queue);
    return queue;
  },
  ticket: async ({ requester, ...set }: Partial<Omit<Ticket, "requester">> & { requester?: PersonActor } = {}): Promise<Ticket> => {
    const from = requester ?? (await somebody(["customer"]));
    const act = { by: { kind: "person" as const, id: from.id, name: from.name }, side: "customer" as const, at: new Date() };
    const saved = openedWith({ number: await nextNumber(), subject: "A question", body: "Words of the customer", channel: "portal", requester: { id: from.id, name: from.name, email: from.email }, visitor: null, category: unlookedAt, priority: "normal", tags: [], follows: null, once: null }, act);
    const ticket = { ...saved.ticket, routing: { ...saved.ticket.routing, state: "settled" as const }, ...set };
    const { sightOf } = await import("@/lib/auth/policy");
    await insert({ ...saved, rows: saved.rows.map((row) => ({ ...row, announcedAt: row.at })), ticket: { ...ticket, sight: sightOf(ticket) } });
    return ticket;
  },
};

/** Polls until a fact holds; throws what was last seen after `withinMs`. */
export async function until<T>(look: () => Promise<T | null | undefined | false>, withinMs = 10_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`it did not happen within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
