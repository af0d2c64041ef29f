/** Draws that are the same at every run for the same seed; `Math.random` would make each demo another one. */
export type Random = {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(from: readonly T[]): T[];
};

/**
 * Draws seeded by a name, so that what one ticket draws changes nothing in the others. FNV-1a makes the name a
 * number, mulberry32 (public domain, Tommy Ettinger) walks on from it: 32 bits of state are plenty for a demo.
 */
export function randomFrom(seed: string): Random {
  let state = 0x811c9dc5;
  for (let at = 0; at < seed.length; at += 1) state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const pick = <T>(from: readonly T[]): T => {
    if (from.length === 0) throw new Error("nothing to pick from");
    return from[between(0, from.length - 1)] as T;
  };
  const shuffled = <T>(from: readonly T[]): T[] => {
    const rest = [...from];
    return from.map(() => rest.splice(between(0, rest.length - 1), 1)[0] as T);
  };
  return { next, between, chance: (share) => next() < share, pick, shuffled };
}
