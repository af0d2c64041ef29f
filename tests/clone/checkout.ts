import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sourceHash } from "../../scripts/build.ts";

const here = join(import.meta.dirname, "..", "..");

export type Checkout = { root: string; remove(): void };

/**
 * A second checkout of the project as it is now, in a temporary folder: what git tracks or would track, nothing
 * else. Packages are hard links to ours, and a build of the same sources is taken along; without one the first
 * start builds (minutes). That packages install from nothing is shown by every run on a fresh machine.
 */
export function cloneProject(): Checkout {
  const root = mkdtempSync(join(tmpdir(), "twoway-clone-"));
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: here, encoding: "utf8", maxBuffer: 1e8 });
  for (const file of listed.split("\0").filter((name) => name && existsSync(join(here, name))))
    cpSync(join(here, file), join(root, file));
  takePackages(root);
  utimesSync(join(root, "package-lock.json"), 0, 0); // Older than the packages, or the first start would install them again.
  const build = `.next-${sourceHash(root)}`;
  const besides = join(here, build, "desks");
  if (existsSync(join(here, build))) cpSync(join(here, build), join(root, build), { recursive: true, filter: (path) => path !== besides });
  return { root, remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }) };
}

function takePackages(root: string): void {
  const from = join(here, "node_modules");
  try {
    execFileSync("cp", ["-al", from, join(root, "node_modules")], { stdio: "ignore" });
  } catch {
    // Another file system, or a cp without links: a copy takes longer and shows the same.
    rmSync(join(root, "node_modules"), { recursive: true, force: true });
    execFileSync("cp", ["-R", "-p", from, dirname(join(root, "node_modules"))]);
  }
}
