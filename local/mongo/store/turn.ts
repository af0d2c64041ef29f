/** Long work gives way after this time, so that point reads and heartbeats get through. */
const TURN_MS = 10;
let startedAt = 0;

/** A piece of work gets its turn now. */
export function beginTurn(): void {
  startedAt = performance.now();
}

/** Should the running work yield? */
export const turnOver = (): boolean => performance.now() - startedAt > TURN_MS;
