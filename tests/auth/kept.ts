import { MongoClient, type Document } from "mongodb";

async function stored(collection: string, filter: Document = {}): Promise<Document[]> {
  const client = new MongoClient(process.env.MONGODB_URI ?? "");
  try {
    return await client.db().collection(collection).find(filter).toArray();
  } finally {
    await client.close();
  }
}

/** Everything that is kept of answers, as it lies in the database. */
export const keptAnswers = async (): Promise<string> => JSON.stringify(await stored("answers_once"));

/** Who read this, by the audit log. */
export const auditOf = async (subjectId: string): Promise<string[]> => (await stored("audit", { subjectId })).map((entry) => String(entry.personId));
