import { z } from "zod";
import { addressIn } from "./address.ts";
import { answerOnce } from "./answers-once.ts";
import { identify, newVisitorToken, postingActor, postingAddress, sessionCookies, visitorCookie, visitorCookieSeconds, visitorOf, type Actor, type Credentials } from "./auth/service.ts";
import { AppError, known, statusOf, toProblem, type Problem } from "./errors.ts";
import { day, hour, minute } from "./clock.ts";
import { fileLimits } from "./file-size.ts";
import { fileTooLarge } from "./files.ts";
import { limit, type Allowance } from "./limits.ts";
import { log } from "./log.ts";
import { oneFile, type Arriving } from "./multipart.ts";

/** What a command may know of the request beside its input. */
export type Ask = {
  /** The version that the writer last saw (If-Match), null when they named none. */
  ifMatch: number | null;
  /** Names this request for ever: the same key by the same actor makes one record, also over a crash. */
  once: string | null;
};

export type Outcome<R> = { ok: true; value: R } | { ok: false; problem: Problem; input?: Record<string, string> };

/** Answers are one reader's own, and never anything but what they say they are. */
const always = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
const bodyLimitBytes = 1_000_000;
const perMinute = { person: 6000, visitor: 300, forms: 120, cookieless: 1200 };

/** Turns what was thrown into problem details; a fault of ours is logged, and says nothing of its inside. */
function told(error: unknown, where: string): { problem: Problem; error: AppError | null } {
  const expected = known(error);
  if (!expected) log("error", where, { error });
  return { problem: toProblem(expected), error: expected };
}

type Context = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * A JSON door. Path parameters, query (GET) or body are parsed by `schema`, the command runs as the actor, and
 * its answer is sent with `status`. Always on: rate limit, Origin check for cookies, idempotency, If-Match,
 * problem details (RFC 9457).
 */
export function route<S extends z.ZodType, R>(schema: S, run: (actor: Actor, input: z.output<S>, ask: Ask) => Promise<R>, status: 200 | 201 | 202 | 204 = 200) {
  return async (request: Request, context?: Context): Promise<Response> => {
    const headers = new Headers(always);
    try {
      const actor = await entering(request, headers);
      const input = schema.parse(await rawInput(request, context));
      const ask = { ifMatch: ifMatchOf(request), once: null };
      const key = request.method === "POST" ? request.headers.get("idempotency-key") : null;
      if (key === null) return answer(await run(actor, input, ask), status, headers);
      const { pathname } = new URL(request.url);
      const kept = await answerOnce({ key, actor: whoFor(actor, request), place: pathname, input }, async (once) => ({ status, value: await run(actor, input, { ...ask, once }) }));
      return answer(kept.value, kept.status, headers);
    } catch (error) {
      return refusal(error, `${request.method} ${new URL(request.url).pathname}`, headers);
    }
  };
}

/** A door whose answer is a Response of its own (a stream, a document); input and refusals are as in `route`. */
export function stream<S extends z.ZodType>(schema: S, run: (actor: Actor, input: z.output<S>, request: Request) => Promise<Response>) {
  return async (request: Request, context?: Context): Promise<Response> => {
    const headers = new Headers(always);
    try {
      const actor = await entering(request, headers);
      const response = await run(actor, schema.parse(await rawInput(request, context)), request);
      for (const [name, value] of headers) response.headers.set(name, value);
      return response;
    } catch (error) {
      return refusal(error, `${request.method} ${new URL(request.url).pathname}`, headers);
    }
  };
}

/**
 * A door that takes one file (multipart/form-data) while it arrives; all else is as in `route`. `run` answers the
 * file's `print` beside its value: the same Idempotency-Key with other bytes is refused, with the same it is answered
 * as the first time.
 */
export function upload<R>(run: (actor: Actor, file: Arriving) => Promise<{ value: R; print: string }>) {
  return async (request: Request): Promise<Response> => {
    const headers = new Headers(always);
    try {
      const actor = await entering(request, headers);
      const stated = Number(request.headers.get("content-length")) || fileLimits.fileBytes;
      if (stated > largest.bytes) throw largest.tooLarge();
      limitBytes(actor, whoFor(actor, request), stated);
      const { value, print } = await oneFile(request, largest, (file) => run(actor, file));
      const key = request.headers.get("idempotency-key");
      const kept = key === null ? { value } : await answerOnce({ key, actor: whoFor(actor, request), place: new URL(request.url).pathname, input: print }, () => Promise.resolve({ status: 201, value }));
      return answer(kept.value, 201, headers);
    } catch (error) {
      return refusal(error, `${request.method} ${new URL(request.url).pathname}`, headers);
    }
  };
}

