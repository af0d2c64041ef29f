import { AsyncLocalStorage } from "node:async_hooks";
import { vi } from "vitest";

type Sent = { headers: Headers; jar: Map<string, string>; set: Map<string, Record<string, unknown>> };

const sent = new AsyncLocalStorage<Sent>();
const current = (): Sent => {
  const found = sent.getStore();
  if (!found) throw new Error("outside of a request");
  return found;
};

/** Next gives a form's action its request by next/headers; outside Next this stands in for that, and for nothing of ours. */
vi.mock("next/headers", () => ({
  headers: () => Promise.resolve(current().headers),
  cookies: () => {
    const { jar, set } = current();
    return Promise.resolve({
      get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
      getAll: () => [...jar].map(([name, value]) => ({ name, value })),
      set: (name: string, value: string, options: Record<string, unknown> = {}) => {
        set.set(name, options);
        if (options.maxAge === 0) jar.delete(name);
        else jar.set(name, value);
      },
      delete: (name: string) => jar.delete(name),
    });
  },
}));

const jarOf = (cookie: string | null) => new Map((cookie ?? "").split("; ").filter(Boolean).map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)] as const));

/** Runs a server action as Next would, with these request headers. */
export const inRequest = <T>(headers: Record<string, string>, run: () => Promise<T>): Promise<T> => {
  const all = new Headers({ host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000", "x-forwarded-proto": "http", ...headers });
  return sent.run({ headers: all, jar: jarOf(all.get("cookie")), set: new Map() }, run);
};

/** A browser that keeps its cookies from form to form. */
export function browser(address = "192.0.2.1") {
  const jar = new Map<string, string>();
  const set = new Map<string, Record<string, unknown>>();
  return {
    jar,
    /** The attributes with which each cookie was set. */
    set,
    cookieHeader: () => [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
    submit: <T>(action: (before: null, form: FormData) => Promise<T>, fields: Record<string, string>, more: (form: FormData) => void = () => {}): Promise<T> => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      more(form);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = new Headers({ host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000", "x-forwarded-proto": "http", "x-forwarded-for": address, cookie });
      return sent.run({ headers, jar, set }, () => action(null, form));
    },
  };
}
