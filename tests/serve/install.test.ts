import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

type Install = {
  needsInstall(root: string): boolean;
  nodeFor(root: string, version?: string): string;
  whyInstallFailed(said: string): string;
};
// Plain JavaScript for Node 20, so it comes without types.
const { needsInstall, nodeFor, whyInstallFailed }: Install = await import(new URL("../../scripts/install.mjs", import.meta.url).href);

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "twoway-install-"));
  writeFileSync(join(root, "package-lock.json"), "{}");
});
afterEach(() => rmSync(root, { recursive: true }));

function installedAt(seconds: number): void {
  const file = join(root, "node_modules", ".package-lock.json");
  mkdirSync(join(root, "node_modules"), { recursive: true });
  writeFileSync(file, "{}");
  utimesSync(file, seconds, seconds);
  utimesSync(join(root, "package-lock.json"), 1000, 1000);
}

describe("whether packages must be installed", () => {
  test("yes without node_modules", () => expect(needsInstall(root)).toBe(true));

  test("yes when an install was cut short", () => {
    mkdirSync(join(root, "node_modules", "next"), { recursive: true });
    expect(needsInstall(root)).toBe(true);
  });

  test("yes when the lock file is newer", () => {
    installedAt(999);
    expect(needsInstall(root)).toBe(true);
  });

  test("no otherwise", () => {
    installedAt(1000);
    expect(needsInstall(root)).toBe(false);
  });
});

describe("the Node that the project runs on", () => {
  test.each(["24.7.0", "24.21.0", "25.0.0"])("is this one when it is %s", (version) => expect(nodeFor(root, version)).toBe(process.execPath));

  test.each(["20.20.2", "22.0.0", "24.6.9"])("is the one among the packages when this one is %s", (version) => {
    const os = process.platform === "win32" ? "win" : process.platform;
    const file = join(root, "node_modules", `node-${os}-${process.arch}`, "bin", os === "win" ? "node.exe" : "node");
    expect(() => nodeFor(root, version)).toThrow(/needs Node 24.7 or newer; install it/);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "");
    expect(nodeFor(root, version)).toBe(file);
  });
});

test.each([
  ["npm error code ENOTFOUND\nnpm error network request failed", /check the network/],
  ["npm error code EAI_AGAIN", /check the network/],
  ["npm error nospc ENOSPC: no space left on device", /disk is full/],
  ["npm error code EACCES", /may not write to node_modules/],
  ["npm error something else", /npm says:\nnpm error something else/],
])("a failed install is told by its cause: %s", (said, sentence) => expect(whyInstallFailed(said)).toMatch(sentence));
