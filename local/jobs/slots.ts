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
      return false;
    }
    for (const { key } of slots) this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
    return true;
  }

  /** Within a transaction: gives the slots back, each to the job that has waited longest for it. */
  release(job: Limited): void {
    if (job.slots === "[]") return;
    for (const { key } of JSON.parse(job.slots) as Slot[]) {
      const rest = (this.#taken.get(key) ?? 1) - 1;
      if (rest > 0) this.#taken.set(key, rest);
      else this.#taken.delete(key);
      this.#store.run("UPDATE jobs SET blocked = NULL WHERE id = (SELECT id FROM jobs WHERE blocked = ? ORDER BY due, id LIMIT 1)", key);
    }
  }
}
