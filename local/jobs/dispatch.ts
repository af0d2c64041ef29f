import { applyAnswer } from "./answers.ts";
import type { Call } from "./answers.ts";
import type { Caller } from "./call.ts";
import type { Executor } from "./executor.ts";
import type { Registered } from "./functions.ts";
import { hold, passOn, Slots } from "./slots.ts";
import { ring } from "./timers.ts";
import type { Timer } from "./timers.ts";
import type { Insistence } from "../trouble.ts";

/** Calls to the app at the same time; more wait their turn. */
const maxInFlight = 48;
const graceAfterBoot = 2000;
const pauseWhenAway = 500;
/** Beyond this a clock that went back was set, not corrected. */
const setBack = 1000;

type CallRow = Call & { fn: string; slots: string; due: number };

/**
 * Gives out due jobs. A job is leased with a generation before it is called; a lease that was not answered when the
 * process died is given out again two seconds after the next boot, and what its former call still reports is refused by
 * its generation.
 */
export class Dispatcher {
  readonly #executor: Executor;
  readonly #caller: Caller;
  readonly #slots: Slots;
  readonly #insistence: Insistence;
  readonly #longestNap: number;
  readonly #inFlight = new Set<Promise<void>>();
  /** By the process's own time, which nobody sets. */
  #awayUntil = 0;
  #lastLook = 0;
  #nap: NodeJS.Timeout | undefined;
  #woken = false;
  #looking = false;
  #stopped = false;
  #closed = false;
  #onBack: () => void;

  /** `longestNap`: the clock is looked at again after so many milliseconds. `onBack` is called when the app answers after it had not been reached. */
  constructor(executor: Executor, caller: Caller, insistence: Insistence, longestNap: number, onBack: () => void) {
    this.#executor = executor;
    this.#caller = caller;
    this.#insistence = insistence;
    this.#longestNap = longestNap;
    this.#slots = new Slots(executor.store);
    this.#onBack = onBack;
    executor.store.write(() => {
      executor.store.run("UPDATE jobs SET blocked = NULL WHERE blocked IS NOT NULL");
      this.#bringForward(executor.now());
      executor.store.run("UPDATE jobs SET leased = 0, due = ? WHERE leased = 1", executor.now() + graceAfterBoot);
    });
  }

  get away(): boolean {
    return this.#awayUntil > 0;
  }

  wake(): void {
    if (this.#woken || this.#stopped) return;
    this.#woken = true;
    setImmediate(() => {
      this.#woken = false;
      // While the disk refuses, the one look that insists is enough.
      if (this.#looking) return;
      this.#looking = true;
      void this.#insistence.until(() => this.#round()).then((more) => {
        this.#looking = false;
        if (more) this.wake();
      });
    });
  }

