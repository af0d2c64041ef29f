import type { Connection } from "./connection.ts";
import { frame } from "./connection.ts";
import { countAtOnceUpTo, countEveryMs } from "./limits.ts";
import { isPresence } from "./names.ts";
import type { Tell } from "./webhooks.ts";

export type Member = { readonly id: string; readonly info: unknown };

/** One occupied channel: its subscribers and, for presence, the people behind them (one per user over all tabs). */
export class Channel {
  readonly name: string;
  readonly subscribers = new Set<Connection>();
  readonly #members = new Map<string, { info: unknown; tabs: number }>();
  readonly #tell: Tell;
  #countTimer: NodeJS.Timeout | null = null;

  constructor(name: string, tell: Tell) {
    this.name = name;
    this.#tell = tell;
  }

  get memberIds(): string[] {
    return [...this.#members.keys()];
  }

  hasMember(id: string): boolean {
    return this.#members.has(id);
  }

  /** Adds the subscriber, tells it that it is in (with the list of members) and the others who came. */
  join(connection: Connection, member: Member | null): void {
    this.subscribers.add(connection);
    const known = member ? this.#members.get(member.id) : undefined;
    if (known) known.tabs += 1;
    else if (member) this.#members.set(member.id, { info: member.info, tabs: 1 });
    connection.send("pusher_internal:subscription_succeeded", this.#roll(), this.name);
    if (member && !known) {
      this.#announce("member_added", { user_id: member.id, user_info: member.info }, connection);
      this.#tell({ name: "member_added", channel: this.name, user_id: member.id });
    }
    this.#announceCount();
  }

  /** Removes the subscriber and tells the others when it was the last tab of its user. */
  leave(connection: Connection, memberId: string | null): void {
    this.subscribers.delete(connection);
    const member = memberId === null ? undefined : this.#members.get(memberId);
    if (member && memberId !== null) {
      member.tabs -= 1;
      if (member.tabs === 0) {
        this.#members.delete(memberId);
        this.#announce("member_removed", { user_id: memberId });
        this.#tell({ name: "member_removed", channel: this.name, user_id: memberId });
      }
    }
    if (this.subscribers.size > 0) this.#announceCount();
    else if (this.#countTimer) clearTimeout(this.#countTimer); // an empty channel goes; a new one is made for who comes next
  }

  /** Sends an encoded frame to all, or all but one. */
  sendFrame(bytes: Buffer, except?: Connection): void {
    for (const subscriber of this.subscribers) if (subscriber !== except) subscriber.sendFrame(bytes);
  }

  #announce(event: string, data: unknown, except?: Connection): void {
    this.sendFrame(frame({ event: `pusher_internal:${event}`, channel: this.name, data: JSON.stringify(data) }), except);
  }

  #roll(): unknown {
    if (!isPresence(this.name)) return {};
    const hash = Object.fromEntries([...this.#members].map(([id, { info }]) => [id, info]));
    return { presence: { count: this.#members.size, ids: this.memberIds, hash } };
  }

  /** Tells everybody how many subscribers there are; large channels at most every five seconds. */
  #announceCount(): void {
    if (isPresence(this.name)) return;
    const tell = () => {
      this.#announce("subscription_count", { subscription_count: this.subscribers.size });
      this.#tell({ name: "subscription_count", channel: this.name, subscription_count: this.subscribers.size });
    };
    if (this.subscribers.size <= countAtOnceUpTo) return tell();
    this.#countTimer ??= setTimeout(() => {
      this.#countTimer = null;
      tell();
    }, countEveryMs).unref();
  }
}
