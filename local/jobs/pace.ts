const minute = 60_000;
const kept = 15;
/** Delays kept of each minute; of more, the later replace the earlier at random places, so that all are as likely. */
const sample = 400;

type Minute = { started: number; ended: number; failed: number; calls: number; delays: number[] };

/** What was done in the last quarter of an hour, in memory: it starts anew with the process. */
export class Pace {
  readonly since: number;
  readonly #minutes = new Map<number, Minute>();

  constructor(now: number) {
    this.since = now;
  }

  started(now: number): void {
    this.#at(now).started += 1;
  }

  ended(now: number, status: string): void {
    const minute = this.#at(now);
    minute.ended += 1;
    if (status === "failed") minute.failed += 1;
  }

  /** A job was given out so many milliseconds after it was due. */
  waited(now: number, delay: number): void {
    const minute = this.#at(now);
    const place = minute.calls < sample ? minute.calls : Math.floor(Math.random() * (minute.calls + 1));
    if (place < sample) minute.delays[place] = Math.max(0, delay);
    minute.calls += 1;
  }

  /** The minutes, the oldest first, those without anything included; and the delay of half and of 95 % of the jobs. */
  lately(now: number): { minutes: { at: number; started: number; ended: number; failed: number }[]; calls: number; p50: number | null; p95: number | null } {
    const last = Math.floor(now / minute);
    const known = Array.from({ length: kept }, (_, index) => last - kept + 1 + index).map((at) => ({ at: at * minute, ...(this.#minutes.get(at) ?? { started: 0, ended: 0, failed: 0, calls: 0, delays: [] }) }));
    const delays = known.flatMap((each) => each.delays).sort((a, b) => a - b);
    const share = (part: number): number | null => delays[Math.floor((delays.length - 1) * part)] ?? null;
    return {
      minutes: known.map(({ at, started, ended, failed }) => ({ at, started, ended, failed })),
      calls: known.reduce((sum, { calls }) => sum + calls, 0),
      p50: share(0.5),
      p95: share(0.95),
    };
  }

  #at(now: number): Minute {
    const at = Math.floor(now / minute);
    let found = this.#minutes.get(at);
    if (!found) {
      // A clock that was set leaves minutes on both sides.
      for (const other of this.#minutes.keys()) if (Math.abs(other - at) >= kept) this.#minutes.delete(other);
      this.#minutes.set(at, (found = { started: 0, ended: 0, failed: 0, calls: 0, delays: [] }));
    }
    return found;
  }
}
