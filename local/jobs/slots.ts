import type { Store } from "./store.ts";

type Limited = { id: number; slots: string };
type Slot = { key: string; limit: number };

/**
 * Counts the calls in flight under each concurrency key. A job whose key is full waits in its row, out of the way of
 * others, and is freed by the first call of that key that ends; sleeping runs hold no slot, as at the vendor.
 */
export class Slots {
  readonly #store: Store;
  readonly #taken = new Map<string, number>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Within a transaction: takes a slot under each key of the job, or marks the job as blocked by the first full one and answers false. */
  take(job: Limited): boolean {
    if (job.slots === "[]") return true;
    const slots = JSON.parse(job.slots) as Slot[];
    const full = slots.find(({ key, limit }) => (this.#taken.get(key) ?? 0) >= limit);
    if (full) {
      this.#store.run("UPDATE jobs SET blocked = ? WHERE id = ?", full.key, job.id);
      // It may have been freed for another of its keys, which it leaves to the next.
      free(this.#store, slots.filter((slot) => slot !== full));
      return false;
    }
    for (const { key } of slots) this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
    return true;
  }

  /** Within a transaction: gives the slots back, each to the job that has waited longest for it. */
  release(job: Limited): void {
    if (job.slots === "[]") return;
    const slots = JSON.parse(job.slots) as Slot[];
    for (const { key } of slots) {
      const rest = (this.#taken.get(key) ?? 1) - 1;
      if (rest > 0) this.#taken.set(key, rest);
      else this.#taken.delete(key);
    }
    free(this.#store, slots);
  }
}

function free(store: Store, slots: readonly Slot[]): void {
  for (const { key } of slots) store.run("UPDATE jobs SET blocked = NULL WHERE id = (SELECT id FROM jobs WHERE blocked = ? ORDER BY due, id LIMIT 1)", key);
}

/** Within a transaction: a job that may have been freed for its slots is gone, so the next of each key is looked at. */
export function passOn(store: Store, slots: string): void {
  if (slots !== "[]") free(store, JSON.parse(slots) as Slot[]);
}
