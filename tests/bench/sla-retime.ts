import { setTimeout as wait } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { startDesk, type Api } from "../support/running-desk.ts";
import { cpuMs, percentile } from "./measure.ts";
import { promiseDayAndNight, seedOpen, targets } from "./open-tickets.ts";

// npm run bench -- sla-retime [TICKETS]: a policy changes on a desk with so many open tickets (100,000): how long until each
// has its new due time, and what a list of 50 takes meanwhile beside what it takes on the idle desk. Fails above a minute or twice.
const count = Number(process.argv[2] ?? 100_000);
const desk = await startDesk();
const policy = await promiseDayAndNight(await desk.api("admin"));
const from = performance.now();
await seedOpen(desk.services.mongodb, count, (index) => new Date(Date.now() - (index % 1000) * 5000));
console.log(`${count} open tickets written in ${Math.round((performance.now() - from) / 1000)} s`);
await wait(5000);

const [admin, manager] = [await desk.api("admin"), await desk.api("manager")];
const idle = await listing(manager, () => false, 150);
const client = new MongoClient(desk.services.mongodb);
const tickets = client.db().collection<{ _id: string; sla: { at: Date } }>("tickets");
const { app, mongodb } = desk.services.pids as { app: number; mongodb: number };
const used = () => [cpuMs(app), cpuMs(mongodb)] as const;
const changedAt = new Date();
const before = used();
const began = performance.now();
await admin("PATCH", `/sla-policies/${policy}`, { targets: { low: targets, normal: { ...targets, nextResponseMinutes: 300 }, high: targets, urgent: targets } });
let took = Number.NaN;
const watching = (async () => {
  for (;;) {
    const last = await tickets.find({ status: "open" }, { projection: { "sla.at": 1 } }).sort({ _id: -1 }).limit(1).next();
    if (last && last.sla.at > changedAt) break; // pages go by id, so the last is the last
    await wait(250);
  }
  took = performance.now() - began;
})();
const busy = await listing(manager, () => !Number.isNaN(took), Infinity);
await watching;
const left = await tickets.countDocuments({ status: "open", "sla.at": { $lt: changedAt } });
await client.close();
const [ofApp, ofDatabase] = used().map((ms, index) => ((ms - (before[index] ?? 0)) / count).toFixed(2));
const [alone, during] = [percentile(idle, 0.95), percentile(busy, 0.95)];
console.log(`re-timed in ${(took / 1000).toFixed(1)} s, ${left} left; a list of 50, ms: idle p50 ${percentile(idle, 0.5).toFixed(0)} p95 ${alone.toFixed(0)}; meanwhile p50 ${percentile(busy, 0.5).toFixed(0)} p95 ${during.toFixed(0)} (${busy.length} lists); CPU ms a ticket, lists included: app ${ofApp}, database ${ofDatabase}`);
await desk.stop();
process.exit(took <= 60_000 && left === 0 && during <= 2 * alone ? 0 : 1);

/** Asks for a list four times a second; answers how long each took, in order of length. */
async function listing(api: Api, ended: () => boolean, most: number): Promise<number[]> {
  const times: number[] = [];
  while (!ended() && times.length < most) {
    const asked = performance.now();
    await api("GET", "/tickets?limit=50&status=open");
    times.push(performance.now() - asked);
    await wait(250);
  }
  return times.toSorted((one, other) => one - other);
}
