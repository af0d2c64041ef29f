import { Channel } from "./channel.ts";
import type { Member } from "./channel.ts";
import type { Connection } from "./connection.ts";
import { frame } from "./connection.ts";
import { cacheMs, maxCachedEvents } from "./limits.ts";
import { isCache } from "./names.ts";
import { Users } from "./users.ts";
import type { Tell } from "./webhooks.ts";

/** Who is connected, signed in and subscribed. In memory only: after a restart every client comes back and refetches. */
export class Hub {
  readonly connections = new Map<string, Connection>();
  readonly channels = new Map<string, Channel>();
  readonly users = new Users();
  readonly tell: Tell;
  readonly #cache = new Map<string, { bytes: Buffer; until: number }>();

  /** `tell` hears what webhooks report. */
  constructor(tell: Tell = () => undefined) {
    this.tell = tell;
  }

  subscribe(connection: Connection, name: string, member: Member | null): void {
    const known = this.channels.get(name);
    const channel = known ?? new Channel(name, this.tell);
    this.channels.set(name, channel);
    if (!known) this.tell({ name: "channel_occupied", channel: name });
    connection.channels.set(name, member?.id ?? null);
    channel.join(connection, member);
    if (!isCache(name)) return;
    const cached = this.cached(name);
    if (cached) return connection.sendFrame(cached);
    connection.sendFrame(frame({ event: "pusher:cache_miss", channel: name, data: "{}" }));
    this.tell({ name: "cache_miss", channel: name });
  }

  unsubscribe(connection: Connection, name: string): void {
    const memberId = connection.channels.get(name);
    const channel = this.channels.get(name);
    if (memberId === undefined || !channel) return;
    connection.channels.delete(name);
    channel.leave(connection, memberId);
    if (channel.subscribers.size > 0) return;
    this.channels.delete(name);
    this.tell({ name: "channel_vacated", channel: name });
  }

  /** Forgets a connection: from here on nothing reaches it. Safe to call twice. */
  drop(connection: Connection): void {
    this.connections.delete(connection.id);
    for (const name of [...connection.channels.keys()]) this.unsubscribe(connection, name);
    this.users.leave(connection);
  }

  /**
   * Ends every connection on which this user signed in, or is in a presence channel without having done so. They leave
   * all channels before this returns, so no event published afterwards reaches them. The vendor's code 4009 tells the
   * client to stay away until the app connects it again.
   */
  terminate(userId: string): void {
    const unsigned = [...this.connections.values()].filter(({ user, channels }) => user === null && [...channels.values()].includes(userId));
    for (const connection of [...this.users.tabsOf(userId), ...unsigned]) {
      this.drop(connection);
      connection.close(4009, "The app ended this user's connections");
    }
  }

  /** Sends an event to a channel's subscribers, except the socket that caused it. */
  publish(channel: string, event: { name: string; data: string; exceptSocket?: string | undefined }): void {
    const bytes = frame({ event: event.name, channel, data: event.data });
    if (isCache(channel)) this.#remember(channel, bytes);
    const except = event.exceptSocket === undefined ? undefined : this.connections.get(event.exceptSocket);
    this.channels.get(channel)?.sendFrame(bytes, except);
  }

  /** The last event of a cache channel, if it is younger than thirty minutes. */
  cached(channel: string): Buffer | null {
    const entry = this.#cache.get(channel);
    return entry && entry.until > performance.now() ? entry.bytes : null;
  }

  #remember(channel: string, bytes: Buffer): void {
    this.#cache.delete(channel);
    this.#cache.set(channel, { bytes, until: performance.now() + cacheMs });
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > maxCachedEvents && oldest !== undefined) this.#cache.delete(oldest);
  }
}
