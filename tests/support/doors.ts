import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Somebody } from "./desk";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "app");

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Door = { method: Method; path: string };
type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Module = Partial<Record<Method, Handler>>;

const methods: readonly Method[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** Every door as its file has it, `/api/v1/tickets/[id]` with the methods it answers. */
export async function doors(): Promise<{ path: string; file: string; module: Module }[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith("route.ts"));
  return Promise.all(files.map(async (file) => {
    const path = `/${relative(".", file).replace(/\/?route\.ts$/, "")}`;
    return { path, file: join("app", file), module: (await import(join(folder, file))) as Module };
  }));
}

export const methodsOf = (module: Module): Method[] => methods.filter((method) => module[method] !== undefined);

async function handlerFor(method: Method, pathname: string): Promise<{ handler: Handler; params: Record<string, string> }> {
  const parts = pathname.split("/");
  const found = (await doors()).filter(({ path }) => path.split("/").length === parts.length && path.split("/").every((part, index) => part.startsWith("[") || part === parts[index]));
  const best = found.toSorted((one, other) => one.path.split("[").length - other.path.split("[").length)[0];
  const handler = best?.module[method];
  if (!best || !handler) throw new Error(`no door ${method} ${pathname}`);
  const params = Object.fromEntries(best.path.split("/").flatMap((part, index) => (part.startsWith("[") ? [[part.slice(1, -1), parts[index] ?? ""]] : [])));
  return { handler, params };
}

export type Answer = { status: number; body: unknown; headers: Headers };

/** The answer of a door as it is; a form is sent as one, all other bodies as JSON. */
export async function answerOf(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const url = new URL(path, "http://127.0.0.1:3000");
  const { handler, params } = await handlerFor(method, url.pathname);
  const form = body instanceof FormData ? new Response(body) : null;
  const given = body === undefined ? {} : { body: form ? await form.arrayBuffer() : typeof body === "string" ? body : JSON.stringify(body) };
  const request = new Request(url, { method, headers: { "content-type": form?.headers.get("content-type") ?? "application/json", ...headers }, ...given });
  return handler(request, { params: Promise.resolve(params) });
}

async function ask(method: Method, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
  const response = await answerOf(method, path, body, headers);
  const text = await response.text();
  const json = /\bjson/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, body: text === "" ? null : json ? JSON.parse(text) : text, headers: response.headers };
}

/** Asks the API's doors as somebody, with whatever further headers. Null: without any credentials. */
export function as(actor: Pick<Somebody, "bearer"> | null, more: Record<string, string> = {}) {
  const own = actor ? { authorization: `Bearer ${actor.bearer}`, ...more } : more;
  return {
    get: (path: string, headers = {}) => ask("GET", path, undefined, { ...own, ...headers }),
    post: (path: string, body: unknown = {}, headers = {}) => ask("POST", path, body, { ...own, ...headers }),
    put: (path: string, body: unknown = {}, headers = {}) => ask("PUT", path, body, { ...own, ...headers }),
    patch: (path: string, body: unknown = {}, headers = {}) => ask("PATCH", path, body, { ...own, ...headers }),
    delete: (path: string, headers = {}) => ask("DELETE", path, undefined, { ...own, ...headers }),
    ask: (method: Method, path: string, body?: unknown, headers = {}) => ask(method, path, body, { ...own, ...headers }),
  };
}
