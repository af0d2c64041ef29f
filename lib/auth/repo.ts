import { defineCollection, isDuplicate, transaction, type ClientSession, type Filter } from "../db.ts";
import { AppError } from "../errors.ts";
import { announce, events, staffRow, type EventRow, type NewEvent } from "../events.ts";
import { now } from "../clock.ts";
import { doer, type Actor } from "./policy.ts";
import { usualSettings } from "./rules.ts";
import { DeskSettings, Person, Queue, Token } from "./schema.ts";

export const people = defineCollection({
  name: "people",
  room: "auth",
  schema: Person,
  indexes: [
    { key: { email: 1 }, name: "email", unique: true },
    { key: { roles: 1, name: 1, _id: 1 }, name: "roles_name" },
  ],
});

export const queues = defineCollection({
  name: "queues",
  room: "auth",
  schema: Queue,
  indexes: [{ key: { name: 1 }, name: "name", unique: true }],
});

export const settings = defineCollection({ name: "settings", room: "auth", schema: DeskSettings, indexes: [] });

export const tokens = defineCollection({
  name: "tokens",
  room: "auth",
  schema: Token,
  indexes: [
    { key: { expiresAt: 1 }, name: "expiry", expireAfterSeconds: 0 },
    { key: { family: 1 }, name: "family" },
  ],
});

type Kind = "person" | "queue" | "settings";
const open = { person: people, queue: queues, settings } as const;
type Docs = { person: Person; queue: Queue; settings: DeskSettings };
type Subject = { _id: string; seq: number };

/**
 * Stores a changed person, queue or settings with its event rows in one transaction, and announces them after
 * the commit. Throws a conflict when the record changed since it was read.
 */
export async function save<K extends Kind>(kind: K, before: Docs[K] | null, after: Docs[K], by: Actor, happened: NewEvent[]): Promise<Docs[K]> {
  const first = before?.seq ?? 0;
  const stored = { ...after, seq: first + happened.length };
  const at = now();
  const rows = happened.map((event, index) => staffRow({ kind, id: after._id }, first + index + 1, doer(by), event, at));
  try {
    await transaction((session) => write(kind, before, stored, rows, session));
  } catch (error) {
    if (isDuplicate(error, "email")) throw new AppError("conflict", "Somebody with this email address exists already.", { errors: [{ path: "email", message: "is taken" }], cause: error });
    if (isDuplicate(error, "name")) throw new AppError("conflict", "A queue with this name exists already.", { errors: [{ path: "name", message: "is taken" }], cause: error });
    throw error;
  }
  announce(rows);
  return stored;
}

async function write<K extends Kind>(kind: K, before: Subject | null, after: Docs[K], rows: EventRow[], session: ClientSession): Promise<void> {
  const collection = open[kind](session) as unknown as ReturnType<typeof people>;
  if (before === null) await collection.insertOne(after as unknown as Person, { session });
  else {
    const result = await collection.replaceOne({ _id: before._id, seq: before.seq }, after as unknown as Person, { session });
    if (result.matchedCount === 0) throw new AppError("conflict", "This was changed by somebody else in the meantime. Please look again.");
  }
  if (rows.length > 0) await events(session).insertMany(rows, { session });
}

/** Removes a queue, keeping the row that says who did it. */
export async function removeQueue(queue: Queue, by: Actor): Promise<void> {
  const row = staffRow({ kind: "queue", id: queue._id }, queue.seq + 1, doer(by), { type: "queue/deleted", data: { name: queue.name }, lostSight: queue.memberIds }, now());
  await transaction(async (session) => {
    await queues(session).deleteOne({ _id: queue._id }, { session });
    await events(session).insertOne(row, { session });
  });
  announce([row]);
}

export const personById = (id: string) => people().findOne({ _id: id });
export const personByEmail = (email: string) => people().findOne({ email });

export async function pageOfPeople(filter: Filter<Person>, limit: number, after: { name: string; id: string } | null): Promise<Person[]> {
  const later: Filter<Person> = after ? { $or: [{ name: { $gt: after.name } }, { name: after.name, _id: { $gt: after.id } }] } : {};
  return people().find({ $and: [filter, later] }).sort({ name: 1, _id: 1 }).limit(limit).toArray();
}

export async function namesOf(ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await people().find({ _id: { $in: [...new Set(ids)] } }, { projection: { name: 1 } }).toArray();
  return new Map(found.map((person) => [person._id, person.name]));
}

/** The desk's settings, with the defaults of a desk whose admin has not changed any. */
export async function currentSettings(): Promise<DeskSettings> {
  return { ...usualSettings, ...(await settings().findOne({ _id: "desk" })) };
}
