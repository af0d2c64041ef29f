// What the local database costs, in CPU ms of its process per operation. Run: node tests/bench/mongo.ts [documents]
import { statSync } from "node:fs";
import { join } from "node:path";
import { indexes, startBench, ticket, words } from "./mongo-desk.ts";

const sizes = process.argv[2] ? [Number(process.argv[2])] : [1_000, 100_000];
async function bench(documents: number): Promise<void> {
  const desk = await startBench();
  const { client, tickets, cpu, memory } = desk;
  const results: Record<string, string> = { "memory, fresh": `${memory().toFixed(0)} MB` };
  const measure = async (name: string, times: number, operation: (i: number) => Promise<unknown>, per = 1) => {
    for (let i = 0; i < Math.min(times, 50); i++) await operation(-1 - i);
    const [before, from] = [cpu(), performance.now()];
    for (let i = 0; i < times; i++) await operation(i);
    results[name] = `${((cpu() - before) / times / per).toFixed(3)} CPU ms (${((performance.now() - from) / times / per).toFixed(2)} ms)`;
  };

  const [before, from] = [cpu(), performance.now()];
  await desk.fill(documents);
  results["insertMany, a document"] = `${((cpu() - before) / documents).toFixed(3)} CPU ms (${((performance.now() - from) / documents).toFixed(2)} ms)`;
  const any = (i: number) => Math.abs(i * 7919) % documents;
  let fresh = documents;
  await measure("insertOne", 1000, () => tickets.insertOne(ticket(fresh++)));
  await measure("updateOne, no index touched", 1000, (i) => tickets.updateOne({ _id: `ticket${any(i)}` }, { $inc: { version: 1 } }));
  await measure("updateOne, four indexes touched", 1000, (i) => tickets.updateOne({ _id: `ticket${any(i)}` }, { $set: { status: "open", updatedAt: new Date(1.8e12 + i) }, $inc: { version: 1 } }));
  await measure("findOne by _id", 2000, (i) => tickets.findOne({ _id: `ticket${any(i)}` }));
  const newest = { updatedAt: -1, _id: -1 } as const;
  await measure("list of 50: equality, sort", 1000, (i) => tickets.find({ assigneeId: `agent${any(i) % 50}`, status: "new" }).sort(newest).limit(50).toArray());
  await measure("list of 50: $in, sort, projection", 1000, () => tickets.find({ status: { $in: ["open", "new", "pending"] } }).sort(newest).limit(50).project({ body: 0 }).toArray());
  await measure("words $in, limit 50", 500, (i) => tickets.find({ terms: { $in: [words[any(i) % 400]!, "the"] } }).sort({ number: -1 }).limit(50).toArray());
  await measure("words $all (common and rare), limit 50", 500, (i) => tickets.find({ terms: { $all: ["the", words[any(i) % 400]!] } }).sort({ number: -1 }).limit(50).toArray());
  await measure("count from an index", 200, (i) => tickets.countDocuments({ assigneeId: `agent${any(i) % 50}` }));
  await measure("transaction: read, update, insert", 300, (i) =>
    client.withSession((session) =>
      session.withTransaction(async () => {
        const found = await tickets.findOne({ _id: `ticket${any(i)}` }, { session });
        await tickets.updateOne({ _id: found!._id }, { $inc: { version: 1 } }, { session });
        await client.db().collection("events").insertOne({ subject: found!._id, at: new Date() }, { session });
      }),
    ),
  );
  await measure("full scan, group by day", 3, () => tickets.aggregate([{ $group: { _id: { $dateTrunc: { date: "$createdAt", unit: "day" } }, n: { $sum: 1 } } }]).toArray());
  results["memory, after"] = `${memory().toFixed(0)} MB`;
  const size = (name: string) => statSync(join(desk.data, "mongo", name)).size / 1e6;
  results["file and its WAL"] = `${size("data.sqlite").toFixed(0)} MB and ${size("data.sqlite-wal").toFixed(0)} MB`;
  const inserts = performance.now();
  const before32 = cpu();
  await Promise.all(Array.from({ length: 32 }, async (_, lane) => {
    for (let i = 0; i < 60; i++) await tickets.insertOne(ticket(documents * 2 + lane * 60 + i));
  }));
  results["insertOne, 32 at once (group commit)"] = `${((cpu() - before32) / 1920).toFixed(3)} CPU ms (${((performance.now() - inserts) / 1920).toFixed(2)} ms)`;
  await desk.stop();
  console.log(`${documents} documents of ${Buffer.byteLength(JSON.stringify(ticket(1)))} bytes, ${indexes.length} indexes`);
  for (const [name, value] of Object.entries(results)) console.log(`  ${name.padEnd(42)} ${value}`);
}

for (const size of sizes) await bench(size);
