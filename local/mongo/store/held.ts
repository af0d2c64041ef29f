import { refuse } from "../errors.ts";
import type { Maybe } from "../bson/value.ts";

/** What one stage may hold in memory, as in MongoDB; nothing is written to disk instead, with allowDiskUse or without. */
const EACH_BYTES = 100 * 1024 * 1024;
/** What all commands and open cursors may hold together. */
const ALL_BYTES = 256 * 1024 * 1024;
let all = 0;

/** The memory that a sort, a group or a facet holds. Above its share the command is refused (292). */
export class Held {
  readonly #who: string;
  #bytes = 0;
  constructor(who: string) {
    this.#who = who;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    all += bytes;
    if (this.#bytes > EACH_BYTES) refuse(292, `${this.#who} exceeded memory limit of ${EACH_BYTES} bytes; the local database does not use the disk for it. Match fewer documents, or add an index that gives the order.`);
    if (all > ALL_BYTES) refuse(292, `${this.#who} needs more memory than other commands leave of ${ALL_BYTES} bytes. Close cursors, or try again later.`);
  }

  free(): void {
    all -= this.#bytes;
    this.#bytes = 0;
  }
}

/** About how many bytes a decoded value takes. */
export function weight(v: Maybe): number {
  if (typeof v === "string") return 24 + v.length;
  if (v instanceof Map) {
    let n = 64;
    for (const [name, x] of v) n += 32 + name.length + weight(x);
    return n;
  }
  if (Array.isArray(v)) return v.reduce<number>((n, x) => n + 8 + weight(x), 32);
  return v !== null && typeof v === "object" && "bytes" in v ? 96 + v.bytes.length : 16;
}
