import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..");

export type Tally = { passed: number; failed: number };

/** What runs within a step, on Node 24: a package's program and its arguments. */
export type Program = { name: string; file: string; args: string[]; env?: Record<string, string> };

const limitMs = 15 * 60_000;

/** Says what begins, runs it, says how it ended. A step that cannot be run, or hangs for a quarter of an hour, has failed. */
export async function step(name: string, run: () => Promise<Tally>): Promise<Tally> {
  console.log(`\n── ${name}`);
  const began = Date.now();
  const tally = await run();
  console.log(`── ${name}: ${tally.failed === 0 ? "passed" : "failed"} after ${Math.round((Date.now() - began) / 1000)} s`);
  return tally;
}

let running: ChildProcess | undefined;
process.on("SIGTERM", () => {
  running?.kill("SIGTERM");
  process.exit(143);
});

/** Runs a program with its output shown; resolves with its exit code, or null if it could not be run to its end. */
export function show({ name, file, args, env }: Program): Promise<number | null> {
  const path = join(root, "node_modules", file);
  if (!existsSync(path)) {
    console.error(`${name} is not installed.`);
    return Promise.resolve(null);
  }
  const child = spawn(process.execPath, [path, ...args], { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "inherit", "inherit"], timeout: limitMs });
  running = child;
  return new Promise((resolve) => child.on("exit", resolve).on("error", () => resolve(null)));
}

const one = (code: number | null): Tally => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });

export async function lint(): Promise<Tally> {
  const args = [".", "--max-warnings", "0", "--cache", "--cache-location", ".cache/eslint"];
  return one(await show({ name: "eslint", file: "eslint/bin/eslint.js", args }));
}

/** The types of the routes come first: typed links are checked against them. */
export async function types(): Promise<Tally> {
  const routes = await show({ name: "next typegen", file: "next/dist/bin/next", args: ["typegen"] });
  if (routes !== 0) return one(routes);
  return one(await show({ name: "tsc", file: "typescript/bin/tsc", args: ["--noEmit", "-p", "."] }));
}

export const sum = (tallies: Tally[]): Tally => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.reduce((total, { failed }) => total + failed, 0),
});
