import type { Store } from "./store.ts";

const kept = 7 * 86_400_000;
const atOnce = 500;

/** Removes what ended more than seven days ago, a part at a time so that no transaction is long. Answers whether more is left. */
export function prune(store: Store, now: number): boolean {
  return store.write(() => {
    const before = now - kept;
    const ended = store.all<{ id: string }>("SELECT id FROM runs WHERE ended IS NOT NULL AND ended < ? LIMIT ?", before, atOnce);
    for (const { id } of ended) {
      store.run("DELETE FROM steps WHERE run = ?", id);
      store.run("DELETE FROM runs WHERE id = ?", id);
    }
    const seen = store.run("DELETE FROM seen WHERE key IN (SELECT key FROM seen WHERE until < ? LIMIT ?)", now, atOnce);
    const events = store.run(
      "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE received < ? AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.event = events.id) AND NOT EXISTS (SELECT 1 FROM debounces WHERE debounces.event = events.id) LIMIT ?)",
      before, atOnce,
    );
    return ended.length === atOnce || seen === atOnce || events === atOnce;
  });
}
