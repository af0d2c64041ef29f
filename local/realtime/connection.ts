import { randomInt } from "node:crypto";
import type { WebSocket } from "ws";
import { clientEventsPerSecond, maxBufferedBytes } from "./limits.ts";

export type User = { readonly id: string; readonly info: unknown; readonly watchlist: readonly string[] };

/** How long a client may take to answer our close frame, in ms. */
const closingMs = 1_000;

/** The bytes of one event as it goes over the wire. Encoded once, sent to every subscriber. */
export function frame(event: { event: string; channel?: string; data: unknown; user_id?: string }): Buffer {
  return Buffer.from(JSON.stringify(event));
}

/** One WebSocket of one browser tab. The socket id is unguessable and never used again: authorisations are bound to it. */
export class Connection {
  readonly id = `${randomInt(2 ** 47)}.${randomInt(2 ** 47)}`;
  /** The channels it is in; for a presence channel with the member's id. */
  readonly channels = new Map<string, string | null>();
  user: User | null = null;
  /** When something last arrived, and whether our ping waits for an answer (ms of the monotonic clock). */
  heardAt = performance.now();
  pinged = false;
  readonly #socket: WebSocket;
  #tokens = clientEventsPerSecond;
  #refilledAt = performance.now();

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Sends an encoded frame. A client with over 1 MB waiting is cut off: it reconnects and refetches. */
  sendFrame(bytes: Buffer): void {
    if (!this.open) return;
    if (this.#socket.bufferedAmount + bytes.length > maxBufferedBytes) return this.#socket.terminate();
    this.#socket.send(bytes, { binary: false });
  }

  /** Sends a protocol event; its data travels as a JSON string, as the vendor's does. */
  send(event: string, data: unknown, channel?: string): void {
    this.sendFrame(frame({ event, ...(channel === undefined ? {} : { channel }), data: JSON.stringify(data) }));
  }

  /** Tells the client what was wrong and keeps the connection. */
  complain(message: string, code: number | null = null): void {
    this.sendFrame(frame({ event: "pusher:error", data: { code, message } }));
  }

  /** Ends the connection: 4000–4099 the client stays away, 4100–4199 it returns after a second, 4200–4299 at once. */
  close(code: number, message: string): void {
    this.complain(message, code);
    this.#socket.close(code, message);
    setTimeout(() => this.#socket.terminate(), closingMs).unref();
  }

  /** Whether one more client event fits into this second's share. */
  takeClientEvent(): boolean {
    const at = performance.now();
    this.#tokens = Math.min(clientEventsPerSecond, this.#tokens + ((at - this.#refilledAt) / 1000) * clientEventsPerSecond);
    this.#refilledAt = at;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
