import { appendFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rotate } from "./files.ts";

/** How many of the last lines are kept in memory, for what is told at the terminal. */
const remembered = 12;

/**
 * The logs of one process: a line that begins with the name of one of its parts (`mail: …`) goes to the part's own file
 * beside the process's, and so do the lines of a stack that follow it. Each file is moved aside at 5 MB.
 */
export class Log {
  readonly file: string;
  #parts: readonly string[];
  #current: string;
  #last: string[] = [];

  constructor(file: string, parts: readonly string[] = []) {
    this.file = file;
    this.#parts = parts;
    this.#current = file;
  }

  write(line: string): void {
    this.#last = [...this.#last, line].slice(-remembered);
    if (!/^\s/.test(line)) this.#current = this.#fileFor(line);
    try {
      rotate(this.#current);
      appendFileSync(this.#current, `${line}\n`, { mode: 0o600 });
    } catch (error) {
      // A log that cannot be written (the disk is full) must not take the desk down with it.
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }

  /** The last lines that were written since the process of this object began, whatever file they went to. */
  last(lines: number): string {
    return this.#last.slice(-lines).join("\n");
  }

  forget(): void {
    this.#last = [];
  }

  #fileFor(line: string): string {
    const part = this.#parts.find((name) => line.startsWith(`${name}: `));
    return part ? join(dirname(this.file), `${part}.log`) : this.file;
  }
}
