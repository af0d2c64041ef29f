import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { addressIn } from "../lib/address.ts";

/** An office behind one address has room in it; the service's own limit for all (10,000) is not one stranger's to use up. */
const mostOfOne = 500;

/**
 * Joins a browser's upgrade of `/realtime/app/…` to the realtime service, which knows the path as `/app/…`.
 * The bytes go through unread. While the service is away the browser is told 503 and tries again by itself;
 * an address that holds `most` already is told 429.
 */
export function realtimeProxy(host: string, port: number, most = mostOfOne) {
  const open = new Map<string, number>();
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const forwarded = request.headers["x-forwarded-for"];
    const address = addressIn(String(forwarded ?? request.socket.remoteAddress ?? ""));
    const count = (open.get(address) ?? 0) + 1;
    if (count > most) return void socket.end("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\nConnection: close\r\n\r\n");
    open.set(address, count);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
    const upstream = connect({ host, port, noDelay: true });
    let joined = false;
    upstream.on("connect", () => {
      joined = true;
      upstream.write(requestHead(request));
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on("error", () => {
      if (joined) socket.destroy();
      else socket.end("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n");
    });
    upstream.on("close", () => joined && socket.destroy());
    socket.on("close", () => upstream.destroy());
  };
}

function requestHead(request: IncomingMessage): string {
  const path = request.url!.slice("/realtime".length);
  const raw = request.rawHeaders;
  const headers = raw.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${raw[at + 1]}`] : []));
  return [`${request.method} ${path} HTTP/1.1`, ...headers, "", ""].join("\r\n");
}
