import { setTimeout as wait } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { startDesk } from "../support/running-desk.ts";
import { percentile } from "./measure.ts";
import { promiseDayAndNight, seedOpen } from "./open-tickets.ts";

// npm run bench -- sla-watch [TICKETS [A SECOND]]: how long after their time reminders and breaches are recorded among so
// many running clocks (20,000), so many of which come due each second for two minutes (3). Fails above five seconds.
const [count = 20_000, aSecond = 3] = process.argv.slice(2).map(Number);
const seconds = 120;
const [target, lead] = [240 * 60_000, 30 * 60_000];
const acts = seconds * aSecond;

const desk = await startDesk();
const admin = await desk.api("admin");
await promiseDayAndNight(admin);
await wait(3000); // the re-timing of the demo
// seeding takes a while, and what comes due meanwhile would be done by it
const begins = Date.now() + 20_000 + count * 3;
await seedOpen(desk.services.mongodb, count, (index) => {
  if (index >= acts) return new Date(begins - (index % 1000) * 3000);
  return new Date(begins + (index * 1000) / aSecond - (index % 2 === 0 ? target : target - lead));
});
const seeded = Date.now();
if (seeded > begins) throw new Error("the seeding took too long: what is measured came due in it");
await wait(begins + seconds * 1000 + 15_000 - seeded);

const client = new MongoClient(desk.services.mongodb);
const rows = await client.db().collection<{ type: string; at: Date; data: { dueAt: string } }>("events").find({ type: { $in: ["ticket/reminded", "ticket/breached"] }, at: { $gte: new Date(begins) } }).toArray();
await client.close();
const late = rows.map(({ type, at, data }) => at.getTime() - (Date.parse(data.dueAt) - (type === "ticket/reminded" ? lead : 0))).filter((ms) => ms < 120_000).toSorted((one, other) => one - other);
console.log(`${count} running clocks, ${late.length} of ${acts} acts recorded; after their time by ms: p50 ${percentile(late, 0.5)}, p95 ${percentile(late, 0.95)}, longest ${late.at(-1)}`);
await desk.stop();
process.exit(late.length === acts && (late.at(-1) ?? Infinity) <= 5000 ? 0 : 1);
