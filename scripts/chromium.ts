import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { root } from "./steps.ts";
import { Stop } from "./stop.ts";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of a Chromium that runs here: one that is there, else Playwright's own, else the system's, installed now. Throws Stop if none is to be had. */
export function findChromium(say: (line: string) => void): string {
  const there = present();
  if (there) return there;
  for (const [what, install] of [["Playwright's Chromium", fromPlaywright], ["the system's Chromium", fromApt]] as const) {
    say(`Installing ${what} …`);
    install();
    const got = present();
    if (got) return got;
  }
  throw new Stop('The journeys need Chromium: run "npx playwright install --with-deps chromium", or name one in CHROMIUM_PATH.');
}

function present(): string | undefined {
  const all = [process.env.CHROMIUM_PATH, chromium.executablePath(), ...places];
  return all.find((path) => path && existsSync(path) && runs(path));
}

/** A downloaded browser may lack libraries of the system: it is there and yet does not start. */
function runs(path: string): boolean {
  return spawnSync(path, ["--version"], { timeout: 20_000, stdio: "ignore" }).status === 0;
}

function fromPlaywright(): void {
  const cli = join(root, "node_modules", "@playwright", "test", "cli.js");
  spawnSync(process.execPath, [cli, "install", "chromium"], { timeout: 120_000, stdio: "inherit" });
}

function fromApt(): void {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const quiet = { timeout: 300_000, stdio: ["ignore", "ignore", "inherit"] as ["ignore", "ignore", "inherit"] };
  spawnSync("apt-get", ["update", "-qq"], quiet);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { ...quiet, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
}
