import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { RawData, WebSocket } from "ws";
import { receive } from "./client.ts";
import { Connection } from "./connection.ts";
import { Hub } from "./hub.ts";
import { headMs, maxBodyBytes, maxConnections, maxFrameBytes, requestMs } from "./limits.ts";
import { Refusal, answer } from "./rest.ts";
import { faultOf } from "./signature.ts";
import type { Credentials } from "./signature.ts";
import { Webhooks } from "./webhooks.ts";

type Options = Credentials & {
  /** On 127.0.0.1; 0 chooses a free one. */
  port: number;
  /** Seconds of silence until a ping. 30 because proxies cut at 60. */
  activityTimeout?: number;
  /** Open WebSockets; who comes after is told 4100 and tries again later. */
  maxConnections?: number;
  /** Where webhooks go; without it there are none. The waits are the vendor's; tests shorten them. */
  webhookUrl?: string;
  webhookWaits?: ConstructorParameters<typeof Webhooks>[1];
};

type Room = { hub: Hub; options: Options; activityTimeout: number };

/**
 * Starts a single-node server of Pusher protocol 7 and its HTTP API on 127.0.0.1.
 * Delivery is best effort and nothing is kept: clients refetch after every reconnect. Rejects when the port is taken.
 */
export async function startRealtime(options: Options): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const webhooks = options.webhookUrl ? new Webhooks({ ...options, url: options.webhookUrl }, options.webhookWaits) : null;
  const hub = new Hub(webhooks?.tell);
  const activityTimeout = options.activityTimeout ?? 30;
  const room: Room = { hub, options, activityTimeout };
  const http = createServer({ headersTimeout: headMs, requestTimeout: requestMs }, (request, response) => void respond(hub, options, request, response));
  // Somewhat more than may stay, so that those too many are told so; a flood beyond it is refused before it costs anything.
  http.maxConnections = 2 * (options.maxConnections ?? maxConnections) + 100;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false, clientTracking: true });
  http.on("upgrade", (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (ws) => admit(ws, request.url ?? "", room));
  });
  const port = await listen(http, options.port);
  const sweep = setInterval(() => keepAlive(hub, activityTimeout * 1000), activityTimeout * 200);

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      clearInterval(sweep);
      for (const ws of sockets.clients) ws.close(1001);
      const cut = setTimeout(() => sockets.clients.forEach((ws) => ws.terminate()), 500);
      await new Promise((done) => {
        http.close(done);
        http.closeIdleConnections();
      });
      clearTimeout(cut);
      await webhooks?.close();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/** Greets a new socket or sends it away with the vendor's code. The proxy in front may leave its `/realtime` prefix on. */
function admit(ws: WebSocket, url: string, { hub, options, activityTimeout }: Room): void {
  const connection = new Connection(ws);
  // A client that breaks the WebSocket framing is closed by ws itself; the event only says so.
  ws.on("error", () => hub.drop(connection));
  ws.on("close", () => hub.drop(connection));
  const { path, query } = split(url);
  const key = /^(?:\/realtime)?\/app\/([^/]+)$/.exec(path)?.[1];
  const protocol = query.get("protocol");
  if (key === undefined) return connection.close(4005, "Path not found");
  if (key !== options.key) return connection.close(4001, "Application does not exist");
  if (protocol === null) return connection.close(4008, "No protocol version supplied");
  if (!/^\d+$/.test(protocol)) return connection.close(4006, "Invalid version string format");
  if (!/^[567]$/.test(protocol)) return connection.close(4007, "Unsupported protocol version");
  if (hub.connections.size >= (options.maxConnections ?? maxConnections)) return connection.close(4100, "Over capacity");
  hub.connections.set(connection.id, connection);
  const heard = () => {
    connection.heardAt = performance.now();
    connection.pinged = false;
  };
  ws.on("pong", heard);
  ws.on("ping", heard);
  ws.on("message", (data: RawData, isBinary: boolean) => {
    heard();
    // After a termination the socket may still deliver what was on its way: nothing of it counts.
    if (!connection.open || !hub.connections.has(connection.id)) return;
    receive({ hub, credentials: options, connection }, isBinary ? "" : (data as Buffer).toString());
  });
  connection.send("pusher:connection_established", { socket_id: connection.id, activity_timeout: activityTimeout });
}

/** Pings who has been silent for the activity timeout, and ends (4201) who then stays silent as long again. */
function keepAlive(hub: Hub, timeoutMs: number): void {
  for (const connection of [...hub.connections.values()]) {
    const silence = performance.now() - connection.heardAt;
    if (silence > 2 * timeoutMs) {
      hub.drop(connection);
      connection.close(4201, "Pong reply not received in time");
    } else if (silence > timeoutMs && !connection.pinged) {
      connection.pinged = true;
      connection.send("pusher:ping", {});
    }
  }
}

async function respond(hub: Hub, options: Options, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = (status: number, text: string) => response.writeHead(status, { "content-type": text.startsWith("{") ? "application/json" : "text/plain" }).end(text);
  try {
    const { path, query } = split(request.url ?? "/");
    const [, apps, appId, ...rest] = path.split("/");
    const method = request.method ?? "GET";
    const body = await bodyOf(request);
    if (apps !== "apps") throw new Refusal(404, "Not found");
    const fault = appId === options.appId ? faultOf(options, { method, path, query, body }) : "Unknown app";
    if (fault !== null) throw new Refusal(401, fault);
    reply(200, JSON.stringify(answer(method, { hub, path: rest.map(decodeURIComponent), query, body })));
  } catch (error) {
    if (error instanceof Refusal) reply(error.status, error.message);
    else if (error instanceof URIError) reply(400, "The path is not valid");
    else if (request.destroyed) response.destroy(); // the client went away before its body was read
    else {
      process.stderr.write(`realtime: ${error instanceof Error ? error.stack : String(error)}\n`);
      reply(500, "Internal error");
    }
  }
}

/** Path and query as they were sent, since signatures are made over them. */
function split(url: string): { path: string; query: URLSearchParams } {
  const [path = "/", ...query] = url.split("?");
  return { path, query: new URLSearchParams(query.join("?")) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and dropped, so that the client gets to see the answer.
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  if (size > maxBodyBytes) throw new Refusal(413, `The body exceeds the allowed maximum (${maxBodyBytes} bytes)`);
  return Buffer.concat(chunks).toString();
}
