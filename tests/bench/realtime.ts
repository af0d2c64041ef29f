/**
 * Realtime under load: 500 subscribers of one channel and 20 messages a second, then 5,000 quiet connections, each in
 * the common channel and in one of its own. Run: npm run bench -- realtime
 * Service and subscribers are processes of their own, so that only the service's work is in its figures. Prints the
 * time from trigger to subscriber (p50, p95, max), CPU per delivery, and the resident memory that connections cost.
 */
import { fork, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import Pusher from "pusher";
import { WebSocket } from "ws";
import { startRealtime } from "../../local/realtime/server.ts";

const busy = { subscribers: 500, perSecond: 20, seconds: 10 };
const quiet = { connections: 5_000 };
const credentials = { appId: "bench", key: "bench-key", secret: "bench-secret" };

type Load = { cpuMs: number; residentBytes: number };

const quantile = (sorted: readonly number[], share: number) => `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)} ms`;
const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

/** The service; answers every word with what it has used so far. */
async function service(): Promise<void> {
  const { port } = await startRealtime({ ...credentials, port: 0 });
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1000, residentBytes: process.memoryUsage.rss() } satisfies Load);
  });
  process.send?.({ port });
}

/** A crowd of bare sockets; answers a word with the delays that it saw, in ms. */
async function crowd(port: number, size: number, ownChannels: boolean): Promise<void> {
  const delays: number[] = [];
  for (let n = 0; n < size; n += 1) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/app/${credentials.key}?protocol=7`, { perMessageDeflate: false });
    await once(socket, "message");
    for (const channel of ownChannels ? ["bench", `user-${n}`] : ["bench"]) {
      socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel } }));
      await once(socket, "message");
    }
    socket.on("message", (bytes: Buffer) => {
      const message = JSON.parse(bytes.toString()) as { event: string; data: string };
      if (message.event === "tick") delays.push(Date.now() - (JSON.parse(message.data) as { at: number }).at);
    });
  }
  process.on("message", () => process.send?.(delays));
  process.send?.("subscribed");
}

async function ask<T>(child: ChildProcess): Promise<T> {
  child.send("report");
  return (await once(child, "message"))[0] as T;
}

async function started(...words: string[]): Promise<{ child: ChildProcess; said: unknown }> {
  const child = fork(import.meta.filename, words, { execArgv: ["--max-semi-space-size=2"] }); // as the launcher runs services
  return { child, said: (await once(child, "message"))[0] };
}

async function listening() {
  const { child, said } = await started("service");
  return { server: child, port: (said as { port: number }).port };
}

async function measureSpeed(): Promise<void> {
  const { server, port } = await listening();
  const { child: readers } = await started("crowd", String(port), String(busy.subscribers));
  const pusher = new Pusher({ ...credentials, host: "127.0.0.1", port: String(port), useTLS: false });
  const before = await ask<Load>(server);
  const sends: Promise<unknown>[] = [];
  for (let n = 0; n < busy.perSecond * busy.seconds; n += 1) {
    sends.push(pusher.trigger("bench", "tick", { at: Date.now(), id: "ticket", version: n }));
    await wait(1000 / busy.perSecond);
  }
  await Promise.all(sends);
  await wait(1000);
  const cpuMs = (await ask<Load>(server)).cpuMs - before.cpuMs;
  const delays = (await ask<number[]>(readers)).sort((a, b) => a - b);
  console.log(`${busy.subscribers} subscribers, ${busy.perSecond} messages/s for ${busy.seconds} s: ${delays.length} of ${busy.subscribers * sends.length} delivered`);
  console.log(`trigger → subscriber: p50 ${quantile(delays, 0.5)}, p95 ${quantile(delays, 0.95)}, max ${quantile(delays, 1)}`);
  console.log(`service: ${((cpuMs * 1000) / delays.length).toFixed(1)} µs CPU a delivery, ${(cpuMs / 10 / (busy.seconds + 1)).toFixed(0)} % of a core`);
  for (const child of [readers, server]) child.kill();
}

async function measureMemory(): Promise<void> {
  const { server, port } = await listening();
  const empty = (await ask<Load>(server)).residentBytes;
  const { child: readers } = await started("crowd", String(port), String(quiet.connections), "own");
  const full = (await ask<Load>(server)).residentBytes;
  console.log(`${quiet.connections} connections in 2 channels each: ${megabytes(full)} resident (${megabytes(empty)} without any), ${((full - empty) / 1024 / quiet.connections).toFixed(1)} KB a connection`);
  for (const child of [readers, server]) child.kill();
}

/** A shell may allow too few open files for the crowd: then all of it runs again in one that allows more. */
function needsMoreFiles(): boolean {
  if (process.platform === "win32" || process.env["FILES_RAISED"]) return false;
  const limit = Number(spawnSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }).stdout);
  return limit < quiet.connections + 200;
}

const [role, port, size, own] = process.argv.slice(2);
if (role === "service") await service();
else if (role === "crowd") await crowd(Number(port), Number(size), own !== undefined);
else if (needsMoreFiles()) process.exit(spawnSync("sh", ["-c", 'ulimit -n "$(ulimit -Hn)" && exec "$0" "$1"', process.execPath, import.meta.filename], { stdio: "inherit", env: { ...process.env, FILES_RAISED: "1" } }).status ?? 1);
else {
  await measureSpeed();
  await measureMemory();
}
