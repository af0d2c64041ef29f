import type { Functions } from "./functions.ts";
import type { Pace } from "./pace.ts";
import type { Store } from "./store.ts";

/** What every part of the executor works on. */
export type Executor = {
  store: Store;
  functions: Functions;
  /** Delays between attempts in milliseconds. */
  retryDelays: readonly number[];
  pace: Pace;
  /** Milliseconds since 1970; whatever is due, kept or counted goes by it. Tests set it. */
  now(): number;
  /** To be called after a commit that may have made a job due. */
  wake(): void;
};

export type StoredEvent = { id: string; name: string; ts: number; body: string };

/** The limits of the vendor that keep a mistake from filling the disk. */
export const limits = {
  /** Bytes of one event. */
  event: 256 * 1024,
  /** Bytes of a request to the executor. */
  request: 10 * 1024 * 1024,
  /** Bytes of one step's result. */
  step: 4 * 1024 * 1024,
  /** Bytes of all results of a run; beyond an eighth of it, the SDK fetches them instead of being sent them. */
  state: 32 * 1024 * 1024,
  steps: 1000,
} as const;