/** A file with the lines of a multipart body around it. */
const largest = { bytes: fileLimits.fileBytes + 100_000, tooLarge: fileTooLarge };

/** Bytes that one person, or one address without a session, may send an hour, and three times that a day: a cookie is thrown away easily. */
function limitBytes(actor: Actor, who: string, bytes: number): void {
  const most = (actor.kind === "person" ? 100 : 30) * fileLimits.fileBytes;
  limit("upload bytes", who, { most, perMs: hour, amount: bytes });
  limit("upload bytes a day", who, { most: 3 * most, perMs: day, amount: bytes });
}

/**
 * A door that looks at nobody: whoever has the address has what it leads to. It reads no cookie and sets none. A
 * refusal is plain words, for it is read in the window of a browser.
 */
export function cookieless<S extends z.ZodType>(schema: S, run: (input: z.output<S>, request: Request) => Promise<Response>) {
  return async (request: Request, context?: Context): Promise<Response> => {
    try {
      limit("cookieless", addressIn(request.headers.get("x-forwarded-for")), { most: perMinute.cookieless, perMs: minute });
      return await run(schema.parse(await rawInput(request, context)), request);
    } catch (error) {
      const { problem, error: expected } = told(error, `${request.method} ${new URL(request.url).pathname.split("/")[1] ?? ""}`);
      const retry = expected?.retryAfterSeconds;
      return new Response(`${problem.detail}\n`, { status: problem.status, headers: { ...always, "content-type": "text/plain; charset=utf-8", ...(retry ? { "retry-after": String(retry) } : {}) } });
    }
  };
}

/** A door for a vendor's webhook: `read` verifies the raw text and says what it means, `run` is told of it. */
export function signed<E>(read: (raw: string, headers: Headers) => E, run: (event: E) => Promise<void>) {
  return async (request: Request): Promise<Response> => {
    try {
      await run(read(await textOf(request), request.headers));
      return new Response(null, { status: 204 });
    } catch (error) {
      return refusal(error, `POST ${new URL(request.url).pathname}`, new Headers(always));
    }
  };
}

/** A server action for a form, usable with useActionState and without JavaScript: what was typed comes back. */
export function action<S extends z.ZodType, R>(schema: S, run: (actor: Actor, input: z.output<S>) => Promise<R>) {
  return async (_before: Outcome<R> | null, form: FormData): Promise<Outcome<R>> => {
    const typed = Object.fromEntries([...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === "string" && !entry[0].startsWith("$")));
    try {
      const actor = await postingActor();
      const who = actor.kind === "person" ? actor.id : await postingAddress();
      limit("form", who, { most: perMinute.forms, perMs: minute });
      const bytes = [...form.values()].reduce((sum, value) => sum + (typeof value === "string" ? 0 : value.size), 0);
      if (bytes > 0) limitBytes(actor, who, bytes);
      return { ok: true, value: await run(actor, schema.parse(formInput(form))) };
    } catch (error) {
      const { password: _secret, token: _token, ...input } = typed;
      return { ok: false, problem: told(error, "action").problem, input };
    }
  };
}

/** Repeated names end in [] and become lists; an empty field, and a file field in which none was chosen, was not given. */
function formInput(form: FormData): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    if (name.startsWith("$")) continue;
    if (name.endsWith("[]")) input[name.slice(0, -2)] = form.getAll(name).filter((value) => (typeof value === "string" ? value !== "" : value.name !== "" || value.size > 0));
    else if (form.get(name) !== "") input[name] = form.get(name);
  }
  return input;
}

function credentialsOf(request: Request): Credentials {
  const jar = new Map((request.headers.get("cookie") ?? "").split(/;\s*/).map((pair) => [pair.slice(0, pair.indexOf("=")), decoded(pair.slice(pair.indexOf("=") + 1))]));
  return { authorization: request.headers.get("authorization"), cookie: (name) => jar.get(name) };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A browser sends what any page of this host once set: such a cookie is not ours, and no reason to fail.
    return value;
  }
}

