import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { usualSettings } from "../../lib/auth/rules.ts";
import { people, queues } from "../../lib/auth/repo.ts";
import { closeDatabase } from "../../lib/db.ts";
import { lookBy } from "../../lib/sla/copy.ts";
import type { Calendar, SlaPolicy } from "../../lib/sla/schema.ts";
import { restore, type History } from "../../lib/tickets/restore.ts";
import { manyHistories } from "../../local/seed/many.ts";

/** Has the rooms of this process work on a desk's database. Realtime, jobs and mail are not used by a restore, but one reader of the environment wants them all. */
export function openDatabase(mongodb: string): void {
  Object.assign(process.env, { MONGODB_URI: mongodb, AUTH_SECRET: "x".repeat(32), PUSHER_APP_ID: "x", PUSHER_KEY: "x", PUSHER_SECRET: "x", RESEND_API_KEY: "x" });
}

/** Adds tickets with threads to the database of a desk that has people and queues. */
export async function seedTickets(mongodb: string, count: number): Promise<void> {
  openDatabase(mongodb);
  const of = { people: await people().find({}).toArray(), queues: await queues().find({}).toArray(), anchor: new Date() };
  const rules = await rulesIn(mongodb);
  const timed = { look: lookBy({ ...rules, periods: usualSettings }, of.anchor), at: of.anchor };
  const write = (portion: readonly History[]) => restore(portion, new Map(), timed);
  let portion: History[] = [];
  for (const history of manyHistories(count, of)) {
    if (portion.push(history) < 250) continue;
    await write(portion);
    portion = [];
  }
  await write(portion);
  await closeDatabase();
}

/** A desk's calendars and policies, by the driver: the room's own repo can't be loaded outside Next. */
export async function rulesIn(mongodb: string): Promise<{ calendars: Calendar[]; policies: SlaPolicy[] }> {
  const client = new MongoClient(mongodb);
  const all = <T extends { _id: string }>(name: string) => client.db().collection<T>(name).find({}).toArray() as Promise<T[]>;
  try {
    return { calendars: await all<Calendar>("calendars"), policies: await all<SlaPolicy>("slaPolicies") };
  } finally {
    await client.close();
  }
}

// npm run bench -- seed --tickets N: into the running desk whose data folder is TWOWAY_DATA (default .data)
if (process.argv[1] === import.meta.filename) {
  const count = Number(process.argv[process.argv.indexOf("--tickets") + 1]);
  if (!Number.isInteger(count) || count < 1) {
    console.error("npm run bench -- seed --tickets N");
    process.exit(1);
  }
  const services = JSON.parse(readFileSync(join(process.env.TWOWAY_DATA ?? ".data", "services.json"), "utf8")) as { mongodb: string };
  const from = performance.now();
  await seedTickets(services.mongodb, count);
  console.log(`${count} tickets in ${Math.round((performance.now() - from) / 1000)} s`);
}
