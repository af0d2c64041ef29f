import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** How a service behind a gate seems: there, away (503), or taking what it is given and falling silent before it answers. */
type Weather = "open" | "away" | "silent";
export type Gate = { url: string; weather: Weather; asked: number; close: () => Promise<void> };

/** Stands before a real service on 127.0.0.1 and passes requests on, as the weather allows. */
export async function startGate(target: string): Promise<Gate> {
  const server = createServer((request, response) => {
    gate.asked += 1;
    void passed(request).then(({ status, type, body }) => {
      if (gate.weather === "silent") return response.destroy();
      response.writeHead(status, { "content-type": type }).end(body);
    });
  });
  async function passed(request: IncomingMessage): Promise<{ status: number; type: string; body: string }> {
    const sent = Buffer.concat(await request.toArray());
    if (gate.weather === "away") return { status: 503, type: "application/json", body: JSON.stringify({ statusCode: 503, name: "internal_server_error", message: "away" }) };
    const headers = Object.entries(request.headers).flatMap(([name, value]) => (typeof value === "string" && name !== "host" && name !== "connection" && name !== "content-length" ? [[name, value] as [string, string]] : []));
    const answer = await fetch(new URL(request.url ?? "/", target), { method: request.method ?? "GET", headers, ...(sent.length > 0 ? { body: sent } : {}) });
    return { status: answer.status, type: answer.headers.get("content-type") ?? "text/plain", body: await answer.text() };
  }
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const gate: Gate = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, weather: "open", asked: 0,
    close: () => new Promise((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    }),
  };
  return gate;
}
