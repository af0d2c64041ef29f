import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { realtimeProxy } from "../../scripts/realtime-proxy.ts";

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

test("joins a browser's socket to the service, whose path has no /realtime", async () => {
  const upstream = createServer();
  const asked: IncomingMessage[] = [];
  new WebSocketServer({ server: upstream }).on("connection", (socket, request) => {
    asked.push(request);
    socket.on("message", (message) => socket.send(`got ${message}`));
  });
  const proxy = createServer().on("upgrade", realtimeProxy("127.0.0.1", await listen(upstream)));
  const socket = new WebSocket(`ws://127.0.0.1:${await listen(proxy)}/realtime/app/key?protocol=7`, { origin: "http://desk.example" });
  const answer = await new Promise<string>((resolve, reject) => {
    socket.on("open", () => socket.send("hello")).on("message", (message) => resolve(String(message))).on("error", reject);
  });
  expect(answer).toBe("got hello");
  expect(asked[0]).toMatchObject({ url: "/app/key?protocol=7", headers: { origin: "http://desk.example" } });
  const closed = new Promise((resolve) => socket.on("close", resolve));
  socket.close();
  await closed;
});

test("while the service is away the browser is told to come back", async () => {
  const gone = createServer();
  const port = await listen(gone);
  await new Promise((resolve) => open.pop()!.close(resolve));
  const proxy = createServer().on("upgrade", realtimeProxy("127.0.0.1", port));
  const socket = new WebSocket(`ws://127.0.0.1:${await listen(proxy)}/realtime/app/key`);
  const status = await new Promise((resolve) => socket.on("unexpected-response", (_, response) => resolve(response.statusCode)).on("error", () => {}));
  expect(status).toBe(503);
});

test("one address can't hold every connection there is; what it lets go it can have again", async () => {
  const upstream = createServer();
  new WebSocketServer({ server: upstream });
  const proxy = createServer().on("upgrade", realtimeProxy("127.0.0.1", await listen(upstream), 2));
  const url = `ws://127.0.0.1:${await listen(proxy)}/realtime/app/key`;
  const sockets: WebSocket[] = [];
  const come = (from: string) => {
    const socket = new WebSocket(url, { headers: { "x-forwarded-for": `6.6.6.6, ${from}` } });
    sockets.push(socket);
    return new Promise<number>((resolve) => socket.on("open", () => resolve(101)).on("unexpected-response", (_, response) => resolve(response.statusCode ?? 0)).on("error", () => {}));
  };
  const held = ["9.9.9.9", "9.9.9.9", "9.9.9.9", "8.8.8.8"].map(come);
  const statuses = await Promise.all(held);
  expect(statuses.toSorted()).toEqual([101, 101, 101, 429]);
  expect(statuses[3]).toBe(101);
  for (const socket of sockets) socket.terminate();
  await expect.poll(() => come("9.9.9.9")).toBe(101);
  for (const socket of sockets) socket.terminate();
});
