import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterAll, describe, expect, test } from "vitest";
import { killUnderLoad, launchServer } from "./kills.ts";

const children: ChildProcess[] = [];
const folders: string[] = [];
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const launch = (dataDir: string) => {
  const server = launchServer(dataDir);
  children.push(server.child);
  return server;
};

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

  test("kill -9 while writing, five times: nothing acknowledged is lost or doubled, no transaction or file is torn, every index agrees", { timeout: 120_000 }, async () => {
    const dataDir = await folder();
    const { trouble, acknowledged, files } = await killUnderLoad(dataDir, 5);
    expect(trouble).toEqual([]);
    expect(acknowledged).toBeGreaterThan(150);
    expect(files).toBeGreaterThan(5);
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
