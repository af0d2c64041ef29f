import type { Connection, User } from "./connection.ts";

/** Who is signed in, over all tabs, and who watches for whom (the vendor's watchlist events). */
export class Users {
  readonly #tabs = new Map<string, Set<Connection>>();
  readonly #watchers = new Map<string, Set<Connection>>();

  tabsOf(userId: string): Connection[] {
    return [...(this.#tabs.get(userId) ?? [])];
  }

  /** Ties a connection to its user; tells the user's watchers if this is the first tab, and the user who of theirs is here. */
  enter(connection: Connection, user: User): void {
    const again = connection.user !== null;
    connection.user = user;
    put(this.#tabs, user.id, connection);
    if (again) return;
    if (this.#tabs.get(user.id)?.size === 1) this.#announce(user.id, "online");
    if (user.watchlist.length === 0) return;
    for (const id of user.watchlist) put(this.#watchers, id, connection);
    const here = (id: string) => this.#tabs.has(id);
    const events = [
      { name: "online", user_ids: user.watchlist.filter(here) },
      { name: "offline", user_ids: user.watchlist.filter((id) => !here(id)) },
    ];
    connection.send("pusher_internal:watchlist_events", { events: events.filter(({ user_ids }) => user_ids.length > 0) });
  }

  /** Forgets a connection; tells the user's watchers if it was the last tab. Safe to call twice. */
  leave(connection: Connection): void {
    const { user } = connection;
    if (!user) return;
    for (const id of user.watchlist) take(this.#watchers, id, connection);
    if (take(this.#tabs, user.id, connection) && !this.#tabs.has(user.id)) this.#announce(user.id, "offline");
  }

  #announce(userId: string, name: "online" | "offline"): void {
    for (const watcher of this.#watchers.get(userId) ?? []) watcher.send("pusher_internal:watchlist_events", { events: [{ name, user_ids: [userId] }] });
  }
}

function put(sets: Map<string, Set<Connection>>, key: string, connection: Connection): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(connection));
}

/** Whether it was there; a set that becomes empty goes. */
function take(sets: Map<string, Set<Connection>>, key: string, connection: Connection): boolean {
  const set = sets.get(key);
  const found = set?.delete(connection) ?? false;
  if (set?.size === 0) sets.delete(key);
  return found;
}
