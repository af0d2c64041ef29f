import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { MongoClient } from "mongodb";
import type { Desk } from "./running-desk.ts";

export type Victim = "mongodb" | "app" | "local";
/** Everything that must hold once the desk is quiet again: what was acknowledged, and what came of it. */
export type Found = { acknowledged: string[]; tickets: string[]; messages: number; receipts: string[]; sent: number };

/** Customers who write tickets and replies without a pause, whatever is killed under them; each asks until it was answered. */
export class Load {
  readonly acknowledged: string[] = [];
  readonly #run = randomUUID().slice(0, 8);
  readonly #desk: Desk;
  readonly #email: string;
  #writing = true;
  #writers: Promise<unknown> = Promise.resolve();

  private constructor(desk: Desk, email: string) {
    this.#desk = desk;
    this.#email = email;
  }

  static async start(desk: Desk, writers: number): Promise<Load> {
    const login = desk.logins.find(({ role }) => role === "customer");
    const load = new Load(desk, login?.email ?? "");
    const signIn = async () => (((await (await fetch(`${desk.url}/api/v1/auth/token`, { method: "POST", body: JSON.stringify(login), headers: { "content-type": "application/json" } })).json()) as { accessToken: string }).accessToken);
    const bearer = { token: await signIn(), renew: signIn };
    load.#writers = Promise.all(Array.from({ length: writers }, (_, name) => load.#write(bearer, name)));
    return load;
  }

  async #write(bearer: Bearer, name: number): Promise<void> {
    for (let each = 0; this.#writing; each += 1) {
      const words = `crash${this.#run}x${name}x${each}`;
      const { id } = await this.#insist(bearer, "/tickets", { subject: words, body: "Opened under load" }, `${words}-open`);
      await this.#insist(bearer, `/tickets/${id}/messages`, { body: `more of ${words}` }, `${words}-reply`);
      this.acknowledged.push(words);
    }
  }

  /** Asks until the desk has answered, as a client would that has not heard whether its request arrived. */
  async #insist(bearer: Bearer, path: string, body: object, key: string): Promise<{ id: string }> {
    for (;;) {
      const headers = { "content-type": "application/json", "idempotency-key": key, authorization: `Bearer ${bearer.token}` };
      const response = await fetch(`${this.#desk.url}/api/v1${path}`, { method: "POST", body: JSON.stringify(body), headers, signal: AbortSignal.timeout(15_000) }).catch(() => null); // killed under it: asked again
      if (response?.status === 201) return (await response.json()) as { id: string };
      if (response?.status === 401) bearer.token = await bearer.renew().catch(() => bearer.token); // it ended, or its process did: tried again
      else if (response && response.status < 500 && response.status !== 409 && response.status !== 429) throw new Error(`${response.status} ${await response.text()}`);
      await wait(100);
    }
  }

  async pids(): Promise<Record<string, number>> {
    return (JSON.parse(await readFile(join(this.#desk.data, "services.json"), "utf8")) as { pids: Record<string, number> }).pids;
  }

  /** kill -9. Answers how many ms it took until each had another process and the desk was well again; throws after `withinMs`. */
  async kill(victims: readonly Victim[], withinMs = 10_000): Promise<number> {
    const before = await this.pids();
    for (const victim of victims) process.kill(before[victim] ?? Number.NaN, "SIGKILL");
    const from = performance.now();
    for (;;) {
      const pids = await this.pids();
      const health = await fetch(`${this.#desk.url}/api/health`, { signal: AbortSignal.timeout(3000) }).catch(() => null); // not there yet
      const tookMs = performance.now() - from;
      if (victims.every((victim) => pids[victim] !== before[victim]) && health?.status === 200) return tookMs;
      if (tookMs > withinMs) throw new Error(`${victims.join(", ")}: not back within ${withinMs} ms`);
      await wait(50);
    }
  }

  /** Ends the writing and waits for all that must follow it: rows announced, owners found, receipts sent. */
  async end(withinMs: number): Promise<Found> {
    this.#writing = false;
    await this.#writers;
    const client = new MongoClient(this.#desk.services.mongodb);
    try {
      const database = client.db();
      const made = await database.collection("tickets").find({ subject: { $regex: `^crash${this.#run}` } }, { projection: { subject: 1 } }).toArray();
      const ids = made.map(({ _id }) => _id);
      const left = async () => ({
        unannounced: await database.collection("events").countDocuments({ announcedAt: null }),
        ownerless: await database.collection("tickets").countDocuments({ _id: { $in: ids }, assigneeId: null }),
        unsent: made.length - (await database.collection("letters").countDocuments({ ticketId: { $in: ids }, kind: "receipt", state: "sent" })),
      });
      for (const end = Date.now() + withinMs; ; await wait(250)) {
        const waiting = await left();
        if (Object.values(waiting).every((count) => count === 0)) break;
        if (Date.now() > end) throw new Error(`after ${withinMs} ms there is still ${JSON.stringify(waiting)}`);
      }
      return {
        acknowledged: this.acknowledged.toSorted(),
        tickets: made.map(({ subject }) => String(subject)).toSorted(),
        messages: await database.collection("messages").countDocuments({ ticketId: { $in: ids } }),
        sent: await database.collection("letters").countDocuments({ ticketId: { $in: ids }, kind: "receipt", state: "sent" }),
        receipts: await this.#receipts(),
      };
    } finally {
      await client.close();
    }
  }

  async #receipts(): Promise<string[]> {
    const box = (await (await fetch(`${this.#desk.services.mail}/_local/outbox?to=${this.#email}&limit=1000`)).json()) as { items: { subject: string }[] };
    return box.items.flatMap(({ subject }) => subject.match(new RegExp(`crash${this.#run}x\\d+x\\d+`)) ?? []).toSorted();
  }
}

type Bearer = { token: string; renew: () => Promise<string> };