  /** Gives out nothing more and waits until the calls in flight are answered, at most for the given time. */
  async stop(milliseconds: number): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#nap);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([Promise.all(this.#inFlight), new Promise<void>((done) => (timer = setTimeout(done, milliseconds)))]);
    clearTimeout(timer);
    this.#closed = true;
  }

  /** Answers whether more is due already. */
  #round(): boolean {
    if (this.#stopped) return false;
    const { store } = this.#executor;
    const now = this.#executor.now();
    if (now < this.#lastLook - setBack) store.write(() => this.#bringForward(now));
    this.#lastLook = now;
    const timers = store.all<Timer>("SELECT id, kind, run, step, fn, detail, due FROM jobs WHERE kind <> 'call' AND due <= ? ORDER BY due, id LIMIT 100", now);
    const room = this.#awayUntil > performance.now() ? 0 : maxInFlight - this.#inFlight.size;
    // While the app is away, one call tries whether it is back.
    const calls = room > 0 ? this.#due(now, this.away ? 1 : room) : [];
    if (timers.length > 0 || calls.length > 0) {
      const leased = this.#give(timers, calls, now);
      for (const { call, spec } of leased) this.#track(call, spec);
      if (timers.length > 0 || calls.length > leased.length) return true;
    }
    this.#sleep(now);
    return false;
  }

  #give(timers: Timer[], calls: CallRow[], now: number): { call: CallRow; spec: Registered }[] {
    const before = this.#slots.taken;
    try {
      return this.#executor.store.write(() => {
        for (const timer of timers) ring(this.#executor, timer, now);
        return calls.flatMap((call) => this.#lease(call, now));
      });
    } catch (error) {
      // The transaction came to nothing, and so must the slots that it took.
      this.#slots.putBack(before);
      throw error;
    }
  }

  #due(now: number, room: number): CallRow[] {
    return this.#executor.store.all<CallRow>(
      "SELECT jobs.id, jobs.run, jobs.step, jobs.attempt, jobs.generation, jobs.due, runs.fn, runs.slots FROM jobs JOIN runs ON runs.id = jobs.run WHERE kind = 'call' AND leased = 0 AND blocked IS NULL AND due <= ? ORDER BY due, jobs.id LIMIT ?",
      now, room,
    );
  }

  #lease(row: CallRow, now: number): { call: CallRow; spec: Registered }[] {
    const spec = this.#executor.functions.get(row.fn);
    if (!spec) throw new Error(`The run ${row.run} is of a function that was never registered: ${row.fn}.`);
    if (!spec.active) return (hold(this.#executor.store, row), []);
    if (!this.#slots.take(row)) return [];
    // A timer of this round may have ended the run.
    if (this.#executor.store.run("UPDATE jobs SET leased = 1, generation = generation + 1 WHERE id = ?", row.id) === 0) return (this.#slots.release(row), passOn(this.#executor.store, row.slots), []);
    this.#executor.pace.waited(now, now - row.due);
    return [{ call: { ...row, generation: row.generation + 1 }, spec }];
  }

  #track(call: CallRow, spec: Registered): void {
    const { store } = this.#executor;
    const going = this.#call(call, spec).finally(async () => {
      this.#inFlight.delete(going);
      this.#slots.release(call);
      if (!this.#closed && call.slots !== "[]") await this.#insistence.until(() => store.write(() => passOn(store, call.slots)));
      this.wake();
    });
    this.#inFlight.add(going);
  }

  async #call(call: CallRow, spec: Registered): Promise<void> {
    const answer = await this.#caller.call(this.#executor, call, spec);
    // The lease stays and is given out again after the next boot.
    if (this.#closed) return;
    if ("away" in answer) {
      this.#awayUntil = performance.now() + pauseWhenAway;
      await this.#insistence.until(() => this.#executor.store.run("UPDATE jobs SET leased = 0 WHERE id = ? AND generation = ?", call.id, call.generation));
      return;
    }
    if (this.away) this.#onBack();
    this.#awayUntil = 0;
    await this.#insistence.until(() => applyAnswer(this.#executor, call, spec.maxAttempts, answer));
  }

  /** Within a transaction: after the clock was set back, what was due at once is due now, and not only when the old time comes again. */
  #bringForward(now: number): void {
    this.#executor.store.run("UPDATE jobs SET due = ? WHERE kind = 'call' AND attempt = 0 AND leased = 0 AND due > ?", now, now + graceAfterBoot);
  }

  /** Sets the alarm for the next job; a far one is looked at again before, whatever the clock does meanwhile. */
  #sleep(now: number): void {
    clearTimeout(this.#nap);
    const { store } = this.#executor;
    const timer = store.get<{ due: number }>("SELECT due FROM jobs WHERE kind <> 'call' ORDER BY due, id LIMIT 1")?.due ?? Infinity;
    const full = this.#inFlight.size >= maxInFlight;
    const call = full ? Infinity : (store.get<{ due: number }>("SELECT due FROM jobs WHERE kind = 'call' AND leased = 0 AND blocked IS NULL ORDER BY due, id LIMIT 1")?.due ?? Infinity);
    const until = Math.min(timer - now, Math.max(call - now, this.#awayUntil - performance.now()));
    this.#nap = setTimeout(() => this.wake(), Math.max(1, Math.min(until, this.#longestNap)));
  }
}
