import { createHmac } from "node:crypto";
import { maxWaitingFacts, webhookAnswerMs, webhookBatch, webhookGiveUpMs, webhookLeaveMs, webhookWindowMs } from "./limits.ts";
import type { Credentials } from "./signature.ts";

/** What the app can be told of, in the vendor's shapes (Pusher documentation, "webhooks"). */
export type Fact =
  | { name: "channel_occupied" | "channel_vacated" | "cache_miss"; channel: string }
  | { name: "member_added" | "member_removed"; channel: string; user_id: string }
  | { name: "subscription_count"; channel: string; subscription_count: number }
  | { name: "client_event"; channel: string; event: string; data: string; socket_id: string; user_id?: string };

/** Where facts go. Must not throw and must not wait. */
export type Tell = (fact: Fact) => void;

/** Facts that take back one another: who leaves and returns within the delay was never away. */
const opposites: Partial<Record<Fact["name"], Fact["name"]>> = { channel_occupied: "channel_vacated", member_added: "member_removed" };
const leaving: ReadonlySet<string> = new Set(Object.values(opposites));
const keyOf = (name: string, fact: Fact) => `${name} ${fact.channel} ${"user_id" in fact ? fact.user_id : ""}`;

type Waits = { leaveMs: number; windowMs: number; firstRetryMs: number; giveUpMs: number };
const vendors: Waits = { leaveMs: webhookLeaveMs, windowMs: webhookWindowMs, firstRetryMs: 500, giveUpMs: webhookGiveUpMs };

/**
 * Tells the app by signed POSTs: up to twenty facts in one, in order, at the latest a quarter of a second after the
 * first. Who disconnects is reported three seconds later, or never if back by then. Anything but a 2xx is tried again
 * with doubling waits for five minutes, then dropped with a line on stderr. Nothing survives a restart.
 */
export class Webhooks {
  readonly #target: Credentials & { url: string };
  readonly #waits: Waits;
  readonly #left = new Map<string, { fact: Fact; due: number }>();
  readonly #waiting: Fact[] = [];
  readonly #stopped = new AbortController();
  readonly #clock: NodeJS.Timeout;
  #sending: Promise<void> | null = null;

  constructor(target: Credentials & { url: string }, waits: Partial<Waits> = {}) {
    this.#target = target;
    this.#waits = { ...vendors, ...waits };
    this.#clock = setInterval(() => this.#tick(), this.#waits.windowMs);
  }

  readonly tell: Tell = (fact) => {
    if (leaving.has(fact.name)) return void this.#left.set(keyOf(fact.name, fact), { fact, due: performance.now() + this.#waits.leaveMs });
    const opposite = opposites[fact.name];
    if (opposite && this.#left.delete(keyOf(opposite, fact))) return;
    this.#queue(fact);
  };

  /** Sends no more and resolves when the request under way has ended. */
  async close(): Promise<void> {
    clearInterval(this.#clock);
    this.#stopped.abort();
    await this.#sending;
  }

  #queue(fact: Fact): void {
    const repeated = fact.name === "cache_miss" && this.#waiting.some((each) => each.name === fact.name && each.channel === fact.channel);
    if (repeated) return;
    if (this.#waiting.length >= maxWaitingFacts) return complain(`${fact.name} is dropped: ${maxWaitingFacts} webhooks wait already`);
    this.#waiting.push(fact);
    if (this.#waiting.length >= webhookBatch) this.#send();
  }

  #tick(): void {
    for (const [key, { fact, due }] of this.#left) {
      if (due > performance.now()) break; // in the order of their coming, so also of their time
      this.#left.delete(key);
      this.#queue(fact);
    }
    this.#send();
  }

  #send(): void {
    if (this.#sending || this.#waiting.length === 0) return;
    this.#sending = this.#deliver(this.#waiting.splice(0, webhookBatch)).finally(() => {
      this.#sending = null;
      if (this.#waiting.length >= webhookBatch && !this.#stopped.signal.aborted) this.#send();
    });
  }

  /** One batch after the other, so that a vacated channel is never told of before it was occupied. */
  async #deliver(events: Fact[]): Promise<void> {
    const body = JSON.stringify({ time_ms: Date.now(), events });
    const end = performance.now() + this.#waits.giveUpMs;
    for (let wait = this.#waits.firstRetryMs; !this.#stopped.signal.aborted; wait *= 2) {
      const said = await this.#post(body);
      if (said === null) return;
      if (performance.now() + wait > end) return complain(`a webhook is given up after ${Math.round(this.#waits.giveUpMs / 1000)} s: ${said}`);
      await rest(wait, this.#stopped.signal);
    }
  }

  /** Null when the app took it, else what went wrong. */
  async #post(body: string): Promise<string | null> {
    const { url, key, secret } = this.#target;
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const headers = { "content-type": "application/json", "x-pusher-key": key, "x-pusher-signature": signature };
    try {
      const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(webhookAnswerMs)]);
      const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
      await response.body?.cancel();
      return response.ok ? null : `the app answered ${response.status}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error); // an app that is away is an ordinary case: it is tried again
    }
  }
}

const complain = (sentence: string): void => void process.stderr.write(`realtime: ${sentence}\n`);

/** Waits, or returns at once when stopped. */
function rest(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    stopped.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    }, { once: true });
  });
}
