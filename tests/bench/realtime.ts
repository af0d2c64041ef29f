/**
 * Realtime under load: 500 subscribers on one channel, 20 messages a second. Run: node tests/bench/realtime.ts
 * The subscribers are bare sockets in a process of their own, so that only the service's work is in the figures.
 * Prints the time from trigger to subscriber (p50, p95, max), CPU per delivery of the service, and memory a connection.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import Pusher from "pusher";
import { WebSocket } from "ws";
import { startRealtime } from "../../local/realtime/server.ts";

const subscribers = Number(process.env["SUBSCRIBERS"] ?? 500);
const perSecond = 20;
const seconds = 10;
const credentials = { appId: "bench", key: "bench-key", secret: "bench-secret" };

function quantile(sorted: number[], share: number): string {
  return `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)} ms`;
}

async function service(): Promise<void> {
  const { port } = await startRealtime({ ...credentials, port: 0 });
  let cpu = process.cpuUsage();
  let rss = process.memoryUsage.rss();
  process.on("message", (word) => {
    if (word === "begin") cpu = process.cpuUsage();
    const { user, system } = process.cpuUsage(cpu);
    process.send?.({ cpuMs: (user + system) / 1000, grownBytes: process.memoryUsage.rss() - rss });
    if (word === "reset") rss = process.memoryUsage.rss();
  });
  process.send?.({ port });
}

async function listeners(port: number): Promise<void> {
  const delays: number[] = [];
  const sockets = Array.from({ length: subscribers }, () => new WebSocket(`ws://127.0.0.1:${port}/app/${credentials.key}?protocol=7`));
  await Promise.all(sockets.map(async (socket) => {
    await once(socket, "message");
    socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel: "bench" } }));
    socket.on("message", (bytes: Buffer) => {
      const message = JSON.parse(bytes.toString()) as { event: string; data: string };
      if (message.event === "tick") delays.push(Date.now() - (JSON.parse(message.data) as { at: number }).at);
    });
  }));
  process.on("message", () => process.send?.(delays));
  process.send?.("subscribed");
}

async function ask<T>(child: ReturnType<typeof fork>, word: string): Promise<T> {
  child.send(word);
  return (await once(child, "message"))[0] as T;
}

async function measure(): Promise<void> {
  const server = fork(import.meta.filename, ["service"]);
  const [{ port }] = (await once(server, "message")) as [{ port: number }];
  await ask(server, "reset");
  const crowd = fork(import.meta.filename, ["listeners", String(port)]);
  await once(crowd, "message");
  const pusher = new Pusher({ ...credentials, host: "127.0.0.1", port: String(port), useTLS: false });
  const { grownBytes } = await ask<{ grownBytes: number }>(server, "begin");
  const sends: Promise<unknown>[] = [];
  for (let n = 0; n < perSecond * seconds; n += 1) {
    sends.push(pusher.trigger("bench", "tick", { at: Date.now(), id: "ticket", version: n }));
    await new Promise((done) => setTimeout(done, 1000 / perSecond));
  }
  await Promise.all(sends);
  await new Promise((done) => setTimeout(done, 1000));
  const { cpuMs } = await ask<{ cpuMs: number }>(server, "end");
  const delays = (await ask<number[]>(crowd, "report")).sort((a, b) => a - b);
  console.log(`${subscribers} subscribers, ${perSecond} messages/s for ${seconds} s: ${delays.length} of ${subscribers * sends.length} delivered`);
  console.log(`trigger → subscriber: p50 ${quantile(delays, 0.5)}, p95 ${quantile(delays, 0.95)}, max ${quantile(delays, 1)}`);
  console.log(`service: ${((cpuMs * 1000) / delays.length).toFixed(1)} µs CPU a delivery, ${((cpuMs / 10) / (seconds + 1)).toFixed(0)} % of a core, ${(grownBytes / 1024 / subscribers).toFixed(1)} KB a connection`);
  for (const child of [crowd, server]) child.kill();
}

const [role, port] = process.argv.slice(2);
if (role === "service") await service();
else if (role === "listeners") await listeners(Number(port));
else await measure();
