import { Agent, request } from "node:http";
import type { IncomingMessage } from "node:http";
import type { Answer, Call } from "./answers.ts";
import type { Executor } from "./executor.ts";
import { limits } from "./executor.ts";
import type { Registered } from "./functions.ts";
import { signature } from "./keys.ts";

/** How long a step may take until the call is given up and counted as an attempt. */
const patience = 15 * 60_000;

/** The app was not reached at all: it is down or starting. Not an attempt. */
export type Away = { away: string };

type RunState = { event: string; parallel: number; size: number };
type StepRow = { id: string; state: "data" | "error"; json: string };

/** The canonical body of a call, put together from stored JSON; its keys are written in sorted order. */
function bodyOf({ store }: Executor, call: Call, spec: Registered): string {
  const run = store.get<RunState>("SELECT events.body AS event, parallel, size FROM runs JOIN events ON events.id = runs.event WHERE runs.id = ?", call.run);
  if (!run) throw new Error(`The run ${call.run} is gone while its job is there.`);
  const steps = store.all<StepRow>("SELECT id, state, json FROM steps WHERE run = ? AND state <> 'pending' ORDER BY place", call.run);
  const fetched = run.size > limits.state / 8;
  const stack = JSON.stringify(steps.map(({ id }) => id));
  const ctx = `{"attempt":${call.attempt},"disable_immediate_execution":${run.parallel === 1},"env":"local","fn_id":"${spec.uuid}","generation_id":${call.generation},"job_id":"${call.id}","max_attempts":${spec.maxAttempts},"qi_id":"${call.id}","run_id":"${call.run}","stack":{"current":${steps.length},"stack":${stack}},"use_api":${fetched}}`;
  return `{"ctx":${ctx},"event":${run.event},"events":[${run.event}],"steps":${fetched ? "{}" : stepsJson(steps)},"version":-1}`;
}

function stepsJson(steps: readonly StepRow[]): string {
  const sorted = [...steps].sort((a, b) => (a.id < b.id ? -1 : 1));
  return `{${sorted.map(({ id, state, json }) => (state === "data" ? `${JSON.stringify(id)}:{"data":${json},"type":"data"}` : `${JSON.stringify(id)}:{"error":${json},"type":"error"}`)).join(",")}}`;
}

/** The results of a run as the SDK fetches them when they are too many to be sent along. */
export function stateOf({ store }: Executor, run: string): string {
  return stepsJson(store.all<StepRow>("SELECT id, state, json FROM steps WHERE run = ? AND state <> 'pending'", run));
}

/** Calls the app's door. Keeps connections open, so that a call costs no handshake. */
export class Caller {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #origin: string;
  readonly #signingKey: string;

  constructor(origin: string, signingKey: string) {
    this.#origin = origin;
    this.#signingKey = signingKey;
  }

  /** Sends one call and waits for its answer. Never rejects for what the network or the app do. */
  call(executor: Executor, call: Call, spec: Registered): Promise<Answer | Away> {
    const path = `${spec.path.replace(/([?&])stepId=[^&]*/, "$1")}&stepId=${call.step ?? "step"}`;
    return this.#send("POST", path, bodyOf(executor, call, spec), { "x-inngest-generation-id": String(call.generation), "x-inngest-job-id": String(call.id), "x-request-id": `${call.id}.${call.generation}` });
  }

  /** Asks the app to register its functions here. */
  sync(path: string): Promise<Answer | Away> {
    return this.#send("PUT", path, "", {});
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(method: string, path: string, body: string, headers: Record<string, string>): Promise<Answer | Away> {
    return new Promise((resolve) => {
      const sending = request(this.#origin + path, {
        method,
        agent: this.#agent,
        timeout: patience,
        headers: { ...headers, "content-type": "application/json", "content-length": Buffer.byteLength(body), "x-inngest-signature": signature(this.#signingKey, body, Date.now()) },
      });
      sending.once("timeout", () => sending.destroy(new Error("no answer within 15 minutes")));
      sending.once("error", (error: NodeJS.ErrnoException) => {
        const unreached = error.code === "ECONNREFUSED" || error.code === "ENOTFOUND" || error.code === "EHOSTUNREACH";
        // A kept connection that the app closed while it was idle fails like this at the next use.
        const stale = sending.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
        resolve(unreached || stale ? { away: error.message } : { lost: `The app gave no answer: ${error.message}.` });
      });
      sending.once("response", (response) => collect(response, resolve));
      sending.end(body);
    });
  }
}

function collect(response: IncomingMessage, resolve: (answer: Answer | Away) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > limits.state) response.destroy(new Error(`an answer of more than ${limits.state} bytes`));
    else chunks.push(chunk);
  });
  response.once("error", (error) => resolve({ lost: `The app's answer broke off: ${error.message}.` }));
  response.once("end", () => {
    const status = response.statusCode ?? 0;
    const body = Buffer.concat(chunks).toString();
    const { "x-inngest-sdk": sdk, "x-inngest-no-retry": noRetry, "retry-after": retryAfter, "x-inngest-req-version": version } = response.headers;
    if (sdk !== undefined) resolve({ status, body, noRetry: noRetry === "true", retryAfter, version: typeof version === "string" ? version : undefined });
    else if (status === 502 || status === 503 || status === 504) resolve({ away: `status ${status}` });
    else resolve({ lost: status === 401 ? "The app refused the signature: its INNGEST_SIGNING_KEY differs." : `Something other than the SDK answered with status ${status}.` });
  });
}
