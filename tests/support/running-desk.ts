import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export type Services = { app: string; mail: string; mongodb: string; pids: Record<string, number> };
export type Login = { email: string; password: string; role: string };
export type Mail = { id: string; to: string[]; subject: string; text: string };

/** A running desk, as `npm start` makes it, with a data folder of its own. */
export type Desk = {
  url: string;
  services: Services;
  data: string;
  logins: Login[];
  /** The newest mail to an address whose subject matches, once it is there; throws after twenty seconds. */
  mailTo: (address: string, subject: RegExp) => Promise<Mail>;
  /** Calls the REST API as one of the demo's people, who signs in once. Throws the problem's words for anything but success. */
  api: (role: string) => Promise<Api>;
  /** Stops it as npm does and, unless it is to be kept, removes its data folder. */
  stop: (keep?: boolean) => Promise<void>;
};
export type Api = <T = { id: string; number: number }>(method: string, path: string, body?: unknown) => Promise<T>;

/** Starts a desk the way a newcomer does and waits until it says that it is ready. */
export const startDesk = (...flags: string[]): Promise<Desk> => startDeskWith({}, ...flags);

/** The same with variables of the environment: a vendor's keys, say. */
export async function startDeskWith(variables: Record<string, string>, ...flags: string[]): Promise<Desk> {
  const data = variables.TWOWAY_DATA ?? (await mkdtemp(join(tmpdir(), "twoway-desk-")));
  const child = spawn("npm", ["start", "--", ...flags], { env: { ...process.env, PORT: "0", TWOWAY_DATA: data, ...variables } });
  let said = "";
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said += String(chunk);
        if (said.includes("Ctrl-C stops it")) resolve();
      });
    }
    child.on("close", (code) => reject(new Error(`the desk ended with ${code}:\n${said}`)));
  });
  const told = JSON.parse(await readFile(join(data, "services.json"), "utf8")) as Services;
  const services = { ...told, mail: told.mail ?? variables.RESEND_BASE_URL ?? "" };
  const logins = flags.includes("--empty") ? [] : (JSON.parse(await readFile(join(data, "demo-logins.json"), "utf8")) as Login[]);
  const signedIn = new Map<string, Api>();
  return {
    url: services.app, services, data, logins,
    mailTo: (address, subject) => mailIn(services.mail, address, subject),
    api: async (role) => {
      const api = signedIn.get(role) ?? (await apiAs(services.app, logins.find((login) => login.role === role)));
      signedIn.set(role, api);
      return api;
    },
    stop: async (keep = false) => {
      child.kill("SIGTERM");
      await closed;
      if (!keep) await rm(data, { recursive: true, force: true });
    },
  };
}

async function mailIn(mail: string, address: string, subject: RegExp): Promise<Mail> {
  for (let tries = 0; tries < 200; tries += 1) {
    const box = (await (await fetch(`${mail}/_local/outbox?to=${encodeURIComponent(address)}`)).json()) as { items: Mail[] };
    const found = box.items.find((each) => subject.test(each.subject));
    if (found) return found;
    await wait(100);
  }
  throw new Error(`no mail to ${address} with ${subject}`);
}

/** Calls the REST API as somebody with a password, who signs in again when their token has ended. */
export async function apiAs(url: string, login: Omit<Login, "role"> | undefined): Promise<Api> {
  if (!login) throw new Error("there is no such person in the demo");
  const asked = (method: string, path: string, body: unknown, token: string | null) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const answered = async <T>(method: string, path: string, response: Response): Promise<T> => {
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? null : JSON.parse(text)) as T;
  };
  const signIn = async () => {
    const { email, password } = login;
    return (await answered<{ accessToken: string }>("POST", "/auth/token", await asked("POST", "/auth/token", { email, password }, null))).accessToken;
  };
  let token = await signIn();
  return async (method, path, body) => {
    const response = await asked(method, path, body, token);
    if (response.status !== 401) return answered(method, path, response);
    token = await signIn();
    return answered(method, path, await asked(method, path, body, token));
  };
}

/** The one link of a mail that begins with a path of the desk. */
export function linkIn(mail: Mail, path: string): string {
  const link = mail.text.match(/https?:\/\/\S+/g)?.find((url) => new URL(url).pathname === path);
  if (!link) throw new Error(`no link to ${path} in: ${mail.text}`);
  return link.replace(/[)\].]+$/, "");
}
