type Clock = { stoppedAt: Date | null; aheadMs: () => number };

/** One a process: Next loads this file once a bundle. */
const held = globalThis as { twowayClock?: Clock };
const clock = (): Clock => (held.twowayClock ??= { stoppedAt: null, aheadMs: () => 0 });

/** The present moment. Everything that decides by time asks here, so that a test can set the clock. */
export function now(): Date {
  const { stoppedAt, aheadMs } = clock();
  return stoppedAt ? new Date(stoppedAt) : new Date(Date.now() + aheadMs());
}

/** Stops the clock at a moment (`null` lets it run again). For tests and for histories written with a set clock. */
export function setClock(at: Date | null): void {
  clock().stoppedAt = at;
}

/** Lets the clock go so many milliseconds ahead of the real one, asked at each look. */
export function moveClock(aheadMs: () => number): void {
  clock().aheadMs = aheadMs;
}

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
