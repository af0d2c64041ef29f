import type { FieldError, Problem } from "@/lib/errors.ts";

/** A refusal of the API in its own words (RFC 9457). Status 0: the answer never came. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly errors: FieldError[];

  constructor(problem: Pick<Problem, "status" | "title" | "detail" | "errors">, cause?: unknown) {
    super(problem.detail, { cause });
    this.name = "ApiProblem";
    this.status = problem.status;
    this.title = problem.title;
    this.errors = problem.errors ?? [];
  }

  /** The message for one field, if the refusal was about it. */
  about(path: string): string | null {
    return this.errors.find((error) => error.path === path)?.message ?? null;
  }
}

/** Whether the same request may be sent again: nothing was decided yet. */
export const worthRetrying = (error: unknown): boolean => error instanceof ApiProblem && (error.status === 0 || error.status === 503);

/** One per act of a person; the same key again is the same act, so retries and double clicks do nothing twice. */
export const newKey = (): string => crypto.randomUUID();

type WriteOptions = { idempotencyKey?: string; ifMatch?: number };

async function call<T>(method: string, path: string, body?: unknown, options: WriteOptions = {}): Promise<T> {
  const response = await answered(method, path, body, options);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

/** The answer, when it is none that refuses. */
async function answered(method: string, path: string, body: unknown, options: WriteOptions & { signal?: AbortSignal } = {}): Promise<Response> {
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (options.idempotencyKey) headers.set("idempotency-key", options.idempotencyKey);
  if (options.ifMatch !== undefined) headers.set("if-match", `"${options.ifMatch}"`);
  const response = await fetch(`/api/v1${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body), credentials: "same-origin", signal: options.signal ?? null }).catch((cause: unknown) => {
    throw new ApiProblem({ status: 0, title: "No connection", detail: "The desk can't be reached. Check the connection and try again." }, cause);
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => null)) as Problem | null;
  throw new ApiProblem(problem ?? { status: response.status, title: "Something went wrong", detail: `The desk answered with ${response.status}.` });
}

/** The lines of an answer that grows (NDJSON), as they come. Ends the work at the desk when `signal` says so. */
async function* lines<T>(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<T> {
  const response = await answered("POST", path, body, { signal });
  let rest = "";
  for (const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader(); reader;) {
    const { done, value = "" } = await reader.read();
    const whole = (rest + value).split("\n");
    rest = whole.pop() ?? "";
    for (const line of whole) {
      const told = JSON.parse(line) as T | { problem: Problem };
      if (told !== null && typeof told === "object" && "problem" in told) throw new ApiProblem(told.problem);
      yield told as T;
    }
    if (done) return;
  }
}

/** The REST API as the browser uses it: session cookie, JSON, problems as ApiProblem. Paths start after /api/v1. */
export const api = {
  get: <T>(path: string): Promise<T> => call<T>("GET", path),
  /** Every POST carries an idempotency key; pass one to repeat the same act safely. */
  post: <T>(path: string, body: unknown, options: WriteOptions = {}): Promise<T> => call<T>("POST", path, body, { idempotencyKey: newKey(), ...options }),
  /** A question too long for an address: a POST that changes nothing, so it needs no key. */
  ask: <T>(path: string, body: unknown): Promise<T> => call<T>("POST", path, body),
  lines,
  put: <T>(path: string, body: unknown, options?: WriteOptions): Promise<T> => call<T>("PUT", path, body, options),
  patch: <T>(path: string, body: unknown, options?: WriteOptions): Promise<T> => call<T>("PATCH", path, body, options),
  delete: <T>(path: string, options?: WriteOptions): Promise<T> => call<T>("DELETE", path, undefined, options),
};

/** A query string of what is set, in a stable order. */
export function queryOf(values: Record<string, string | number | null | undefined>): string {
  const pairs = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const query = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return query ? `?${query}` : "";
}
