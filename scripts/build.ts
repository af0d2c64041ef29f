import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { compiled, tail } from "./files.ts";
import { lock } from "./lock.ts";
import { sentenceFor, Stop } from "./stop.ts";

/** What a build is made of. tests/serve/build.test.ts fails when a new folder of the project is neither here nor known to be beside it. */
export const folders = ["app", "components", "emails", "inngest", "lib", "local", "public"];
export const rootFiles = [
  "instrumentation-client.ts",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];

/** A name for the sources as they are: any change of a path or of content changes it, the place of the checkout does not. */
export function sourceHash(root: string): string {
  const hash = createHash("sha256");
  const within = folders.filter((name) => existsSync(join(root, name))).flatMap((name) => filesOf(join(root, name)));
  const files = [...within, ...rootFiles.map((name) => join(root, name)).filter(existsSync)];
  for (const file of files.map((path) => relative(root, path)).sort()) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 12);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** `ensureBuild` in a process of its own: reading and copying the sources leaves nothing behind in the one that lives on. */
export async function buildAside(root: string, say: (line: string) => void, signal: AbortSignal): Promise<string> {
  const command = ["--import", join(import.meta.dirname, "leash.ts"), import.meta.filename, String(process.pid)];
  const child = spawn(process.execPath, command, { cwd: root, env: { ...process.env, NODE_COMPILE_CACHE: compiled(root) }, stdio: "pipe", signal });
  let [folder, complaint] = ["", ""];
  createInterface({ input: child.stdout }).on("line", (line) => (folder = line));
  createInterface({ input: child.stderr }).on("line", (line) => (line.startsWith(saying) ? say(line.slice(saying.length)) : (complaint += `${line}\n`)));
  const code = await new Promise((resolve) => child.on("error", resolve).on("close", resolve));
  signal.throwIfAborted();
  if (code !== 0) throw new Stop(complaint.trimEnd() || `The build ended with ${String(code)}.`);
  return folder;
}

/** Before the lines of a process that builds which are no complaint. */
const saying = "» ";

/**
 * The folder (relative to `root`) of a production build of today's sources, built first if there is none.
 * Each state of the sources has its own folder, so a desk that runs keeps its build while another one is made;
 * desks that start together share one build. The folder stays as long as the process `desk` lives.
 */
export async function ensureBuild(root: string, say: (line: string) => void, signal?: AbortSignal, desk = process.pid): Promise<string> {
  const release = await lock(join(root, ".cache", "build.lock"), () => say("Waiting for another start that builds …"), signal);
  try {
    const folder = `.next-${sourceHash(root)}`;
    if (!existsSync(join(root, folder))) {
      await build(root, say, signal);
      keep(root, folder);
      dropUnused(root, folder);
    }
    mkdirSync(join(root, folder, "desks"), { recursive: true });
    writeFileSync(join(root, folder, "desks", String(desk)), "");
    return folder;
  } finally {
    release();
  }
}

async function build(root: string, say: (line: string) => void, signal?: AbortSignal): Promise<void> {
  say("Building (about a minute, only after a change) …");
  const log = join(root, ".cache", "build.log");
  const output = openSync(log, "w");
  const began = Date.now();
  const beat = setInterval(() => say(`  … ${Math.round((Date.now() - began) / 1000)} s`), 15_000);
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1", NEXT_DIST_DIR: "" };
  const child = spawn(process.execPath, [next, "build"], { cwd: root, env, stdio: ["ignore", output, output], signal });
  const code = await new Promise((resolve) => child.on("error", resolve).on("exit", resolve));
  clearInterval(beat);
  closeSync(output);
  signal?.throwIfAborted();
  if (code === 0) return;
  const last = tail(log, 30);
  if (last.includes("ENOSPC")) throw new Stop("The disk is full: free about 1 GB and start again.");
  throw new Stop(`The build failed (all of it is in .cache/build.log):\n\n${last}`);
}

/** Copies what serving needs out of .next, which the next build empties. The last step is a rename, so half a copy is never taken for a build. */
function keep(root: string, folder: string): void {
  const part = join(root, `${folder}.part`);
  const left = new Set(["cache", "dev", "types", "trace", "trace-build", "lock", "diagnostics"]);
  rmSync(part, { recursive: true, force: true });
  cpSync(join(root, ".next"), part, { recursive: true, filter: (path) => !left.has(relative(join(root, ".next"), path)) });
  renameSync(part, join(root, folder));
}

/** Removes older builds that no living process serves. A number taken by another process meanwhile only keeps a build longer. */
function dropUnused(root: string, current: string): void {
  const builds = readdirSync(root).filter((name) => /^\.next-[0-9a-f]{12}(\.part)?$/.test(name) && name !== current);
  for (const name of builds) {
    const desks = join(root, name, "desks");
    const used = existsSync(desks) && readdirSync(desks).some((pid) => isAlive(Number(pid)));
    if (!used) rmSync(join(root, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

if (import.meta.main) {
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
  const desk = Number(process.argv[2] ?? process.pid);
  try {
    console.log(await ensureBuild(process.cwd(), (line) => console.error(saying + line), ending.signal, desk));
  } catch (error) {
    if (!ending.signal.aborted) console.error(sentenceFor(error));
    process.exitCode = 1;
  }
}
