import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";

export type Services = { app: string; mongodb: string; jobs: string; realtime: string; mail: string; pids: Record<string, number> };

/** A command typed into a terminal on a machine that knows nothing of the project. */
export class Terminal {
  readonly data: string;
  output = "";
  /** The exit code, once all that was started has let go of the terminal. */
  readonly code: Promise<number | null>;
  #child: ChildProcess;

  constructor(root: string, args: string[], { port, data }: { port: number; data: string }) {
    this.data = join(root, data);
    this.#child = spawn("npm", args, { cwd: root, env: { ...bareEnvironment(), PORT: String(port), TWOWAY_DATA: data } });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) stream.on("data", (chunk) => (this.output += chunk));
    this.code = new Promise((resolve) => this.#child.on("close", resolve));
  }

  /** Resolves when the desk says it is ready; rejects with what it printed if it ends before. */
  async ready(withinMs: number): Promise<Services> {
    const ended = this.code.then((code) => Promise.reject(new Error(`ended with code ${code}:\n${this.output}`)));
    const printed = vi.waitUntil(() => this.output.includes("Ctrl-C stops it"), { timeout: withinMs, interval: 50 });
    await Promise.race([printed, ended]);
    return this.services();
  }

  services(): Services {
    return JSON.parse(readFileSync(join(this.data, "services.json"), "utf8"));
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

/** Without the variables of npm and vitest, and without our own Node in front. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH = "", HOME, LANG, TMPDIR } = process.env;
  const path = PATH.split(":").filter((folder) => !folder.includes("node_modules"));
  return { PATH: path.join(":"), HOME, LANG, TMPDIR, NODE_ENV: undefined as never };
}

/** A process that has ended but that nobody has asked about yet (a zombie) still has its number: that is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false; // No such process: that is the answer.
  }
}
