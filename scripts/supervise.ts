import { rmSync } from "node:fs";
import { get } from "node:http";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { appEnvironment, databaseEnvironment, localEnvironment, partsOf, type Addresses } from "./environments.ts";
import { tail } from "./files.ts";
import { keysIn, type Keys } from "./keys.ts";
import { announce, withdraw } from "./registry.ts";
import { Service, type Plan, type Ready } from "./service.ts";
import type { Settings, Variables } from "./settings.ts";
import { Stop } from "./stop.ts";

export type Desk = {
  settings: Settings;
  port: number;
  demo: boolean;
  buildFolder: string;
  place: Variables;
  /** How long processes of a killed desk may hold on to the data. */
  patienceMs: number;
  say: (line: string) => void;
};

const healthWithinMs = 180_000;
/** Next is given the longest: answers in flight and what runs after them end in it. */
const graceMs = { app: 15_000, local: 8_000, database: 20_000 };

/** V8 sizes its heap by what a machine has; a desk is to stay small beside other programs. Megabytes; the old space is far above what each needs. */
const memory = { app: ["--max-old-space-size=448", "--max-semi-space-size=8"], service: ["--max-old-space-size=384", "--max-semi-space-size=2"] };

/** The processes of one desk: started in the order in which they need each other, stopped in the reverse. */
export class Supervisor {
  readonly addresses: Addresses;
  readonly demo: boolean;
  #desk: Desk;
  #keys: Keys;
  #pids: Record<string, number> = { desk: process.pid };
  #since = new Date().toISOString();
  #restarts: Record<string, number> = {};
  #database: Service | null = null;
  #local: Service | null = null;
  #app: Service | null = null;

  constructor(desk: Desk) {
    const { host } = desk.settings;
    const everywhere = host === "0.0.0.0" || host === "::";
    this.addresses = { app: `http://${everywhere ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host}:${desk.port}` };
    this.demo = desk.demo;
    this.#desk = desk;
    this.#keys = keysIn(desk.settings.dataDir);
  }

  /** Resolves when the desk answers. Rejects with Stop if a process cannot start, and when `signal` aborts. */
  async start(signal: AbortSignal): Promise<void> {
    signal.addEventListener("abort", () => void this.stop(), { once: true });
    const { settings, patienceMs, place } = this.#desk;
    const leash = [...memory.service, "--import", join(import.meta.dirname, "leash.ts")];
    if (settings.local.has("database"))
      this.#database = this.#service("database", [...leash, "local/mongo/main.ts"], () => databaseEnvironment(settings, place), "mongodb");
    if (partsOf(settings).length > 0)
      this.#local = this.#service("local services", [...leash, "local/main.ts"], () => localEnvironment(settings, this.#keys, this.addresses), "local");
    this.#app = this.#service("app", [...memory.app, "scripts/serve.ts"], () => this.#appVariables(), "app");

    await Promise.all([this.#database?.start(patienceMs), this.#local?.start(patienceMs)]);
    signal.throwIfAborted();
    await this.#app.start(patienceMs);
    await this.#healthy(signal);
  }

  /** Next first, so that what it has begun still finds its services; the database last. */
  async stop(): Promise<void> {
    await this.#app?.stop(graceMs.app);
    await this.#local?.stop(graceMs.local);
    await this.#database?.stop(graceMs.database);
    withdraw(this.#desk.settings.dataDir);
    const socket = this.#desk.place.TWOWAY_MONGO_SOCKET;
    if (socket && !socket.startsWith(this.#desk.settings.dataDir)) rmSync(dirname(socket), { recursive: true, force: true });
  }

  /** Ends everything at once. The data survives that as it survives a crash. */
  kill(): void {
    for (const service of [this.#app, this.#local, this.#database]) service?.kill();
    withdraw(this.#desk.settings.dataDir);
  }

  #service(name: string, command: string[], env: Plan["env"], key: string): Service {
    const { settings, say } = this.#desk;
    const onReady = (ready: Ready, pid: number) => this.#note(key, ready, pid);
    return new Service({ name, command, env, say, onReady, cwd: settings.root, logFile: this.#logOf(key), ...(key === "local" && { parts: partsOf(settings) }) });
  }

  #logOf(key: string): string {
    return join(this.#desk.settings.dataDir, "logs", `${key}.log`);
  }

  #appVariables(): Variables {
    const { settings, buildFolder } = this.#desk;
    return appEnvironment(settings, this.#keys, this.addresses, this.demo, buildFolder);
  }

  #note(key: string, { ready: _, uri, ...addresses }: Ready, pid: number): void {
    Object.assign(this.addresses, addresses, uri && { mongodb: uri });
    if (key in this.#pids) this.#restarts[key] = (this.#restarts[key] ?? 0) + 1;
    this.#pids[key] = pid;
    announce(this.#desk.settings.dataDir, { ...this.addresses, pids: this.#pids, since: this.#since, restarts: this.#restarts });
  }

  async #healthy(signal: AbortSignal): Promise<void> {
    const { say } = this.#desk;
    const log = this.#logOf("app");
    const began = Date.now();
    for (let told = false; !(await answers(`${this.addresses.app}/api/health`, signal)); ) {
      const waitedMs = Date.now() - began;
      if (this.#app!.failures >= 4) throw new Stop(`The app ends again and again; ${log} ends with:\n\n${tail(log, 12)}`);
      if (waitedMs > healthWithinMs) throw new Stop(`The app does not get ready; ${log} ends with:\n\n${tail(log, 1).slice(0, 1000)}`);
      if (waitedMs > 5000 && !told) say(`Preparing the desk's data (${log} tells more) …`);
      told ||= waitedMs > 5000;
      await wait(100, undefined, { signal });
    }
  }
}

/** Over node:http, as `fetch` would cost this process 8 MB for as long as the desk runs. */
function answers(url: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { signal, timeout: 30_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false)); // Not there yet, or going down: the caller asks again or sees the abort.
  });
}
