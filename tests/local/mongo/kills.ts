import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { GridFSBucket, MongoClient, type ObjectId } from "mongodb";

const main = join(import.meta.dirname, "../../../local/mongo/main.ts");

/** The server as a process of its own on `<dataDir>/m.sock`; `ready` gives its address. */
export function launchServer(dataDir: string, sync = "NORMAL") {
  const child = spawn(process.execPath, [main], { env: { ...process.env, TWOWAY_DATA: dataDir, TWOWAY_MONGO_SOCKET: join(dataDir, "m.sock"), TWOWAY_MONGO_SYNC: sync } });
  let [out, err] = ["", ""];
  child.stderr.on("data", (chunk) => (err += String(chunk)));
  const ready = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk) => {
      out += String(chunk);
      if (out.includes("\n")) resolve((JSON.parse(out) as { uri: string }).uri);
    });
  });
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => child.on("close", (code) => resolve({ code, out, err })));
  return { child, ready, ended };
}

const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/**
 * Kills the server `rounds` times at a random moment while single writes, counters, transactions and uploads run, and
 * afterwards looks for everything that was acknowledged. `trouble` says what is missing or doesn't agree; none is right.
 */
export async function killUnderLoad(dataDir: string, rounds: number): Promise<{ trouble: string[]; acknowledged: number; files: number }> {
  const inserted = new Set<string>();
  const uploads = new Map<ObjectId, string>();
  let [sent, pairs, counted, unsure] = [0, 0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    const { child, ready, ended } = launchServer(dataDir, round % 2 ? "FULL" : "NORMAL");
    const client = new MongoClient(await ready, { serverSelectionTimeoutMS: 1000 });
    const db = client.db();
    const t = db.collection<{ _id: string; n: number; tags: string[] }>("t");
    const counter = db.collection<{ _id: string; n: number }>("counter");
    const p = db.collection<{ pair: string; side: string }>("pairs");
    if (round === 0) {
      await t.createIndexes([{ key: { n: 1 }, unique: true }, { key: { tags: 1, n: -1 } }]);
      await counter.insertOne({ _id: "c", n: 0 });
    }
    let alive = true;
    const until = async (work: () => Promise<void>) => {
      while (alive) {
        try {
          await work();
        } catch {
          alive = false; // The kill: what this call did is not acknowledged.
        }
      }
    };
    const before = [inserted.size, uploads.size] as const;
    const lanes = [
      ...Array.from({ length: 4 }, () =>
        until(async () => {
          const n = sent++;
          await t.insertOne({ _id: `d${n}`, n, tags: [`t${n % 3}`, "all"] });
          inserted.add(`d${n}`);
        }),
      ),
      until(async () => {
        unsure++;
        await counter.updateOne({ _id: "c" }, { $inc: { n: 1 } });
        unsure--;
        counted++;
      }),
      until(async () => {
        const pair = `p${pairs++}`;
        await client.withSession((session) =>
          session.withTransaction(async () => {
            await p.insertOne({ pair, side: "left" }, { session });
            await p.insertOne({ pair, side: "right" }, { session });
          }),
        );
      }),
      until(async () => {
        const bytes = randomBytes(40_000);
        const stream = new GridFSBucket(db, { chunkSizeBytes: 8_000 }).openUploadStream(`f${round}`);
        await pipeline(Readable.from([bytes]), stream);
        uploads.set(stream.id, sha(bytes));
      }),
    ];
    while (alive && (inserted.size < before[0] + 30 || uploads.size < before[1] + 2)) await wait(5);
    await wait(Math.random() * 60);
    child.kill("SIGKILL");
    await ended;
    await client.close();
    await Promise.all(lanes);
  }
  const last = launchServer(dataDir);
  const client = new MongoClient(await last.ready);
  const db = client.db();
  const trouble: string[] = [];
  const kept = (await db.collection("t").find({}, { projection: { _id: 1 }, hint: { $natural: 1 } }).toArray()).map((d) => String(d._id)).toSorted();
  for (const id of inserted) if (!kept.includes(id)) trouble.push(`insert ${id} is lost`);
  const n = (await db.collection("counter").findOne({}))!.n as number;
  if (n < counted || n > counted + unsure) trouble.push(`the counter is ${n}, acknowledged were ${counted} and ${unsure} are open`);
  for (const torn of await db.collection("pairs").aggregate([{ $group: { _id: "$pair", n: { $sum: 1 } } }, { $match: { n: { $ne: 2 } } }]).toArray()) trouble.push(`transaction ${String(torn._id)} is torn`);
  for (const [id, hash] of uploads) if (sha(await buffer(new GridFSBucket(db).openDownloadStream(id))) !== hash) trouble.push(`file ${String(id)} is not what was uploaded`);
  for (const hint of ["n_1", "tags_1_n_-1", "_id_"]) {
    const through = (await db.collection("t").find({}, { hint, projection: { _id: 1 } }).toArray()).map((d) => String(d._id)).toSorted();
    if (through.join() !== kept.join()) trouble.push(`index ${hint} doesn't agree with the documents`);
  }
  await client.close();
  last.child.kill("SIGTERM");
  await last.ended;
  return { trouble, acknowledged: inserted.size + counted, files: uploads.size };
}
