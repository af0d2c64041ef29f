import type { Caller } from "./call.ts";

const untilReached = 500;
const between = 30_000;

/**
 * Keeps asking the app to register its functions: twice a second until it is up, then every half minute, and at once
 * when the app comes back, since it may have come back with other functions.
 */
export class Syncer {
  readonly #caller: Caller;
  readonly #path: string;
  readonly #say: (sentence: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #told = "";
  synced = false;

  constructor(caller: Caller, path: string, say: (sentence: string) => void) {
    this.#say = say;
    this.#caller = caller;
    this.#path = path;
  }

  now(): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) void this.#sync();
  }

  /** An app has registered. What it uses that is not supported is said once. */
  registered(refusals: string[]): void {
    this.synced = true;
    this.#tell(refusals.join(" "));
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #sync(): Promise<void> {
    const answer = await this.#caller.sync(this.#path);
    if (this.#stopped) return;
    const reached = "status" in answer && answer.status < 500;
    if ("lost" in answer) this.#tell(`registering: ${answer.lost}`);
    this.synced = reached;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), reached ? between : untilReached);
  }

  #tell(sentences: string): void {
    if (sentences !== "" && sentences !== this.#told) this.#say(sentences);
    this.#told = sentences;
  }
}
