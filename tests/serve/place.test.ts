import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { databasePlace, isEmptyDesk, rememberDesk, reservePort } from "../../scripts/place.ts";
import { tryLock } from "../../scripts/lock.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "twoway-place-"))));
afterEach(() => rmSync(folder, { recursive: true }));

describe("where the database listens", () => {
  test("on a socket beside its data", () => {
    expect(databasePlace(folder, tmpdir(), "linux")).toEqual({ TWOWAY_MONGO_SOCKET: join(folder, "run", "mongo.sock") });
  });

  test("in a private temporary folder when that path is too long for a socket", () => {
    const { TWOWAY_MONGO_SOCKET: socket } = databasePlace(join(folder, "d".repeat(100)), folder, "linux");
    expect(dirname(dirname(socket!))).toBe(folder);
    expect(statSync(dirname(socket!)).mode & 0o777).toBe(0o700);
  });

  test("on a port where neither can be", () => {
    expect(databasePlace(join(folder, "d".repeat(100)), `/${"t".repeat(100)}`, "linux")).toEqual({ TWOWAY_MONGO_PORT: "0" });
    expect(databasePlace(folder, tmpdir(), "win32")).toEqual({ TWOWAY_MONGO_PORT: "0" });
  });
});

describe("the desk's port", () => {
  test("taken: a sentence that names another one", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    await expect(reservePort(port, "127.0.0.1")).rejects.toThrow(`Port ${port} is taken; choose another one: PORT=${port + 1} npm start`);
    const patient = reservePort(port, "127.0.0.1", 10_000);
    other.close();
    await expect(patient).resolves.toBe(port);
  });

  test("0 is any free one", async () => expect(await reservePort(0, "127.0.0.1")).toBeGreaterThan(0));
});

describe("with or without the demo", () => {
  test("the first start decides for the folder", () => {
    expect(isEmptyDesk(folder, true)).toBe(true);
    rememberDesk(folder, true);
    expect(isEmptyDesk(folder, false)).toBe(true);
  });

  test("a folder with the demo is not handed out as an empty desk", () => {
    rememberDesk(folder, false);
    expect(isEmptyDesk(folder, false)).toBe(false);
    expect(() => isEmptyDesk(folder, true)).toThrow(/holds the demo/);
  });
});

test("a lock is had by one at a time", () => {
  const file = join(folder, "run", "desk.lock");
  const release = tryLock(file);
  expect(tryLock(file)).toBeNull();
  release!();
  const again = tryLock(file);
  expect(again).not.toBeNull();
  again!();
});
