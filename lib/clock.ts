let frozen: Date | null = null;

/** The present moment. Everything that decides by time asks here, so that a test can set the clock. */
export function now(): Date {
  return frozen ? new Date(frozen) : new Date();
}

/** Stops the clock at a moment (`null` lets it run again). For tests and for histories written with a set clock. */
export function setClock(at: Date | null): void {
  frozen = at;
}

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
