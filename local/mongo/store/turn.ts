/** Long work gives way after this time, so that point reads and heartbeats get through. */
const TURN_MS = 5;
let startedAt = 0;

/** A piece of work gets its turn now. */
export function beginTurn(): void {
  startedAt = performance.now();
}

/** Should the running work yield? */
export const turnOver = (): boolean => performance.now() - startedAt > TURN_MS;

const waiting: (() => void)[] = [];

function admit(): void {
  waiting.shift()!();
  if (waiting.length > 0) setImmediate(admit);
}

/** Lets sockets and timers have their turn. Of several long pieces of work one goes on per round of the event loop: however many there are, a short command waits for one turn. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(admit);
  });

/** Passes documents on and pauses (`undefined`) when the turn is over. */
export function* paced<T>(rows: Iterable<T | undefined>): Generator<T | undefined> {
  for (const row of rows) {
    yield row;
    if (row !== undefined && turnOver()) yield undefined;
  }
}
