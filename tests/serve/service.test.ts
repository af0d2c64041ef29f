import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Service } from "../../scripts/service.ts";

let folder: string;
let service: Service;
const told: string[] = [];
const pids: number[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "twoway-service-"));
  told.length = pids.length = 0;
});
afterEach(async () => {
  await service.stop(2000);
  rmSync(folder, { recursive: true });
});

const logFile = () => join(folder, "log");
const leash = new URL("../../scripts/leash.ts", import.meta.url).pathname;

/** A service whose process runs `program`. */
function serving(program: string): Service {
  const file = join(folder, "program.ts");
  writeFileSync(file, program);
  const plan = { name: "thing", command: ["--import", leash, file], cwd: folder, env: () => process.env, logFile: logFile(), say: (line: string) => told.push(line) };
  return (service = new Service({ ...plan, onReady: (_, pid) => pids.push(pid) }));
}

const ready = `console.log(JSON.stringify({ ready: true, url: "here" })); setInterval(() => {}, 1000);`;
const alive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // No such process: that is the answer.
  }
};

describe("a service", () => {
  test("is ready when it says so; what else it prints goes to its log", async () => {
    expect(await serving(`console.log("hello"); console.error("warning"); ${ready}`).start()).toEqual({ ready: true, url: "here" });
    await vi.waitFor(() => expect(readFileSync(logFile(), "utf8").split("\n").sort()).toEqual(["", "hello", "warning"]));
  });

  test("killed, is back at once and says so", async () => {
    await serving(ready).start();
    process.kill(pids[0]!, "SIGKILL");
    await vi.waitFor(() => expect(pids).toHaveLength(2), 5000);
    expect(told).toEqual(["The thing has ended and is started again.", "The thing is back."]);
    await service.stop(2000);
    expect(pids.map(alive)).toEqual([false, false]);
  });

  test.each([3, 4])("exit code %i at the start: its own last sentence", async (code) => {
    await expect(serving(`console.error("noise"); console.error("The disk is full."); process.exit(${code});`).start()).rejects.toThrow(/^The disk is full\.$/);
  });

  test("another exit code at the start: the end of the log", async () => {
    await expect(serving(`console.error("some stack"); process.exit(9);`).start()).rejects.toThrow(/The thing did not start \(code 9\)[^]*some stack/);
  });

  test("data in use by a killed desk's process: tried until it is free", async () => {
    const program = `import { existsSync, writeFileSync } from "node:fs";
      if (!existsSync("tried")) { writeFileSync("tried", ""); process.exit(3); }
      ${ready}`;
    expect(await serving(program).start(10_000)).toMatchObject({ ready: true });
  });

  test("that does not heed SIGTERM is killed after its grace", async () => {
    await serving(`process.on("SIGTERM", () => {}); ${ready}`).start();
    await service.stop(100);
    expect(alive(pids[0]!)).toBe(false);
  });
});
