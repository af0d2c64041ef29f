// The worst wait of a point read, from another connection, while the database is busy with something long. Run: npm run bench -- mongo-waits [documents]
import { Worker } from "node:worker_threads";
import { percentile } from "./measure.ts";
import { startBench } from "./mongo-desk.ts";

const documents = Number(process.argv[2] ?? 100_000);
const desk = await startBench();
const { tickets } = desk;
await desk.fill(documents);

// The reader is a thread of its own, so that decoding large answers here doesn't count.
const reader = new Worker(new URL("./mongo-reader.ts", import.meta.url), { workerData: { uri: desk.uri, documents } });
const told = (): Promise<number[]> => new Promise((resolve) => reader.once("message", resolve));
await told();

async function during(name: string, work: () => Promise<unknown>): Promise<void> {
  const from = performance.now();
  reader.postMessage("start");
  await work();
  const waits = told();
  reader.postMessage("stop");
  const sorted = (await waits).toSorted((a, b) => a - b);
  console.log(`  ${name.padEnd(48)} worst ${sorted.at(-1)!.toFixed(0).padStart(4)} ms, p99 ${percentile(sorted, 0.99).toFixed(0).padStart(4)} ms, p50 ${percentile(sorted, 0.5).toFixed(1).padStart(5)} ms, ${String(sorted.length).padStart(5)} reads in ${(performance.now() - from).toFixed(0)} ms`);
}

console.log(`point reads beside long work, ${documents} documents of 1.4 KB`);
const drained = async (cursor: AsyncIterable<unknown>) => {
  let n = 0;
  for await (const _ of cursor) n++;
  return n;
};
const day = { $dateTrunc: { date: "$createdAt", unit: "day" } };
await during("nothing else (a pause of 1 s)", () => new Promise((resolve) => setTimeout(resolve, 1000)));
await during("scan that finds nothing", () => tickets.find({ body: "nothing" }).toArray());
await during("scan that returns a small field of all", () => drained(tickets.find({}, { projection: { number: 1 } })));
await during("group by day", () => tickets.aggregate([{ $group: { _id: day, n: { $sum: 1 } } }]).toArray());
await during("group of 100k groups, sorted", () => drained(tickets.aggregate([{ $group: { _id: "$subject", n: { $sum: 1 } } }, { $sort: { _id: -1 } }])));
await during("count by a scan", () => tickets.countDocuments({ "sla.state": "running" }));
await during("count from an index", () => tickets.countDocuments({ status: { $in: ["open", "new", "pending", "closed"] } }));
await during("sort without an index, first 50", () => tickets.find().sort({ subject: 1 }).limit(50).toArray());
await during("sort without an index of all, small fields", () => drained(tickets.aggregate([{ $project: { subject: 1 } }, { $sort: { subject: 1 } }])));
await during("distinct", () => tickets.distinct("requester.email"));
await during("four scans at once", () => Promise.all(Array.from({ length: 4 }, () => tickets.countDocuments({ "sla.state": "x" }))));
await during("index build", () => tickets.createIndex({ subject: 1 }));
await during("updateMany", () => tickets.updateMany({}, { $inc: { version: 1 } }));
await during("updateOne that scans and finds nothing", () => tickets.updateOne({ "sla.state": "none" }, { $inc: { version: 1 } }));
await during("insertMany of 20k", () => desk.fill(20_000, documents));
await during("deleteMany of half", () => tickets.deleteMany({ number: { $gte: documents / 2 } }));
await during("drop", () => tickets.drop());
await reader.terminate();
await desk.stop();
