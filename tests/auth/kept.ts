import { MongoClient } from "mongodb";

/** Everything that is kept of answers, as it lies in the database. */
export async function keptAnswers(): Promise<string> {
  const client = new MongoClient(process.env.MONGODB_URI ?? "");
  try {
    return JSON.stringify(await client.db().collection("answers_once").find({}).toArray());
  } finally {
    await client.close();
  }
}
