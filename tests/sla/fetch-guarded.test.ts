import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { fetchGuarded, FetchError, isPublic } from "@/lib/fetch-guarded";

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((closed) => { server.close(closed); server.closeAllConnections(); })));
});
async function serving(answer: RequestListener): Promise<{ url: string; port: number }> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, port };
}
const calendar = { accept: "text/calendar", mostBytes: 1000 };
const here = { ...calendar, allow: () => true };
const told = (asked: Promise<string>) => asked.then(() => "answered", (error: unknown) => (error instanceof FetchError ? `${error.kind}: ${error.message}` : String(error)));

describe("isPublic", () => {
  test.each(["8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001:80b::200e"])("%s is", (address) => expect(isPublic(address)).toBe(true));
  test.each([
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.170", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "localhost", "", "8.8.8",
  ])("%j is not", (address) => expect(isPublic(address)).toBe(false));
});

describe("fetchGuarded", () => {
  test.each([
    "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://192.168.0.1/", "http://0/",
    "https://8.8.8.8:8443/", "http://8.8.8.8:22/", "http://8.8.8.8:6379/",
    "http://user:secret@8.8.8.8/", "http://user@8.8.8.8/", "ftp://8.8.8.8/", "file:///etc/passwd", "gopher://8.8.8.8/", "data:text/calendar,x", "no address",
  ])("refuses %s, and asks nobody", async (address) => {
    expect(await told(fetchGuarded(address, calendar))).toMatch(/^refused: /);
  });

  test("gets text, and sends nothing of ours but what it wants", async () => {
    let headers: unknown;
    const { url } = await serving((request, answer) => { headers = request.headers; answer.end("BEGIN:VCALENDAR"); });
    expect(await fetchGuarded(url, here)).toBe("BEGIN:VCALENDAR");
    expect(headers).toEqual({ accept: "text/calendar", "accept-encoding": "identity", "user-agent": "Twoway", host: new URL(url).host, connection: "close" });
  });

  test("asks the address that was checked, under the name that was given", async () => {
    const asked: string[] = [];
    const { port } = await serving((request, answer) => { asked.push(request.headers.host ?? ""); answer.end("x"); });
    const checked: string[] = [];
    expect(await fetchGuarded(`http://localhost:${port}/`, { ...calendar, allow: ({ address }) => { checked.push(address); return true; } })).toBe("x");
    expect(asked).toEqual([`localhost:${port}`]);
    expect(checked).toContain("127.0.0.1");
  });

  test("one forbidden answer among several forbids the name", async () => {
    const { port } = await serving((_, answer) => answer.end("x"));
    let first = true;
    const allow = () => { const one = first; first = false; return one; };
    expect(await told(fetchGuarded(`http://127.0.0.1:${port}/`, { ...calendar, allow }))).toBe("answered");
    expect(await told(fetchGuarded(`http://127.0.0.1:${port}/`, { ...calendar, allow }))).toMatch(/^refused/);
  });

  test("checks each redirect anew, and follows three", async () => {
    const inner = await serving((_, answer) => answer.end("secret"));
    const outer = await serving((request, answer) => {
      const hops = Number(request.url?.slice(1) || 0);
      if (hops > 0) answer.writeHead(302, { location: hops === 1 ? "/" : `/${hops - 1}` }).end();
      else answer.end("calendar");
    });
    const leading = await serving((_, answer) => answer.writeHead(301, { location: inner.url }).end());
    const onlyLeading = { ...calendar, allow: ({ port }: { port: number }) => port !== inner.port };
    expect(await told(fetchGuarded(leading.url, onlyLeading))).toMatch(/^refused/);
    expect(await fetchGuarded(`${outer.url}3`, here)).toBe("calendar");
    expect(await told(fetchGuarded(`${outer.url}4`, here))).toBe("failed: It led on more than 3 times.");
    for (const location of ["file:///etc/passwd", "http://user:x@8.8.8.8/", "http://169.254.169.254/"]) {
      const bad = await serving((_, answer) => answer.writeHead(302, { location }).end());
      expect(await told(fetchGuarded(bad.url, { ...calendar, allow: ({ port }) => port === bad.port }))).toMatch(/^refused/);
    }
  });

  test.each<[string, RequestListener, string]>([
    ["another status", (_, answer) => answer.writeHead(404).end("x"), "failed: It answered with status 404."],
    ["more than was wanted, said before", (_, answer) => answer.writeHead(200, { "content-length": "5000" }).end("x".repeat(5000)), "failed: It is larger than 1 kB."],
    ["more than was wanted, without end", (_, answer) => { const more = () => { while (answer.write("x".repeat(500))); answer.once("drain", more); }; more(); }, "failed: It is larger than 1 kB."],
    ["a body that breaks off", (_, answer) => { answer.writeHead(200, { "content-length": "100" }); answer.write("x"); setImmediate(() => answer.destroy()); }, "failed: It broke off."],
    ["a connection that is closed", (request) => request.socket.destroy(), "failed: It could not be reached."],
    ["no answer", () => {}, "failed: It did not answer in time."],
    ["a body that drips", (_, answer) => { answer.write("x"); }, "failed: It did not answer in time."],
  ])("tells of %s", async (_, answer, sentence) => {
    const { url } = await serving(answer);
    expect(await told(fetchGuarded(url, { ...here, withinMs: 400 }))).toBe(sentence);
  });

  test("tells of a name that nobody has", async () => {
    expect(await told(fetchGuarded("http://no-such-name.invalid/", calendar))).toBe("failed: Its name is not known on the Internet.");
  });
});
