import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, get, type Server } from "node:http";
import { request, type RequestOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import Pusher from "pusher";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startRealtime } from "../../local/realtime/server.ts";
import { findChromium } from "../../scripts/chromium.ts";
import { realtimeProxy } from "../../scripts/realtime-proxy.ts";
import { programOf, runProxy, type Places, type ProxyName } from "./proxy-programs.ts";

const root = join(import.meta.dirname, "../..");
const keys = { appId: "desk", key: "desk-key", secret: "desk-secret" };
const client = readFileSync(join(root, "node_modules/pusher-js/dist/web/pusher.min.js"));
const samples = { nginx: "docs/proxy/nginx.conf", caddy: "docs/proxy/Caddyfile" } as const;
const megabyte = 1024 * 1024;

let folder: string;
let realtime: Awaited<ReturnType<typeof startRealtime>>;
let upstream: Server;
let finishStream = () => {};
let executablePath: string;

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const listening = (server: Server) => new Promise<Server>((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));

/** A desk in small: a page, what it was asked, uploads, an answer that takes its time; and the desk's own socket. */
const desk = () => createServer((incoming, response) => {
  switch (incoming.url) {
    case "/":
      return response.writeHead(200, { "content-type": "text/html", "content-security-policy": "connect-src 'self'" }).end(`<title>Desk</title><script src="/pusher.js"></script>`);
    case "/pusher.js":
      return response.end(client);
    case "/echo":
      return response.end(JSON.stringify(incoming.headers));
    case "/api/chat":
      response.writeHead(200, { "content-type": "text/event-stream" }).write("data: first\n\n");
      finishStream = () => response.end("data: last\n\n");
      return;
    default: {
      let size = 0;
      incoming.on("data", (chunk: Buffer) => { size += chunk.length; }).on("end", () => response.end(String(size)));
      return incoming.on("error", () => response.destroy()); // a proxy that stops an upload in its middle
    }
  }
});

beforeAll(async () => {
  executablePath = findChromium(() => undefined);
  folder = mkdtempSync(join(tmpdir(), "twoway-proxies-"));
  realtime = await startRealtime({ ...keys, port: 0 });
  upstream = await listening(desk().on("upgrade", realtimeProxy("127.0.0.1", realtime.port)));
  const made = spawnSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", join(folder, "key.pem"), "-out", join(folder, "certificate.pem")], { stdio: "ignore" });
  expect(made.status).toBe(0);
}, 480_000); // a machine without a browser gets one now
afterAll(async () => {
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  await realtime.close();
  rmSync(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = await listening(createServer());
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe.each(Object.keys(samples) as ProxyName[])("the sample for %s", (name) => {
  const program = programOf(name);
  const it = test.skipIf(program === null);
  let places: Places;
  let stop = async () => {};

  beforeAll(async () => {
    if (program === null) return;
    places = { folder, https: await freePort(), http: await freePort(), upstream: portOf(upstream), certificate: join(folder, "certificate.pem"), key: join(folder, "key.pem") };
    const child = await runProxy(name, program, readFileSync(join(root, samples[name]), "utf8"), places);
    stop = () => new Promise((resolve) => { child.once("exit", () => resolve()).kill("SIGTERM"); });
  });
  afterAll(() => stop());

  const ask = (path: string, options: RequestOptions = {}, body?: Buffer) => new Promise<{ status: number; text: string; hsts: string | undefined }>((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: places.https, path, ca: readFileSync(places.certificate), agent: false, ...options }, async (response) => {
      let text = "";
      for await (const chunk of response) text += String(chunk);
      resolve({ status: response.statusCode ?? 0, text, hsts: response.headers["strict-transport-security"] });
    });
    asked.on("error", reject).end(body);
  });

  test.skipIf(program !== null)(`is not tried: ${name} is not on this machine, and there is no Debian package to be had`, () => undefined);

  it("says itself who asks, and passes on no claim of the client", async () => {
    const host = `127.0.0.1:${places.https}`;
    const claims = { "X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example", "X-Forwarded-Port": "666", Forwarded: "for=6.6.6.6" };
    const headers = JSON.parse((await ask("/echo", { headers: claims })).text) as Record<string, string>;
    expect(headers).toMatchObject({ host, "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https", "x-forwarded-host": host });
    expect([headers["x-forwarded-port"] ?? "", headers["forwarded"] ?? ""]).toEqual(["", ""]);
    expect(JSON.stringify(headers)).not.toMatch(/6\.6\.6\.6|evil|666/);
  });

  it("sends plain HTTP on to HTTPS", async () => {
    const location = await new Promise<string | undefined>((resolve, reject) => get(`http://127.0.0.1:${places.http}/desk?view=all`, (response) => resolve(response.resume().headers.location)).on("error", reject));
    expect(location).toMatch(/^https:\/\/127\.0\.0\.1.*\/desk\?view=all$/);
  });

  it("tells browsers to come by HTTPS alone", async () => {
    for (const path of ["/", "/echo"]) expect((await ask(path)).hsts).toBe("max-age=31536000");
  });

  it("takes an attachment of 25 MB and refuses what is far larger", async () => {
    expect(await ask("/upload", { method: "POST" }, Buffer.alloc(26 * megabyte))).toMatchObject({ status: 200, text: String(26 * megabyte) });
    const refused = await ask("/upload", { method: "POST" }, Buffer.alloc(32 * megabyte)).catch((error: NodeJS.ErrnoException) => error.code);
    expect(["EPIPE", "ECONNRESET", 413, 502]).toContain(typeof refused === "object" ? refused.status : refused);
  });

  it("passes a streamed answer on while it is written", async () => {
    const chunks: string[] = [];
    await new Promise<void>((resolve, reject) => {
      request({ host: "127.0.0.1", port: places.https, path: "/api/chat", ca: readFileSync(places.certificate), agent: false }, (response) => {
        response.on("data", (chunk) => { chunks.push(String(chunk)); if (chunks.length === 1) finishStream(); }).on("end", resolve);
      }).on("error", reject).end();
    });
    expect(chunks.join("")).toBe("data: first\n\ndata: last\n\n");
    expect(chunks.length).toBeGreaterThan(1);
  });

  it("serves a page in Chromium whose socket lives, under a policy of 'self'", async () => {
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
    try {
      const page = await browser.newPage({ ignoreHTTPSErrors: true });
      await page.goto(`https://127.0.0.1:${places.https}/`);
      await page.evaluate(({ key, port }) => new Promise<void>((resolve) => {
        type Client = new (key: string, options: object) => { subscribe(name: string): { bind(event: string, hear: (data?: unknown) => void): void } };
        const { Pusher: Client } = window as unknown as { Pusher: Client };
        const channel = new Client(key, { cluster: "", wsHost: "127.0.0.1", wsPort: port, wssPort: port, wsPath: "/realtime", forceTLS: true, enabledTransports: ["ws"], disableStats: true }).subscribe("news");
        channel.bind("item", (item) => Object.assign(window, { item }));
        channel.bind("pusher:subscription_succeeded", () => resolve());
      }), { key: keys.key, port: places.https });
      await new Pusher({ ...keys, host: "127.0.0.1", port: String(realtime.port), useTLS: false }).trigger("news", "item", { id: 7 });
      await page.waitForFunction(() => "item" in window);
      expect(await page.evaluate(() => (window as unknown as { item: unknown }).item)).toEqual({ id: 7 });
    } finally {
      await browser.close();
    }
  });
});
