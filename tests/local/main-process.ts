import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";

const main = join(import.meta.dirname, "../../local/main.ts");
type Ready = { ready: true } & Record<string, string>;

/** The process of the local services with these variables, on a data folder of each test's own; what still runs after the test is killed. */
export function mainProcess(variables: Record<string, string>) {
  const children: ChildProcess[] = [];
  const place = { data: "" };
  beforeEach(async () => {
    place.data = await mkdtemp(join(tmpdir(), "twoway-local-"));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      const gone = child.exitCode === null && child.signalCode === null ? once(child, "exit") : null;
      child.kill("SIGKILL");
      await gone;
    }
    await rm(place.data, { recursive: true });
  });

  /** Starts the process; resolves with its ready line, or with how it ended. */
  async function start(env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [main], { env: { NODE_ENV: "test", TWOWAY_DATA: place.data, ...variables, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    const ready = once(child.stdout, "data").then(([chunk]) => JSON.parse(String(chunk)) as Ready);
    const ended = once(child, "close").then(([code]) => code as number | null);
    const outcome = await Promise.race([ready, ended.then(() => null)]);
    return { child, ready: outcome, ended, complaint: () => complaint };
  }

  return { place, start };
}
