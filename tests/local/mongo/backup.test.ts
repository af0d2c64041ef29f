import { copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startMongo } from "../../../local/mongo/server.ts";
import { dataFile, integrityOf, isServed } from "../../../local/mongo/store/files.ts";
import { MongoClient } from "mongodb";
import { type Desk, startDesk } from "./start.ts";

let desk: Desk;
const folder = mkdtempSync(join(tmpdir(), "mongo-copies-"));
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(async () => {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** As `npm run backup` does: another process copies the file while the server writes. */
async function copyFromOutside(to: string): Promise<void> {
  const files = join(import.meta.dirname, "../../../local/mongo/store/files.ts");
  const code = `const { copyDatabase } = await import(process.argv[1]); await copyDatabase(process.argv[2], process.argv[3]);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code, files, dataFile(join(desk.dataDir, "mongo")), to], { stdio: ["ignore", "ignore", "pipe"] });
  let trouble = "";
  child.stderr.on("data", (chunk) => (trouble += String(chunk)));
  const code0 = await new Promise((resolve) => child.on("close", resolve));
  expect({ code: code0, trouble }).toEqual({ code: 0, trouble: "" });
}

test("copies taken under write load are whole: transactions untorn, every index agrees, what was acknowledged before is in", { timeout: 60_000 }, async () => {
  const t = desk.db.collection<{ _id: string; n: number; tags: string[] }>("t");
  const pairs = desk.db.collection<{ _id: string; balance: number }>("pairs");
  await t.createIndexes([{ key: { n: 1 }, unique: true }, { key: { tags: 1, n: -1 } }]);
  await pairs.insertMany([{ _id: "left", balance: 1000 }, { _id: "right", balance: 1000 }]);
  let [writing, sent] = [true, 0];
  const acknowledged: string[] = [];
  const busy = Promise.all([
    ...Array.from({ length: 3 }, async () => {
      while (writing) {
        const n = sent++;
        await t.insertOne({ _id: `d${n}`, n, tags: ["all", `x${n % 5}`] });
        acknowledged.push(`d${n}`);
      }
    }),
    (async () => {
      while (writing) {
        await desk.client.withSession((session) =>
          session.withTransaction(async () => {
            await pairs.updateOne({ _id: "left" }, { $inc: { balance: -7 } }, { session });
            await pairs.updateOne({ _id: "right" }, { $inc: { balance: 7 } }, { session });
          }),
        );
      }
    })(),
  ]);
  const expected: string[][] = [];
  for (let round = 0; round < 3; round++) {
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(round * 60 + 60);
    expected.push([...acknowledged]);
    await copyFromOutside(join(folder, `${round}.sqlite`));
  }
  writing = false;
  await busy;
  for (const [round, before] of expected.entries()) {
    const copy = join(folder, `${round}.sqlite`);
    expect(integrityOf(copy)).toBeNull();
    const restored = mkdtempSync(join(folder, "restored-"));
    const { mkdirSync } = await import("node:fs");
    mkdirSync(join(restored, "mongo"));
    copyFileSync(copy, dataFile(join(restored, "mongo")));
    const server = await startMongo({ dataDir: restored, socket: join(restored, "m.sock") });
    const client = new MongoClient(server.uri);
    try {
      const db = client.db();
      const kept = (await db.collection("t").find({}, { hint: { $natural: 1 } }).toArray()).map((d) => String(d._id)).sort();
      expect(before.filter((id) => !kept.includes(id))).toEqual([]);
      for (const hint of ["n_1", "tags_1_n_-1", "_id_"]) expect((await db.collection("t").find({}, { hint }).toArray()).map((d) => String(d._id)).sort(), hint).toEqual(kept);
      const balances = await db.collection("pairs").find().toArray();
      expect(balances.reduce((sum, { balance }) => sum + (balance as number), 0)).toBe(2000);
    } finally {
      await client.close();
      await server.close();
    }
  }
});

test("whether a server uses a folder can be asked without disturbing it", async () => {
  const home = join(desk.dataDir, "mongo");
  expect([isServed(home), isServed(home), isServed(folder)]).toEqual([true, true, false]);
  await desk.db.collection("t").insertOne({ _id: "after" as never });
  expect(statSync(dataFile(home)).mode & 0o777).toBe(0o600);
  expect(integrityOf(join(folder, "none.sqlite"))).toMatch(/^There is no database file/);
});
