import { CommandError } from "../errors.ts";

interface Waiting {
  exclusive: boolean;
  admit(): void;
}

const conflict = (exclusive: boolean) =>
  new CommandError(112, "WriteConflict error: the database was busy with another transaction for too long. Please retry your operation or multi-document transaction.", {}, exclusive ? ["TransientTransactionError"] : []);

/**
 * The right to write. Any number of single writes share it (each runs within one tick, so they never interleave);
 * a transaction has it alone from its first command to its end. First come, first served: when it becomes free, all the
 * single writes at the head of the queue are admitted, else one transaction, for whom it is then already reserved.
 */
export class WriterLock {
  #exclusive = false;
  #shared = 0;
  #queue: Waiting[] = [];
  readonly #beforeExclusive: () => void;

  /** `beforeExclusive` runs in the tick in which a transaction gets the lock. */
  constructor(beforeExclusive: () => void) {
    this.#beforeExclusive = beforeExclusive;
  }

  get held(): boolean {
    return this.#exclusive;
  }

  get wanted(): boolean {
    return this.#queue.length > 0;
  }

  /** Free at once? Then it is taken, in this tick. */
  tryEnter(exclusive: boolean): boolean {
    if (this.#exclusive || this.#queue.length > 0 || (exclusive && this.#shared > 0)) return false;
    this.#take(exclusive);
    return true;
  }

  /** Waits in the queue; gives up after `patienceMs` with WriteConflict (112), transient for a transaction. */
  enter(exclusive: boolean, patienceMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        exclusive,
        admit: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#queue = this.#queue.filter((other) => other !== waiting);
        reject(conflict(exclusive));
        this.#wake();
      }, patienceMs);
      this.#queue.push(waiting);
    });
  }

  leave(exclusive: boolean): void {
    if (exclusive) this.#exclusive = false;
    else this.#shared--;
    this.#wake();
  }

  #take(exclusive: boolean): void {
    if (exclusive) {
      this.#beforeExclusive();
      this.#exclusive = true;
    } else this.#shared++;
  }

  #wake(): void {
    while (this.#queue.length > 0 && !this.#exclusive) {
      const next = this.#queue[0]!;
      if (next.exclusive && this.#shared > 0) return;
      this.#queue.shift();
      this.#take(next.exclusive);
      next.admit();
    }
  }
}
