import { setTimeout as wait } from "node:timers/promises";
import { Load, type Victim } from "../support/endurance.ts";
import { startDesk } from "../support/running-desk.ts";
import { percentile } from "./measure.ts";

// npm run bench -- kills [TIMES]: kill -9 of a running desk's processes, of one or of all at once, at random moments
// under load (default 50). Ends with 1 if anything acknowledged is lost or doubled.
const times = Number(process.argv[2] ?? 50);
const deaths: Victim[][] = [["mongodb"], ["app"], ["local"], ["mongodb", "app", "local"]];

const desk = await startDesk();
const load = await Load.start(desk, 3);
const back = new Map<string, number[]>();
for (let each = 0; each < times; each += 1) {
  const victims = deaths[each % deaths.length] ?? [];
  await wait(500 + Math.random() * 2500);
  const name = victims.length > 1 ? "all at once" : (victims[0] ?? "");
  back.set(name, [...(back.get(name) ?? []), await load.kill(victims, 30_000)]);
}
const found = await load.end(180_000);
for (const [name, took] of back) {
  took.sort((one, other) => one - other);
  console.log(`${name}: ${took.length} kills, well again after ${percentile(took, 0.5).toFixed(0)} ms (p50), ${percentile(took, 1).toFixed(0)} ms (longest)`);
}
/** The mail box lists the newest thousand; that every letter was sent is known from the ledger. */
const listed = Math.min(1000, found.acknowledged.length);
const receipts = new Set(found.receipts);
const figures = {
  acknowledged: found.acknowledged.length,
  lost: found.acknowledged.filter((words) => !found.tickets.includes(words)).length,
  doubled: found.tickets.length - new Set(found.tickets).size,
  "messages missing or doubled": found.messages - 2 * found.tickets.length,
  "letters not sent": found.tickets.length - found.sent,
  "receipts missing": listed - receipts.size,
  "receipts doubled": found.receipts.length - receipts.size,
};
console.log(figures);
await desk.stop();
const { acknowledged, ...faults } = figures;
process.exit(Object.values(faults).every((count) => count === 0) && acknowledged > 0 ? 0 : 1);
