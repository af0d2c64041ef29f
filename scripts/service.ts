import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { compiled } from "./files.ts";
import { Log } from "./log.ts";
import { sentenceFor, Stop } from "./stop.ts";
import type { Variables } from "./settings.ts";

/** The line a process prints on standard output when it can be used: `{"ready":true, …addresses}`. */
export type Ready = { ready: true } & Record<string, string>;

export type Plan = {
  name: string;
  /** Arguments to Node. */
  command: string[];
  cwd: string;
  /** Asked again at each start, so that a restart can be given the ports of the first. */
  env: () => Variables;
  logFile: string;
  /** Parts whose lines have log files of their own beside it. */
  parts?: readonly string[];
  /** A fault printed once to the person at the terminal while the process is being brought back. */
  say: (line: string) => void;
  /** Called after each time the process has become ready. */
  onReady?: (ready: Ready, pid: number) => void;
};

/** Exit codes of the local services: the data is in use, or there is a trouble told in one sentence. */
const IN_USE = 3;
const TROUBLE = 4;
/** glibc keeps what hashing a password took (19 MB each) and an arena for each thread; told so, it gives a hundred megabytes back. */
const allocator = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "1048576", MALLOC_TRIM_THRESHOLD_: "1048576" };
const delaysMs = [0, 250, 500, 1000, 2000, 5000];
const lastWordsMs = 500;
const steadyAfterMs = 30_000;

/** A process that is brought back whenever it ends, until it is stopped. */
export class Service {
  #plan: Plan;
  #log: Log;
  #child: ChildProcess | null = null;
  #stopping = false;
  #failures = 0;
  #kept: Promise<void> = Promise.resolve();

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#log = new Log(plan.logFile, plan.parts);
  }

  /**
   * Starts the process and resolves when it is ready. Rejects with Stop if it ends before.
   * `patienceMs` is how long "the data is in use" is tried again: processes of a killed desk need a moment to end.
   */
  async start(patienceMs = 0): Promise<Ready> {
    const until = Date.now() + patienceMs;
    for (;;) {
      const run = this.#spawn();
      const ready = await run.ready;
      if (ready) {
        this.#kept = this.#keep(run.ended);
        return ready;
      }
      const code = await run.ended;
      if (code !== IN_USE || Date.now() > until || this.#stopping) throw new Stop(this.#lastWords(code));
      await wait(250);
    }
  }

  /** How often the process has ended by itself without having run steadily since. */
  get failures(): number {
    return this.#failures;
  }

  /** SIGTERM, and SIGKILL to what is still there after `graceMs`. Resolves when the process has ended. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      const force = setTimeout(() => child.kill("SIGKILL"), graceMs);
      child.kill("SIGTERM");
      await ended;
      clearTimeout(force);
    }
    await this.#kept;
  }

  kill(): void {
    this.#stopping = true;
    this.#child?.kill("SIGKILL");
  }

  /** The first return is tried at once, later ones after longer waits. */
  async #keep(ended: Promise<number | null>): Promise<void> {
    for (let began = Date.now(); ; began = Date.now()) {
      const code = await ended;
      if (this.#stopping) return;
      if (Date.now() - began > steadyAfterMs) this.#failures = 0;
      if (this.#failures === 0) this.#plan.say(`The ${this.#plan.name} has ended and is started again${code === TROUBLE ? `: ${this.#lastWords(code)}` : "."}`);
      await wait(delaysMs[Math.min(this.#failures++, delaysMs.length - 1)]);
      if (this.#stopping) return;
      ended = this.#again();
    }
  }

  /** A start that fails in itself (say, the disk is full) counts as one that has ended. */
  #again(): Promise<number | null> {
    try {
      const { ready, ended } = this.#spawn();
      ready.catch((error: unknown) => this.#plan.say(sentenceFor(error)));
      return ended;
    } catch (error) {
      this.#plan.say(sentenceFor(error));
      return Promise.resolve(null);
    }
  }

  /** `ready` resolves with null if the process ends first. */
  #spawn(): { ready: Promise<Ready | null>; ended: Promise<number | null> } {
    const { name, command, cwd, env, onReady, say } = this.#plan;
    const log = this.#log;
    log.forget();
    // Its own process group: Ctrl-C in the terminal must reach us alone, or the order of the stop is lost.
    const variables: Variables = { NODE_COMPILE_CACHE: compiled(cwd), ...allocator, ...env() };
    const child = spawn(process.execPath, command, { cwd, env: variables as NodeJS.ProcessEnv, stdio: ["pipe", "pipe", "pipe"], detached: true });
    this.#child = child;
    const ended = new Promise<number | null>((resolve) => {
      // At its "exit" the last words may still be on the way; but a child of its own may hold on to the pipes.
      child.once("close", resolve);
      child.once("exit", (code) => setTimeout(() => resolve(code), lastWordsMs).unref());
      child.once("error", () => resolve(null));
    });
    createInterface({ input: child.stderr! }).on("line", (line) => log.write(line));
    const ready = new Promise<Ready | null>((resolve, reject) => {
      createInterface({ input: child.stdout! }).on("line", (line) => {
        const told = readyIn(line);
        if (!told) return log.write(line);
        if (this.#failures > 0) say(`The ${name} is back.`);
        try {
          onReady?.(told, child.pid!);
          resolve(told);
        } catch (error) {
          reject(error);
        }
      });
      void ended.then(() => resolve(null));
    });
    child.stdin!.on("error", () => {}); // Nothing is ever written to it: it only ends when we do.
    return { ready, ended };
  }

  #lastWords(code: number | null): string {
    const { logFile, name } = this.#plan;
    const said = this.#log.last(code === IN_USE || code === TROUBLE ? 1 : 12);
    if (!said) return `The ${name} did not start (code ${code}) and left no word in ${logFile}: is the disk full?`;
    return code === IN_USE || code === TROUBLE ? said : `The ${name} did not start (code ${code}); ${logFile} ends with:\n\n${said}`;
  }
}

function readyIn(line: string): Ready | null {
  if (!line.startsWith('{"ready":true')) return null;
  return JSON.parse(line);
}
