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

  /** What is taken, to be put back when the transaction of `take` comes to nothing. */
  get taken(): ReadonlyMap<string, number> {
    return new Map(this.#taken);
  }

  putBack(taken: ReadonlyMap<string, number>): void {
    this.#taken.clear();
    for (const [key, count] of taken) this.#taken.set(key, count);
  }

  /** Gives the slots back; `passOn` then frees the jobs that wait for them. */
  release(job: Limited): void {
    if (job.slots === "[]") return;
    for (const { key } of JSON.parse(job.slots) as Slot[]) {
      const rest = (this.#taken.get(key) ?? 1) - 1;
      if (rest > 0) this.#taken.set(key, rest);
      else this.#taken.delete(key);
    }
  }
}

/** Within a transaction: a job of a function that the app has no more waits until the app registers it again. */
export function hold(store: Store, job: { id: number; fn: string }): void {
  store.run("UPDATE jobs SET blocked = ? WHERE id = ?", `${job.fn}\n(gone)`, job.id);
}

/** Within a transaction: the app has this function again. */
export function letGo(store: Store, fn: string): void {
  store.run("UPDATE jobs SET blocked = NULL WHERE blocked = ?", `${fn}\n(gone)`);
}

function free(store: Store, slots: readonly Slot[]): void {
  for (const { key } of slots) store.run("UPDATE jobs SET blocked = NULL WHERE id = (SELECT id FROM jobs WHERE blocked = ? ORDER BY due, id LIMIT 1)", key);
}

/** Within a transaction: slots are free, or a job that may have been freed for them is gone; the job that has waited longest for each is looked at. */
export function passOn(store: Store, slots: string): void {
  if (slots !== "[]") free(store, JSON.parse(slots) as Slot[]);
}
