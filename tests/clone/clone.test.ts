import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { reservePort } from "../../scripts/place.ts";
import { cloneProject, type Checkout } from "./checkout.ts";
import { isAlive, Terminal, type Services } from "./terminal.ts";

/*
 * What a newcomer does: npm start, use it, stop it, start it again; and what can go wrong on the way.
 * The tests are one story on one checkout, in this order.
 */
const firstStartMs = 300_000;
const laterStartMs = 30_000;
const backMs = 10_000;

let checkout: Checkout;
let port: number;
let desk: Terminal;
let services: Services;
const opened: Terminal[] = [];

function type(args: string[], at: { port?: number; data?: string } = {}): Terminal {
  const terminal = new Terminal(checkout.root, args, { port: at.port ?? port, data: at.data ?? ".data" });
  opened.push(terminal);
  return terminal;
}

const start = (at?: { port?: number; data?: string }) => type(["start", "--", "--empty"], at);
/** Having let go of the terminal, a process takes a moment more to be gone. */
const allGone = (pids: number[]) => vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), backMs);
const everyPid = () => Object.values(services.pids);
const status = async (path: string) => (await fetch(services.app + path)).status;

/** The service runs under another number, and the desk answers again. */
async function back(name: string, than: number): Promise<void> {
  const fresh = async () => {
    expect(desk.services().pids[name]).not.toBe(than);
    expect(await status("/api/health")).toBe(200);
  };
  await vi.waitFor(fresh, { timeout: backMs, interval: 100 });
  services = desk.services();
}

beforeAll(async () => {
  checkout = cloneProject();
  port = await reservePort(0, "127.0.0.1");
}, 120_000);

afterAll(async () => {
  for (const terminal of opened) terminal.kill("SIGTERM");
  await Promise.all(opened.map(({ code }) => code));
  checkout.remove();
}, 120_000);

describe("from a clone to a desk and back", () => {
  test("npm start ends in a usable page", { timeout: firstStartMs }, async () => {
    desk = start();
    services = await desk.ready(firstStartMs);
    expect(services.app).toBe(`http://127.0.0.1:${port}`);
    expect(await status("/")).toBe(200);
    expect(desk.output).toContain(services.app);
    expect(desk.output).toContain(services.mail);
  });

  test("an empty desk prints the one-time link for its first admin, and no demo people", async () => {
    expect(desk.output).toMatch(new RegExp(`${services.app}/setup\\?token=\\S+`));
    expect(existsSync(join(desk.data, "demo-logins.json"))).toBe(false);
  });

  test("services.json tells where everything is, to its owner alone", () => {
    expect(services).toMatchObject({ mongodb: expect.stringMatching(/^mongodb:/), jobs: expect.stringMatching(/^http:/), realtime: expect.stringMatching(/^http:/) });
    expect(Object.keys(services.pids).sort()).toEqual(["app", "desk", "local", "mongodb"]);
    expect(everyPid().map(isAlive)).toEqual([true, true, true, true]);
    for (const file of ["services.json", "keys.json"]) expect(statSync(join(desk.data, file)).mode & 0o777).toBe(0o600);
  });

  test("a second start on the same data is refused in a sentence", { timeout: laterStartMs }, async () => {
    const second = start({ port: await reservePort(0, "127.0.0.1") });
    expect(await second.code).not.toBe(0);
    expect(second.output).toMatch(/A desk runs already on \S+\.data \(http:\S+, process \d+\)/);
  });

  test("a taken port is told in a sentence", { timeout: laterStartMs }, async () => {
    const second = start({ data: ".data-other" });
    expect(await second.code).not.toBe(0);
    expect(second.output).toContain(`Port ${port} is taken`);
  });

  test("two desks of one checkout run side by side", { timeout: laterStartMs }, async () => {
    const other = start({ port: await reservePort(0, "127.0.0.1"), data: ".data-other" });
    const its = await other.ready(laterStartMs);
    expect(its.mongodb).not.toBe(services.mongodb);
    other.kill("SIGTERM");
    await other.code;
    await allGone(Object.values(its.pids));
    expect(await status("/api/health")).toBe(200);
  });

  test.each(["mongodb", "local", "app"])("%s is back within ten seconds of kill -9", { timeout: 2 * backMs }, async (name) => {
    const victim = services.pids[name]!;
    process.kill(victim, "SIGKILL");
    await back(name, victim);
  });

  test("SIGTERM stops everything", { timeout: laterStartMs }, async () => {
    desk.kill("SIGTERM");
    await desk.code;
    await allGone(everyPid());
    expect(existsSync(join(desk.data, "services.json"))).toBe(false);
  });

  test("a desk that is killed takes its services with it, and starts again on the same data", { timeout: 2 * laterStartMs }, async () => {
    desk = start();
    services = await desk.ready(laterStartMs);
    process.kill(services.pids.desk!, "SIGKILL");
    desk = start();
    const before = everyPid();
    services = await desk.ready(laterStartMs);
    await allGone(before);
    expect(await status("/")).toBe(200);
  });
});
