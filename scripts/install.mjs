// What has to run before anything is installed: plain JavaScript for Node 20, no packages.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, closeSync, rmSync, statSync, utimesSync } from "node:fs";
import Module from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const tooOld = 'needs Node 24.7 or newer; install it from https://nodejs.org (on macOS: "brew install node@24") and start again.';

/**
 * Whether packages are absent or older than the lock file. npm writes
 * node_modules/.package-lock.json as its last act, so an install that was cut short counts as absent.
 * @param {string} root
 */
export function needsInstall(root) {
  const done = join(root, "node_modules", ".package-lock.json");
  return !existsSync(done) || statSync(done).mtimeMs < statSync(join(root, "package-lock.json")).mtimeMs;
}

/**
 * Runs `npm ci` if it is needed; desks started at the same moment wait for the one that does it.
 * Throws an Error whose message is one sentence for the person at the terminal.
 * @param {string} root
 */
export async function ensureInstalled(root) {
  if (!needsInstall(root)) return;
  const release = await takeTurn(join(root, ".cache", "install.lock"));
  try {
    if (needsInstall(root)) await npmCi(root);
  } finally {
    release();
  }
}

/**
 * The Node that the project runs on: this one if it is new enough, else the one among the packages.
 * @param {string} root
 * @param {string} version of the Node that runs now
 * @returns {string}
 */
export function nodeFor(root, version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 24 || (major === 24 && minor >= 7)) return process.execPath;
  const os = process.platform === "win32" ? "win" : process.platform;
  const file = join(root, "node_modules", `node-${os}-${process.arch}`, "bin", os === "win" ? "node.exe" : "node");
  if (existsSync(file)) return file;
  throw new Error(`Twoway ${tooOld}`);
}

/**
 * Installs if needed, then runs a file of the project on Node 24 with `args` and ends with its exit code.
 * @param {string} file path inside the project
 * @param {string[]} args
 */
export async function runOnNode24(file, args) {
  endWithShell();
  try {
    await ensureInstalled(checkout);
    const node = nodeFor(checkout);
    process.env.PATH = `${join(checkout, "node_modules", ".bin")}${process.platform === "win32" ? ";" : ":"}${process.env.PATH ?? ""}`;
    process.env.NEXT_TELEMETRY_DISABLED = "1";
    if (node === process.execPath) return runHere(file, args);
    const env = { ...process.env, NODE_COMPILE_CACHE: join(checkout, ".cache", "compiled") };
    relay(spawn(node, [join(checkout, file), ...args], { env, stdio: ["inherit", "inherit", "inherit", "ipc"] }));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/** npm gives SIGTERM to the shell that it started us by, and that ends without handing it on: its end is our SIGTERM. */
function endWithShell() {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  watch.unref();
}

/**
 * As the main module of this process: for the file it is as if Node had been called with it.
 * @param {string} file @param {string[]} args
 */
function runHere(file, args) {
  Module.enableCompileCache?.(join(checkout, ".cache", "compiled"));
  process.argv = [process.execPath, join(checkout, file), ...args];
  Module.runMain();
}

/**
 * Hands signals down and the exit code up. The open channel tells the child if this process is killed.
 * @param {import("node:child_process").ChildProcess} child
 */
function relay(child) {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`Node 24 could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code) => process.exit(code ?? 1));
}

/** @param {string} root */
async function npmCi(root) {
  console.log("Installing packages (only the first time, two or three minutes) …");
  const began = Date.now();
  const beat = setInterval(() => console.log(`  … ${Math.round((Date.now() - began) / 1000)} s`), 15_000);
  // Not the npm and node of PATH: those may be the ones in node_modules that are about to be replaced.
  const { npm_node_execpath: node, npm_execpath: npm } = process.env;
  const [command, ...first] = node && npm ? [node, npm] : [process.platform === "win32" ? "npm.cmd" : "npm"];
  const child = spawn(command, [...first, "ci", "--no-audit", "--no-fund"], { cwd: root, stdio: ["ignore", "inherit", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => (said = (said + chunk).slice(-8000)));
  const code = await new Promise((resolve) => child.on("error", (error) => resolve(error.message)).on("close", resolve));
  clearInterval(beat);
  if (code !== 0) throw new Error(whyInstallFailed(said || String(code)));
}

/**
 * One sentence from what npm printed.
 * @param {string} said
 */
export function whyInstallFailed(said) {
  if (/ENOSPC/.test(said)) return "The disk is full: free about 2 GB and start again.";
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(said))
    return "The packages could not be fetched: npm does not reach its registry; check the network and start again.";
  if (/EACCES|EPERM|EROFS/.test(said)) return "The packages could not be written: this account may not write to node_modules.";
  return `The packages could not be installed; npm says:\n${said.trim().split("\n").slice(-12).join("\n")}`;
}

/**
 * A lock by a file that its holder touches every second; one untouched for ten belongs to nobody any more.
 * @param {string} file
 */
async function takeTurn(file) {
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; ; await wait(500)) {
    try {
      closeSync(openSync(file, "wx"));
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
      if (Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 10_000) rmSync(file, { force: true });
      if (!told) console.log("Waiting for another start that installs the packages …");
      told = true;
    }
  }
  const touch = setInterval(() => utimesSync(file, new Date(), new Date()), 1000);
  return () => {
    clearInterval(touch);
    rmSync(file, { force: true });
  };
}
