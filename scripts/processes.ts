import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

export type Running = { uptimeSeconds: number; memoryBytes: number; memoryIs: "PSS" | "RSS" };

/**
 * What a process takes. On Linux its proportional share of memory (PSS, so that what processes share is counted once);
 * elsewhere its resident size. Null when there is no such process.
 */
export function runningAs(pid: number): Running | null {
  if (!existsSync("/proc/self/stat")) return byPs(pid);
  try {
    const bytes = (text: string, name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0) * 1024;
    // Field 22 counts from after the name, which may hold spaces: ticks (100 a second) from the machine's start.
    const started = Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19]) / 100;
    const uptimeSeconds = Math.max(0, Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]) - started);
    return { uptimeSeconds, memoryBytes: bytes(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"), "Pss"), memoryIs: "PSS" };
  } catch {
    return null; // It has ended, now or before.
  }
}

function byPs(pid: number): Running | null {
  try {
    const [kilobytes = "0", elapsed = "0"] = execFileSync("ps", ["-o", "rss=,etime=", "-p", String(pid)], { encoding: "utf8" }).trim().split(/\s+/);
    const [days, clock = ""] = elapsed.includes("-") ? elapsed.split("-") : ["0", elapsed];
    const uptimeSeconds = Number(days) * 86_400 + clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
    return { uptimeSeconds, memoryBytes: Number(kilobytes) * 1024, memoryIs: "RSS" };
  } catch {
    return null; // ps answers 1 for a number that no process has.
  }
}
