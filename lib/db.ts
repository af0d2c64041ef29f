import { GridFSBucket, MongoClient, MongoClientBulkWriteError, type AnyClientBulkWriteModel, type ClientSession, type Collection, type Document, type IndexDescription } from "mongodb";
import type { z } from "zod";
import { env } from "./env.ts";
import { log } from "./log.ts";

export type { ClientSession, Filter, UpdateFilter, Document, Collection } from "mongodb";

/** A collection, the room that owns it, its stored shape and its indexes; docs/schema.md is made from this list. */
export type CollectionSpec = { name: string; room: string; schema: z.ZodType; indexes: IndexDescription[] };

type Stored = Document & { _id: string };

const inFlight = 4;
const held = globalThis as { twowayDb?: { reads: MongoClient; writes: MongoClient; specs: Map<string, CollectionSpec> } };
const specs = () => connections().specs;

/** Clients are kept on the global object: Next loads this file once a bundle, and each pool should exist once a process. */
function connections() {
  held.twowayDb ??= {
    reads: new MongoClient(env().MONGODB_URI, { serverSelectionTimeoutMS: 5000, maxPoolSize: 16, appName: "twoway" }),
    writes: new MongoClient(env().MONGODB_URI, { serverSelectionTimeoutMS: 5000, maxPoolSize: 8, appName: "twoway-transactions" }),
    specs: new Map(),
  };
  return held.twowayDb;
}

const pending: CollectionSpec[] = [];

/**
 * Declares a collection for the repo that owns it. Answers a function that opens it, on the transactions'
 * client when a session is given. Nothing connects at import, so that a build needs no database.
 */
export function defineCollection<T extends z.ZodType>(spec: Omit<CollectionSpec, "schema"> & { schema: T }) {
  pending.push(spec);
  const opened = new WeakMap<MongoClient, Collection<z.infer<T> & Stored>>();
  return (session?: ClientSession | null): Collection<z.infer<T> & Stored> => {
    const client = session ? connections().writes : connections().reads;
    const collection = opened.get(client) ?? client.db().collection<z.infer<T> & Stored>(spec.name);
    opened.set(client, collection);
    return collection;
  };
}

/** Files in the manner of GridFS, in the collections `<name>.files` and `<name>.chunks`. */
export const fileBucket = (name: string): GridFSBucket => new GridFSBucket(connections().reads.db(), { bucketName: name });

/** Every collection declared by the rooms loaded so far. */
export const declaredCollections = (): readonly CollectionSpec[] => pending;

/** Makes every declared index; safe to repeat, and safe in several processes at once. */
export async function prepareDatabase(): Promise<void> {
  for (const spec of pending) {
    if (spec.indexes.length === 0 || specs().has(spec.name)) continue;
    await connections().reads.db().collection(spec.name).createIndexes(spec.indexes);
    specs().set(spec.name, spec);
  }
}

let running = 0;
const queue: (() => void)[] = [];

/**
 * Runs `work` in one transaction, again if it conflicts with another (so `work` must have no other effects).
 * At most four run at once in a process: more would hold every pooled connection while they wait for the
 * writer, and the holder of the lock could not get one for its next command.
 */
export async function transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
  if (running >= inFlight) await new Promise<void>((turn) => queue.push(turn));
  else running += 1;
  try {
    return await connections().writes.withSession((session) => session.withTransaction(() => work(session)));
  } finally {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }
}

type Insert = { collection: string; documents: Stored[] };
export type GuardedUpdate = { collection: string; guard: Document; update: Document };

/**
 * Inside a transaction: updates documents, each of which must still match its `guard`, and inserts the rest, all in
 * one command. Answers false, and the caller must abort, when one no longer matches.
 */
export async function writeTogether(session: ClientSession, updates: GuardedUpdate[], inserts: Insert[]): Promise<boolean> {
  const { writes } = connections();
  const database = writes.db().databaseName;
  const models = [
    ...updates.map(({ collection, guard, update }) => ({ name: "updateOne" as const, namespace: `${database}.${collection}`, filter: guard, update })),
    ...inserts.flatMap(({ collection, documents }) => documents.map((document) => ({ name: "insertOne" as const, namespace: `${database}.${collection}`, document }))),
  ];
  try {
    const result = await writes.bulkWrite(models as unknown as AnyClientBulkWriteModel<Document>[], { session, ordered: true });
    return result.matchedCount === updates.length;
  } catch (error) {
    // what another writer stored under the same numbers is met by an insert before we hear that a guard did not hold
    if (error instanceof MongoClientBulkWriteError && (error.partialResult?.matchedCount ?? updates.length) < updates.length) return false;
    throw error;
  }
}

/** True when a write met a unique index; `key` names a field of that index. */
export function isDuplicate(error: unknown, key?: string): boolean {
  if (!(error instanceof Error)) return false;
  const found = error as Error & { code?: unknown; writeErrors?: unknown };
  const inner = found.writeErrors instanceof Map ? [...found.writeErrors.values()] : [];
  const all = [found, ...inner] as { code?: unknown; message?: string }[];
  return all.some(({ code, message }) => code === 11000 && (!key || (message ?? "").includes(key)));
}

/** Whether the database answers within two seconds. */
export async function databaseAnswers(): Promise<boolean> {
  try {
    await connections().reads.db().command({ ping: 1 }, { timeoutMS: 2000 });
    return true;
  } catch (error) {
    log("warn", "the database does not answer", { error: error instanceof Error ? error.message : String(error) });
    return false;
  }
}

/** Ends both pools; for tests and for a clean stop. */
export async function closeDatabase(): Promise<void> {
  await Promise.all([held.twowayDb?.reads.close(), held.twowayDb?.writes.close()]);
  delete held.twowayDb;
}

/** Drops the whole database of a test. Refuses any name that does not begin with `test_`. */
export async function dropTestDatabase(): Promise<void> {
  const database = connections().reads.db();
  if (!database.databaseName.startsWith("test_")) throw new Error(`${database.databaseName} is not a test's database`);
  await database.dropDatabase();
}
