import type { Executor } from "./executor.ts";

const day = 86_400_000;

/** Within a transaction: remembers a key for 24 hours; answers the event it was remembered with when it is known already. */
export function once({ store }: Executor, key: string, event: string, now: number): string | undefined {
  const known = store.get<{ event: string; until: number }>("SELECT event, until FROM seen WHERE key = ?", key);
  if (known && known.until > now) return known.event;
  store.run("INSERT OR REPLACE INTO seen (key, event, until) VALUES (?, ?, ?)", key, event, now + day);
  return undefined;
}