/** Who asks, once everything was looked at that is always on: how often, and from which page with a cookie. */
async function entering(request: Request, headers: Headers): Promise<Actor> {
  const credentials = credentialsOf(request);
  const actor = await arriving(request, await identify(credentials), headers);
  stateAllowance(headers, limit("api", whoFor(actor, request), { most: perMinute[actor.kind === "person" ? "person" : "visitor"], perMs: minute }));
  if (actor.kind === "visitor" && request.method !== "GET") limit("visitor", whoFor(actor, request), { most: 60, perMs: 10 * minute });
  demandSameOrigin(request, credentials);
  return actor;
}

/** A browser that writes for the first time gets its visitor cookie with the answer. */
async function arriving(request: Request, actor: Actor, headers: Headers): Promise<Actor> {
  if (actor.kind !== "visitor" || actor.id !== null || request.method === "GET") return actor;
  const token = newVisitorToken();
  const secure = new URL(request.url).protocol === "https:" || request.headers.get("x-forwarded-proto") === "https";
  headers.append("set-cookie", `${visitorCookie}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${visitorCookieSeconds}${secure ? "; Secure" : ""}`);
  return visitorOf(token);
}

/** Cookies are sent by browsers on their own: a write with one must come from a page of this desk (OWASP CSRF). */
function demandSameOrigin(request: Request, { authorization, cookie }: Credentials): void {
  const safe = request.method === "GET" || request.method === "HEAD";
  const withCookie = [...sessionCookies, visitorCookie].some((name) => cookie(name) !== undefined);
  if (safe || authorization !== null || !withCookie) return;
  const origin = request.headers.get("origin");
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host") ?? new URL(request.url).host;
  if (origin === null || URL.parse(origin)?.host !== host) throw new AppError("forbidden", "A request with a cookie must come from a page of this desk.");
}

const whoFor = (actor: Actor, request: Request) => (actor.kind === "person" ? actor.id : addressIn(request.headers.get("x-forwarded-for")));

function stateAllowance(headers: Headers, { limit: most, remaining, resetSeconds }: Allowance): void {
  headers.set("ratelimit-limit", String(most));
  headers.set("ratelimit-remaining", String(remaining));
  headers.set("ratelimit-reset", String(resetSeconds));
}

function ifMatchOf(request: Request): number | null {
  const given = request.headers.get("if-match");
  if (given === null || given === "*") return null;
  const version = /^(?:W\/)?"?(\d+)"?$/.exec(given.trim())?.[1];
  if (version === undefined) throw new AppError("invalid", "If-Match: must be the record's version", { errors: [{ path: "If-Match", message: "must be the record's version" }] });
  return Number(version);
}

async function rawInput(request: Request, context?: Context): Promise<Record<string, unknown>> {
  const params = (await context?.params) ?? {};
  if (request.method === "GET" || request.method === "HEAD") return { ...Object.fromEntries(new URL(request.url).searchParams), ...params };
  const text = await textOf(request);
  if (text === "") return { ...params };
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("multipart/form-data")) return { ...params }; // a mail program's one click (RFC 8058, 3.2): all that counts is in the path
  if (type.startsWith("application/x-www-form-urlencoded")) return { ...Object.fromEntries(new URLSearchParams(text)), ...params };
  return { ...jsonObject(text), ...params };
}

async function textOf(request: Request): Promise<string> {
  const tooLarge = () => new AppError("tooLarge", `The body may have ${bodyLimitBytes / 1000} kB at most.`);
  if (Number(request.headers.get("content-length") ?? 0) > bodyLimitBytes) throw tooLarge();
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > bodyLimitBytes) throw tooLarge();
    read.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(read));
}

function jsonObject(text: string): Record<string, unknown> {
  const wrong = (cause?: unknown) => new AppError("invalid", "The body must be a JSON object.", { errors: [{ path: "(body)", message: "must be a JSON object" }], cause });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw wrong(error);
  }
  if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed)) throw wrong();
  return parsed as Record<string, unknown>;
}

function answer(value: unknown, status: number, headers: Headers): Response {
  if (status === 204) return new Response(null, { status, headers });
  if (value !== null && typeof value === "object" && "version" in value && typeof value.version === "number") headers.set("etag", `"${value.version}"`);
  return Response.json(value, { status, headers });
}

function refusal(error: unknown, where: string, headers: Headers): Response {
  const { problem, error: expected } = told(error, where);
  headers.set("content-type", "application/problem+json");
  if (expected && expected.retryAfterSeconds !== null) headers.set("retry-after", String(expected.retryAfterSeconds));
  if (problem.status === statusOf.unauthenticated) headers.set("www-authenticate", 'Bearer realm="twoway"');
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
