import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterAll, describe, expect, test } from "vitest";

const main = join(import.meta.dirname, "../../../local/mongo/main.ts");
const children: ChildProcess[] = [];
const folders: string[] = [];
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

function launch(dataDir: string, sync = "NORMAL") {
  const child = spawn(process.execPath, [main], { env: { ...process.env, TWOWAY_DATA: dataDir, TWOWAY_MONGO_SOCKET: join(dataDir, "m.sock"), TWOWAY_MONGO_SYNC: sync } });
  children.push(child);
  let [out, err] = ["", ""];
  child.stderr.on("data", (chunk) => (err += String(chunk)));
  const ready = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk) => {
      out += String(chunk);
      if (out.includes("\n")) resolve((JSON.parse(out) as { uri: string }).uri);
    });
  });
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, out, err })));
  return { child, ready, ended };
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "mongo-"));
  folders.push(made);
  return made;
}

describe("the process", () => {
  test("a second start on the folder says so and exits with 3; SIGTERM exits with 0; data stay", async () => {
    const dataDir = await folder();
    const first = launch(dataDir);
    const client = new MongoClient(await first.ready);
    await client.db().collection("t").insertOne({ _id: 1 as never });
    await client.close();
    const second = await launch(dataDir).ended;
    expect(second).toMatchObject({ code: 3, out: "" });
    expect(second.err).toMatch(/^Another database server is already running on .+\.\n$/);
    first.child.kill("SIGTERM");
    expect((await first.ended).code).toBe(0);
    const again = launch(dataDir);
    const client2 = new MongoClient(await again.ready);
    expect(await client2.db().collection("t").countDocuments()).toBe(1);
    await client2.close();
    again.child.kill("SIGTERM");
    await again.ended;
  });

  test("kill -9 while writing, four times: nothing acknowledged is lost or doubled, no transaction is torn, every index agrees", { timeout: 90_000 }, async () => {
    const dataDir = await folder();
    const acknowledged = new Set<string>();
    let counted = 0;
    let [sent, pairs] = [0, 0];
    for (let round = 0; round < 4; round++) {
      const { child, ready, ended } = launch(dataDir, round % 2 ? "FULL" : "NORMAL");
      const client = new MongoClient(await ready, { serverSelectionTimeoutMS: 10_000 });
      const t = client.db().collection<{ _id: string; round: number; n: number; tags: string[] }>("t");
      const p = client.db().collection<{ pair: string; side: string }>("pairs");
      if (round === 0) {
        await t.createIndexes([{ key: { n: 1 }, unique: true }, { key: { tags: 1, n: -1 } }]);
        await client.db().collection<{ _id: string; n: number }>("counter").insertOne({ _id: "c", n: 0 });
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
      const writers = [
        ...Array.from({ length: 4 }, () =>
          until(async () => {
            const _id = `d${sent++}`;
            await t.insertOne({ _id, round, n: sent, tags: [`t${sent % 3}`, "all"] });
            acknowledged.add(_id);
          }),
        ),
        until(async () => {
          await client.db().collection<{ _id: string; n: number }>("counter").updateOne({ _id: "c" }, { $inc: { n: 1 } });
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
      ];
      const before = acknowledged.size;
      await expect.poll(() => acknowledged.size, { timeout: 20_000, interval: 5 }).toBeGreaterThan(before + 30 + round * 11);
      child.kill("SIGKILL");
      await ended;
      await client.close();
      await Promise.all(writers);
    }
    const last = launch(dataDir);
    const client = new MongoClient(await last.ready);
    const db = client.db();
    const kept = (await db.collection("t").find({}, { projection: { _id: 1 } }).toArray()).map((d) => String(d._id));
    expect([...acknowledged].filter((id) => !kept.includes(id))).toEqual([]);
    const { n } = (await db.collection("counter").findOne({}))!;
    expect(n as number).toBeGreaterThanOrEqual(counted);
    expect(n as number).toBeLessThanOrEqual(counted + 4);
    const torn = await db.collection("pairs").aggregate([{ $group: { _id: "$pair", n: { $sum: 1 } } }, { $match: { n: { $ne: 2 } } }]).toArray();
    expect(torn).toEqual([]);
    for (const hint of ["n_1", "tags_1_n_-1", "_id_"]) {
      const through = (await db.collection("t").find({}, { hint, projection: { _id: 1 } }).toArray()).map((d) => String(d._id));
      expect(through.toSorted(), hint).toEqual(kept.toSorted());
    }
    await client.close();
    last.child.kill("SIGTERM");
    await last.ended;
  });
});

describe("a start that can't be", () => {
  test.each([
    ["a damaged file", async (file: string) => (await import("node:fs/promises")).writeFile(file, "this is no database, and long enough to be read as one ".repeat(100))],
    [
      "a newer format",
      async (file: string) => {
        const { DatabaseSync } = await import("node:sqlite");
        const db = new DatabaseSync(file);
        db.exec("PRAGMA user_version = 99");
        db.close();
      },
    ],
  ])("%s: one sentence, exit code 4", async (_, spoil) => {
    const dataDir = await folder();
    const { mkdir } = await import("node:fs/promises");
    await mkdir(join(dataDir, "mongo"));
    await spoil(join(dataDir, "mongo", "data.sqlite"));
    const { code, out, err } = await launch(dataDir).ended;
    expect({ code, out }).toEqual({ code: 4, out: "" });
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).toMatch(/newer version|is damaged/);
  });
});
