import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { buildAside, folders, rootFiles, sourceHash } from "../../scripts/build.ts";
import { Stop } from "../../scripts/stop.ts";

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

describe("a build aside", () => {
  /** A stand-in for Next's own program. */
  const next = (text: string) => {
    mkdirSync(join(root, "node_modules", "next", "dist", "bin"), { recursive: true });
    mkdirSync(join(root, ".next"));
    writeFileSync(join(root, "node_modules", "next", "dist", "bin", "next"), text);
  };
  const said: string[] = [];
  const aside = (signal = new AbortController().signal) => buildAside(root, (line) => said.push(line), signal);

  test("answers the folder, which stays as long as the asking process", async () => {
    next(`require("node:fs").writeFileSync(".next/BUILD_ID", "x")`);
    const folder = await aside();
    expect(folder).toBe(`.next-${sourceHash(root)}`);
    expect(readdirSync(join(root, folder)).toSorted()).toEqual(["BUILD_ID", "desks"]);
    expect(readdirSync(join(root, folder, "desks"))).toEqual([String(process.pid)]);
    expect(said.at(-1)).toMatch(/^Building/);
    expect(await aside()).toBe(folder);
  });

  test("that fails is told in a sentence with the end of its log", async () => {
    next(`console.log("Type error: no"); process.exitCode = 1`);
    await expect(aside()).rejects.toThrow(/^The build failed \(all of it is in \.cache\/build\.log\):\n\nType error: no$/);
    await expect(aside()).rejects.toThrow(Stop);
  });

  test("ends with the start that asked for it, Next included", async () => {
    next(`require("node:fs").writeFileSync("pid", String(process.pid)); setInterval(() => {}, 1000)`);
    const ending = new AbortController();
    const building = aside(ending.signal);
    const pid = await vi.waitFor(() => Number(readFileSync(join(root, "pid"), "utf8")), { timeout: 10_000 });
    ending.abort();
    await expect(building).rejects.toThrow(/abort/);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), { timeout: 5000 });
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
