import { minute, now } from "./clock.ts";
import { AppError } from "./errors.ts";

type Window = { startedAt: number; endsAt: number; count: number };
const windows = new Map<string, Window>();
const sweepAbove = 20_000;
let sweptAt = 0;

export type Allowance = { limit: number; remaining: number; resetSeconds: number };

/**
 * Counts one use of `what` by `who` (or an `amount`, as bytes) in a fixed window kept in this process. Answers what
 * is left; throws a 429 that says when to come back once `most` was used.
 */
export function limit(what: string, who: string, { most, perMs, amount = 1 }: { most: number; perMs: number; amount?: number }): Allowance {
  const at = now().getTime();
  const key = `${what} ${who}`;
  const found = windows.get(key);
  const window = found && at - found.startedAt < perMs && at >= found.startedAt ? found : { startedAt: at, endsAt: at + perMs, count: 0 };
  window.count += amount;
  windows.set(key, window);
  if (windows.size > sweepAbove && Math.abs(at - sweptAt) > minute) forgetEnded(at);
  const resetSeconds = Math.max(1, Math.ceil((window.startedAt + perMs - at) / 1000));
  if (window.count > most) throw new AppError("tooMany", `That was too often. Please try again in ${resetSeconds} seconds.`, { retryAfterSeconds: resetSeconds });
  return { limit: most, remaining: most - window.count, resetSeconds };
}

/** Once a minute at most: a flood of names must not make every request look through all of them. */
function forgetEnded(at: number): void {
  sweptAt = at;
  for (const [key, window] of windows) if (at >= window.endsAt) windows.delete(key);
}

/** Forgets every count; for tests. */
export const forgetLimits = () => windows.clear();
