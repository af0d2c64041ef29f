import type { Status } from "./status.ts";
import { megabytes } from "./snapshot.ts";

const widest = 150;

/** The status as a person reads it at a terminal. */
export function printed(status: Status): string {
  const { rows, jobs, waiting, backup, data, logs } = status;
  const memory = rows.reduce((sum, { memoryBytes = 0 }) => sum + memoryBytes, 0);
  const kind = rows.find(({ memoryIs }) => memoryIs)?.memoryIs ?? "memory";
  const table = rows.map(({ name, state, pid, uptimeSeconds, memoryBytes, restarts, address }) => [
    name, state, String(pid), uptimeSeconds === undefined ? "-" : duration(uptimeSeconds), memoryBytes === undefined ? "-" : megabytes(memoryBytes), String(restarts), address,
  ]);
  return [
    headline(status),
    ...(rows.length > 0 ? ["", ...aligned([["process", "state", "pid", "up for", kind, "restarts", "address"], ...table])] : []),
    ...(memory > 0 ? ["", `Memory   ${megabytes(memory)} in all`] : [""]),
    ...(jobs ? [`Jobs     ${jobs.waiting} due${jobs.waiting > 0 ? `, the oldest for ${duration(jobs.oldestMs / 1000)}` : ""}; ${jobs.running} runs in progress, ${jobs.failedInDay} failed in the last day`] : []),
    ...(waiting ? [`Waiting  changes to be announced: ${waiting.unannounced}, letters to be sent: ${waiting.letters}`] : []),
    `Backup   ${backup ? `${duration((Date.now() - Date.parse(backup.at)) / 1000)} ago, in ${backup.folder}` : "none yet: npm run backup"}`,
    `Data     ${Object.entries(data).map(([name, bytes]) => `${name} ${megabytes(bytes)}`).join(", ") || "none"}`,
    ...logs.flatMap(({ file, lines }) => [`Log      ${file}`, ...lines.map((line) => `           ${harmless(line).slice(0, widest)}`)]),
  ].join("\n");
}

/** A log may hold what strangers sent: nothing in it is a command to the terminal. */
const harmless = (line: string): string => line.replace(/\p{Cc}/gu, "�");

function headline({ state, dataDir, since }: Status): string {
  if (state === "running") return `The desk on ${dataDir} runs, since ${since}.`;
  if (state === "down") return `The desk on ${dataDir} runs, but something is down.`;
  if (state === "killed") return `No desk runs on ${dataDir}. The last one was killed before it could say so; npm start brings everything back.`;
  return `No desk runs on ${dataDir}.`;
}

function aligned(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd()}`);
}

/** 7384 seconds as "2 h 3 min". */
function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)];
  if (hours === 0) return `${minutes} min`;
  return days === 0 ? `${hours} h ${minutes % 60} min` : `${days} d ${hours % 24} h`;
}
