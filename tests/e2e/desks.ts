import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export { expect };

type Services = { app: string; mail: string; pids: Record<string, number> };
type Login = { email: string; password: string; role: string };
type Mail = { id: string; to: string[]; subject: string; text: string };

/** A running desk, as `npm start` makes it, with a data folder of its own. */
export type Desk = { url: string; services: Services; data: string; logins: Login[]; mailTo: (address: string, subject: RegExp) => Promise<Mail>; stop: () => Promise<void> };

/** Starts a desk the way a newcomer does and waits until it says that it is ready. */
export async function startDesk(...flags: string[]): Promise<Desk> {
  const data = await mkdtemp(join(tmpdir(), "twoway-e2e-"));
  const child = spawn("npm", ["start", "--", ...flags], { env: { ...process.env, PORT: "0", TWOWAY_DATA: data } });
  let said = "";
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said += String(chunk);
        if (said.includes("Ctrl-C stops it")) resolve();
      });
    }
    child.on("close", (code) => reject(new Error(`the desk ended with ${code}:\n${said}`)));
  });
  await ready;
  const services = JSON.parse(await readFile(join(data, "services.json"), "utf8")) as Services;
  const logins = flags.includes("--empty") ? [] : (JSON.parse(await readFile(join(data, "demo-logins.json"), "utf8")) as Login[]);
  return {
    url: services.app, services, data, logins,
    mailTo: async (address, subject) => {
      let found: Mail | undefined;
      await expect.poll(async () => {
        const box = (await (await fetch(`${services.mail}/_local/outbox?to=${encodeURIComponent(address)}`)).json()) as { items: Mail[] };
        found = box.items.find((mail) => subject.test(mail.subject));
        return found !== undefined;
      }, { message: `a mail to ${address}`, timeout: 20_000 }).toBe(true);
      if (!found) throw new Error("the mail was there");
      return found;
    },
    stop: async () => {
      child.kill("SIGTERM");
      await closed;
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** The one link of a mail that begins with a path of the desk. */
export function linkIn(mail: Mail, path: string): string {
  const link = mail.text.match(/https?:\/\/\S+/g)?.find((url) => new URL(url).pathname === path);
  if (!link) throw new Error(`no link to ${path} in: ${mail.text}`);
  return link.replace(/[)\].]+$/, "");
}

type Fixtures = { somebody: (desk: Desk) => Promise<{ context: BrowserContext; page: Page }> };
type WorkerFixtures = { demo: Desk };

/** `demo`: one demo desk for all journeys of a worker. `somebody`: a browser of their own; an unexpected console error fails the journey. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  demo: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const desk = await startDesk();
      await use(desk);
      await desk.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  somebody: async ({ browser }, use) => {
    const errors: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (desk) => {
      const context = await browser.newContext({ baseURL: desk.url });
      contexts.push(context);
      const page = await context.newPage();
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(`${page.url()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
      return { context, page };
    });
    for (const context of contexts) await context.close();
    expect(errors.filter((error) => !/status of 40[0-9]|ERR_CONNECTION|ERR_INTERNET|WebSocket connection/.test(error))).toEqual([]);
  },
});

/** Signs in as one of the demo's people with one click. */
export async function signInAs(page: Page, role: RegExp | string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: role }).first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}
