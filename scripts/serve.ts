import "./leash.ts";
import { createServer } from "node:http";
import type { Duplex } from "node:stream";
import { join } from "node:path";
import next from "next";
import { FormBodies } from "./form-bodies.ts";
import { realtimeProxy } from "./realtime-proxy.ts";

/*
 * Next on an http server of our own, so that pages and the realtime socket share one public port. Runs with the
 * environment that scripts/environments.ts makes, and prints the ready line of a service.
 */
// A plain copy: the real environment asks the system at each look, and the jobs' SDK looks all of it through at every call.
process.env = { ...process.env };
const { HOST = "127.0.0.1", PORT = "3000", NODE_ENV, PUSHER_HOST, PUSHER_PORT } = process.env;
const port = Number(PORT);
const dev = NODE_ENV === "development";
const drainMs = 10_000;

// A server that never listens: Next would add its own upgrade listener to ours and end sockets that are not its own.
const httpServer = createServer();
const app = next({ dev, dir: join(import.meta.dirname, ".."), hostname: HOST, port, httpServer });
const answer = app.getRequestHandler();
// A Pusher-compatible server, local or not, is reached by browsers through this port; Pusher itself has no host of ours.
const realtime = PUSHER_HOST ? realtimeProxy(PUSHER_HOST, Number(PUSHER_PORT ?? 80)) : null;

let stopping = false;
const upgraded = new Set<Duplex>();
/** What a proxy on this machine says of a request is believed; from anybody else it is a claim. */
const believed = (address: string | undefined) => address === undefined || /^(::ffff:)?127\.|^::1$/.test(address);
const claims = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "forwarded"];

const bodies = new FormBodies();
const server = createServer((request, response) => {
  if (!believed(request.socket.remoteAddress)) for (const claim of claims) delete request.headers[claim];
  if (stopping) response.setHeader("Connection", "close");
  if (!bodies.admit(request, response)) return;
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    response.destroy();
  });
});
// A reverse proxy in front keeps connections for about a minute: closing first would fail the request it is just sending.
server.keepAliveTimeout = 65_000;
server.headersTimeout = 66_000;
// 25 MB over a slow line take their time.
server.requestTimeout = 600_000;

server.on("upgrade", (request, socket, head) => {
  if (!believed(request.socket.remoteAddress)) for (const claim of claims) delete request.headers[claim];
  upgraded.add(socket);
  socket.on("close", () => upgraded.delete(socket)).on("error", () => socket.destroy());
  if (realtime && request.url?.startsWith("/realtime/app/")) return realtime(request, socket, head);
  // The page reload of `next dev`; a production server of Next has no sockets.
  if (!dev || !httpServer.emit("upgrade", request, socket, head)) socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
});

/** New connections are refused, answers in flight end, sockets are cut: browsers come back to the next process by themselves. */
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of upgraded) socket.destroy();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const late = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
  await app.close();
  process.exit(0);
}

process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());

server.on("error", (error: NodeJS.ErrnoException) => {
  console.error(error.code === "EADDRINUSE" ? `Port ${port} is taken.` : error.message);
  process.exit(error.code === "EADDRINUSE" ? 3 : 4);
});

await app.prepare();
server.listen(port, HOST, () => console.log(JSON.stringify({ ready: true })));
