import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deskSettings, restoreDesk } from "../../lib/auth/service.ts";
import { now } from "../../lib/clock.ts";
import { declaredCollections } from "../../lib/db.ts";
import { env } from "../../lib/env.ts";
import { events } from "../../lib/events.ts";
import { lookBy } from "../../lib/sla/rules.ts";
import { restoreRules } from "../../lib/sla/service.ts";
import { readUpTo, restore } from "../../lib/tickets/service.ts";
import { customers } from "./customers.ts";
import { demoAt, type Demo } from "./demo.ts";
import { keepLogins, newLogins } from "./logins.ts";
import { demoRules } from "./promises.ts";

/** The number of a desk's first ticket. */
const firstNumber = 1001;

/**
 * Fills a desk in which nothing has happened yet with the demo company, as of now; any other desk is left as it
 * is. Generated passwords are in `<TWOWAY_DATA>/demo-logins.json`.
 *
 * A seeding is many writes, so it could be interrupted half way. The file `demo-unfinished` is there from before
 * the first write until after the last: a start that finds it empties the desk and begins again. Nobody can have
 * worked at a desk with that file, because a start becomes ready only after the seeding.
 */
export async function seedDemo(): Promise<void> {
  const dataDir = env().TWOWAY_DATA;
  const unfinished = join(dataDir, "demo-unfinished");
  if (existsSync(unfinished)) await emptyDesk();
  else if (await events().findOne({}, { projection: { _id: 1 } })) return;
  await mkdir(dataDir, { recursive: true });
  await writeFile(unfinished, "", { flush: true });
  const demo = demoAt(now(), firstNumber);
  const staff = demo.people.filter((person) => !person.roles.includes("customer"));
  const busiest = demo.people.filter((person) => person.email === customers[0]?.email);
  const logins = newLogins([...busiest, ...staff]);
  await restoreDesk({ ...demo, passwords: new Map(logins.map(({ email, password }) => [email, password])) });
  const at = now();
  const rules = demoRules(at, demo.queues);
  await restoreRules(rules);
  await restore(demo.histories, new Map(demo.files.map(({ id, bytes }) => [id, bytes])), { look: lookBy({ ...rules, periods: await deskSettings() }, at), at });
  await rememberReading(demo);
  await keepLogins(dataDir, logins);
  await rm(unfinished);
}

/** Otherwise every thread would be unread to those who wrote in it. */
async function rememberReading({ reads }: Demo): Promise<void> {
  await Promise.all(reads.map(({ person: { _id: id, name, email, roles }, ticketId, seq }) => readUpTo({ kind: "person", id, name, email, roles, claimsFrom: [] }, { id: ticketId, seq })));
}

async function emptyDesk(): Promise<void> {
  const { db } = events();
  for (const { name } of declaredCollections()) await db.collection(name).deleteMany({});
}
