const tails = new Map<string, Promise<unknown>>();

/**
 * Runs work on the same key one after another in this process, so that writers of one record don't spend their
 * time on conflicts with each other. Correctness never rests on it: other processes are kept apart by the
 * database.
 */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = tails.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  const tail = mine.catch(() => {}); // whoever waits for their turn doesn't care how ours ended
  tails.set(key, tail);
  try {
    return await mine;
  } finally {
    if (tails.get(key) === tail) tails.delete(key);
  }
}
