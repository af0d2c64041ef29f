import { createServer, request, type ClientRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FormBodies } from "../../scripts/form-bodies.ts";

let server: Server;
let begun = 0;
const open: ClientRequest[] = [];

beforeAll(async () => {
  const bodies = new FormBodies();
  server = createServer((incoming, response) => {
    if (!bodies.admit(incoming, response)) return;
    begun += 1;
    incoming.resume().on("end", () => response.end()).on("error", () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  for (const each of open) each.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function begin(path: string, headers: Record<string, string> = {}, method = "POST"): ClientRequest {
  const sent = request({ host: "127.0.0.1", port: (server.address() as AddressInfo).port, path, method, headers });
  open.push(sent.on("error", () => {}));
  return sent;
}
const statusOf = (path: string, headers?: Record<string, string>, method?: string) =>
  new Promise<number | undefined>((resolve) => begin(path, headers, method).on("response", (response) => resolve(response.resume().statusCode)).end("x"));

/** Begins a body that does not end. */
async function endless(path: string): Promise<ClientRequest> {
  const before = begun;
  const sent = begin(path, { "transfer-encoding": "chunked" });
  sent.write("x");
  await expect.poll(() => begun).toBe(before + 1);
  return sent;
}

test("bodies that never end, or are large, can't fill the memory: a few are let in, then pages take only small ones", async () => {
  const held = [];
  for (const path of ["/contact", "/", "/sign-in", "/api/../contact", "/api/%2e%2e/contact", "/x.png"]) held.push(await endless(path));
  expect(await statusOf("/contact", { "transfer-encoding": "chunked" })).toBe(503);
  expect(await statusOf("/contact", { "transfer-encoding": "chunked" }, "PUT")).toBe(503);
  expect(await statusOf("/sign-in")).toBe(200);
  expect(await statusOf("/api/v1/attachments?x=1", { "transfer-encoding": "chunked" })).toBe(200);
  held[0]?.destroy();
  await expect.poll(() => statusOf("/contact", { "transfer-encoding": "chunked" })).toBe(200);
});
