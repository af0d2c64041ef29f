import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folders, rootFiles, sourceHash } from "../../scripts/build.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "twoway-build-"));
  mkdirSync(join(root, "app", "inbox"), { recursive: true });
  writeFileSync(join(root, "app", "inbox", "page.tsx"), "one");
  writeFileSync(join(root, "next.config.ts"), "config");
});
afterEach(() => rmSync(root, { recursive: true }));

describe("the name of a build", () => {
  test("changes with content, path and configuration", () => {
    const seen = new Set([sourceHash(root)]);
    writeFileSync(join(root, "app", "inbox", "page.tsx"), "two");
    seen.add(sourceHash(root));
    renameSync(join(root, "app", "inbox", "page.tsx"), join(root, "app", "page.tsx"));
    seen.add(sourceHash(root));
    writeFileSync(join(root, "next.config.ts"), "other config");
    seen.add(sourceHash(root));
    expect(seen.size).toBe(4);
  });

  test("does not tell where a file ends and the next one begins by their bytes alone", () => {
    writeFileSync(join(root, "app", "a"), "x");
    writeFileSync(join(root, "app", "b"), "y");
    const before = sourceHash(root);
    writeFileSync(join(root, "app", "a"), "");
    writeFileSync(join(root, "app", "b"), "xy");
    expect(sourceHash(root)).not.toBe(before);
  });

  test("is the same in a copy, and whatever lies beside the sources", () => {
    const copy = `${root}-copy`;
    cpSync(root, copy, { recursive: true });
    for (const folder of ["tests", "docs", ".data", "node_modules"]) {
      mkdirSync(join(copy, folder));
      writeFileSync(join(copy, folder, "file.ts"), "beside");
    }
    expect(sourceHash(copy)).toBe(sourceHash(root));
    rmSync(copy, { recursive: true });
  });
});

test("every file and folder of the project is either in the build or known to be beside it", () => {
  const beside = [
    ".ci", ".env.example", ".gitignore", ".npmrc", "CONTRIBUTING.md", "DECISIONS.md", "LICENSE", "README.md", "docs",
    "eslint.config.mjs", "package.json", "playwright.config.ts", "scripts", "tests", "vitest.config.ts",
  ];
  const tracked = execFileSync("git", ["ls-tree", "--name-only", "HEAD"], { encoding: "utf8" }).trim().split("\n");
  expect(tracked.filter((name) => ![...folders, ...rootFiles, ...beside].includes(name))).toEqual([]);
});
