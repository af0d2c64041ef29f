import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { applyCheckpoint } from "./checkpoint.ts";
import { stateOf } from "./call.ts";
import { BadEvent, ingest } from "./events.ts";
import type { Executor } from "./executor.ts";
import { limits } from "./executor.ts";
import { isEventKey, showsSigningKey } from "./keys.ts";
import { storageTrouble } from "../trouble.ts";
import { operate } from "./operate/operate.ts";

export type Door = { executor: Executor; eventKey: string; signingKey: string; say(sentence: string): void; tellTrouble(sentence: string): void; health(): { ok: boolean; app: "reached" | "away"; functions: number }; moveClock: ((offsetMs: number) => void) | undefined; registered(refusals: string[]): void };
export type Reply = { status: number; body: unknown };

const Register = z.looseObject({ appName: z.string(), functions: z.array(z.looseObject({})) });
const MoveClock = z.object({ offsetMs: z.number().int() });
const Copy = z.object({ to: z.string().min(1) });
const unauthorised: Reply = { status: 401, body: { error: "The signing key is missing or wrong.", status: 401 } };
const unknown: Reply = { status: 404, body: { error: "There is nothing here.", status: 404 } };

/** Answers every request of the SDK and of operators. A fault of the request is 4xx with a sentence; never rejects. */
export async function respond(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = await route(door, request).catch((error: unknown) => explain(door, error));
  const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body);
  response.writeHead(reply.status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) }).end(text);
}

async function route(door: Door, request: IncomingMessage): Promise<Reply> {
  const { executor, eventKey, signingKey } = door;
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const [first = "", second = "", third = "", fourth = ""] = url.pathname.split("/").slice(1).map(decodeURIComponent);
  const { method, headers } = request;
  const signed = showsSigningKey(headers.authorization, signingKey, first === "_local");

  if (method === "GET" && first === "health") return { status: 200, body: door.health() };
  if (method === "POST" && first === "e") {
    if (!isEventKey(second, eventKey)) return { status: 401, body: { error: "The event key is wrong.", status: 401 } };
    const seed = headers["x-inngest-event-id-seed"];
    const ids = ingest(executor, [await json(request)].flat(), typeof seed === "string" ? seed : undefined);
    return { status: 200, body: { ids, status: 200 } };
  }
  if (!["fn", "v0", "v1", "_local"].includes(first)) return unknown;
  if (!signed) return unauthorised;
  if (method === "POST" && first === "fn" && second === "register") return register(door, await json(request));
  if (method === "POST" && first === "v1" && second === "checkpoint" && fourth === "async") {
    const fresh = applyCheckpoint(executor, third, await json(request));
    return fresh ? { status: 200, body: {} } : { status: 409, body: { error: "The run has gone on without this call.", status: 409 } };
  }
  if (method === "GET" && first === "v0" && second === "runs" && fourth === "actions") return { status: 200, body: stateOf(executor, third) };
  if (method === "GET" && first === "v0" && second === "runs" && fourth === "batch") {
    const event = executor.store.get<{ body: string }>("SELECT body FROM events WHERE id = (SELECT event FROM runs WHERE id = ?)", third);
    return event ? { status: 200, body: `[${event.body}]` } : unknown;
  }
  if (method === "POST" && first === "_local" && second === "clock" && door.moveClock) {
    door.moveClock(MoveClock.parse(await json(request)).offsetMs);
    executor.wake();
    return { status: 200, body: { now: executor.now() } };
  }
  if (method === "POST" && first === "_local" && second === "backup") {
    await executor.store.copyTo(Copy.parse(await json(request)).to);
    return { status: 200, body: {} };
  }
  if (first === "_local") return operate(door, method ?? "GET", [second, third, fourth], url.searchParams) ?? unknown;
  // Signals, realtime, metadata, durable endpoints: to the SDK, 404 would mean that nobody waited for a signal.
  if (first === "v1") return { status: 501, body: { error: `The local executor does not support ${url.pathname}.`, status: 501 } };
  return unknown;
}

/** Registers what is supported, and says with status 400 what is not; runs of that will fail. */
function register(door: Door, sent: unknown): Reply {
  const { appName, functions } = Register.parse(sent);
  const { modified, refusals } = door.executor.functions.register(appName, functions, door.executor.now());
  door.registered(refusals);
  door.executor.wake();
  if (refusals.length > 0) return { status: 400, body: { ok: false, status: 400, modified, error: refusals.join(" ") } };
  return { status: 200, body: { ok: true, status: 200, modified } };
}

async function json(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limits.request) throw new BadEvent(413, `The request is larger than ${limits.request} bytes.`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString());
}

function explain(door: Door, error: unknown): Reply {
  if (error instanceof BadEvent) return { status: error.status, body: { ids: [], error: error.message, status: error.status } };
  if (error instanceof SyntaxError || error instanceof URIError || error instanceof z.ZodError) return { status: 400, body: { error: `The request is not readable: ${error.message}`, status: 400 } };
  const trouble = storageTrouble(error);
  if (trouble !== undefined) {
    door.tellTrouble(trouble);
    return { status: 503, body: { error: trouble, status: 503 } };
  }
  door.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return { status: 500, body: { error: "The executor failed.", status: 500 } };
}
