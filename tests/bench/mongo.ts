// What the local database costs, in CPU ms of its process per operation. Run: node tests/bench/mongo.ts [documents]
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Document, MongoClient } from "mongodb";

const sizes = process.argv[2] ? [Number(process.argv[2])] : [1_000, 100_000];
const main = join(import.meta.dirname, "../../local/mongo/main.ts");
const filler = "The printer on the second floor does not answer and says nothing at all. ".repeat(12);
const words = Array.from({ length: 400 }, (_, i) => `word${i}`);

function ticket(i: number): Document {
  return {
    _id: `ticket${i}`, number: i, subject: `Printer ${i} is on fire`, status: ["open", "new", "pending", "closed"][i % 4], assigneeId: `agent${i % 50}`, queueId: `queue${i % 4}`,
    requester: { id: `person${i % 5000}`, name: "A. Person", email: `person${i % 5000}@example.com` }, createdAt: new Date(1.7e12 + i * 60_000), updatedAt: new Date(1.7e12 + ((i * 7919) % 100_003) * 60_000),
    version: 1, seq: 4, sla: { state: "running", dueAt: new Date(1.7e12 + i * 90_000) }, terms: ["the", words[i % 400], words[(i * 7) % 400]], body: filler,
  };
}

const indexes = [
  { key: { number: 1 }, unique: true }, { key: { updatedAt: -1, _id: -1 } }, { key: { status: 1, updatedAt: -1, _id: -1 } },
  { key: { assigneeId: 1, status: 1, updatedAt: -1, _id: -1 } }, { key: { "requester.id": 1, updatedAt: -1, _id: -1 } }, { key: { terms: 1, number: -1 } },
] as const;

async function bench(documents: number): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), "bench-"));
  const server = spawn(process.execPath, [main], { env: { ...process.env, TWOWAY_DATA: data, TWOWAY_MONGO_SOCKET: join(data, "m.sock") }, stdio: ["ignore", "pipe", "inherit"] });
  const uri = await new Promise<string>((resolve) => server.stdout.once("data", (line) => resolve((JSON.parse(String(line)) as { uri: string }).uri)));
  const client = new MongoClient(uri);
  const tickets = client.db().collection<Document & { _id: string }>("tickets");
  const cpu = () => {
    const stat = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(stat[11]) + Number(stat[12])) * 10;
  };
  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))![1]) / 1024;
  const results: Record<string, string> = { "memory, fresh": `${memory().toFixed(0)} MB` };
  const measure = async (name: string, times: number, operation: (i: number) => Promise<unknown>, per = 1) => {
    for (let i = 0; i < Math.min(times, 50); i++) await operation(-1 - i);
    const [before, from] = [cpu(), performance.now()];
    for (let i = 0; i < times; i++) await operation(i);
    results[name] = `${((cpu() - before) / times / per).toFixed(3)} CPU ms (${((performance.now() - from) / times / per).toFixed(2)} ms)`;
  };

  await tickets.createIndexes(indexes.map((index) => ({ ...index })));
  const [before, from] = [cpu(), performance.now()];
  for (let i = 0; i < documents; i += 1000) await tickets.insertMany(Array.from({ length: Math.min(1000, documents - i) }, (_, j) => ticket(i + j)) as never);
  results["insertMany, a document"] = `${((cpu() - before) / documents).toFixed(3)} CPU ms (${((performance.now() - from) / documents).toFixed(2)} ms)`;
  const any = (i: number) => Math.abs(i * 7919) % documents;
  let fresh = documents;
  await measure("insertOne", 1000, () => tickets.insertOne(ticket(fresh++) as never));
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
  const ended = new Promise((resolve) => server.once("close", resolve));
  await client.close();
  server.kill("SIGTERM");
  await ended;
  results.file = `${(statSync(join(data, "mongo/data.sqlite")).size / 1e6).toFixed(0)} MB`;
  rmSync(data, { recursive: true, force: true });
  console.log(`${documents} documents of ${Buffer.byteLength(JSON.stringify(ticket(1)))} bytes, ${indexes.length} indexes`);
  for (const [name, value] of Object.entries(results)) console.log(`  ${name.padEnd(42)} ${value}`);
}

for (const size of sizes) await bench(size);
