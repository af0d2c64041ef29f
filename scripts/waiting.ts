import { MongoClient } from "mongodb";

/** What the desk's database holds that is still to be done: rows not yet announced to jobs, and letters not yet taken by mail. */
export type Waiting = { unannounced: number; letters: number };

const patienceMs = 3000;

/** Counts them through their partial indexes. Null when the database does not answer in time. */
export async function waitingIn(uri: string): Promise<Waiting | null> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: patienceMs, maxPoolSize: 2 });
  const limit = { maxTimeMS: patienceMs };
  try {
    const database = client.db();
    const [unannounced, letters] = await Promise.all([
      database.collection("events").countDocuments({ announcedAt: null }, { ...limit, hint: "unannounced" }),
      database.collection("letters").countDocuments({ state: "queued" }, { ...limit, hint: "queued" }),
    ]);
    return { unannounced, letters };
  } catch {
    return null; // Nobody answers, or nothing is prepared yet: the row of the database tells which.
  } finally {
    await client.close();
  }
}
