import { setTimeout as wait } from "node:timers/promises";

/** The sentence for what the file of a part or its disk refuses; undefined when the error is of another kind. Codes: sqlite.org/rescode.html */
export function storageTrouble(error: unknown, part = "jobs"): string | undefined {
  const { code, errcode = 0, message = "" } = error as { code?: string; errcode?: number; message?: string };
  if (code !== "ERR_SQLITE_ERROR") return undefined;
  // The low byte is the kind, the rest tells kinds of it apart.
  switch (errcode & 0xff) {
    case 13:
      return "The disk is full; nothing was changed. Free some space, and it goes on by itself.";
    case 10:
      return `The disk refuses (${message}); nothing was changed.`;
    case 11:
    case 26:
      return `The ${part} file is damaged (${message}). Put it aside, or restore a backup.`;
    default:
      return undefined;
  }
}

/** Keeps on with what must be done while the disk refuses it, and says so. */
export class Insistence {
  readonly #say: (sentence: string) => void;
  #silentUntil = 0;
  #stopped = false;

  constructor(say: (sentence: string) => void) {
    this.#say = say;
  }

  /** Does the work (a transaction) at once, and again every second until the disk takes it. Undefined when that never came before the stop. */
  async until<T>(work: () => T): Promise<T | undefined> {
    for (;;) {
      try {
        return work();
      } catch (error) {
        // The disk's state is not this program's fault and passes; everything else is one and ends it.
        const trouble = storageTrouble(error);
        if (trouble === undefined) throw error;
        this.tell(trouble);
      }
      await wait(1000, undefined, { ref: false });
      if (this.#stopped) return undefined;
    }
  }

  /** Says it, at most once a minute. */
  tell(trouble: string): void {
    if (performance.now() < this.#silentUntil) return;
    this.#silentUntil = performance.now() + 60_000;
    this.#say(trouble);
  }

  stop(): void {
    this.#stopped = true;
  }
}
