import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext } from "@playwright/test";
import { startDesk, type Desk } from "../support/running-desk.ts";
import { extremes } from "./extremes.ts";

/*
 * npm run screens: every page at three widths, light and dark, with real, extreme and no data, as PNG files under
 * screens/. `npm run screens -- desk` takes only pages whose name contains the word.
 */
const widths = [1440, 768, 360];
const themes = ["light", "dark"] as const;
const folder = join(import.meta.dirname, "../../screens");
const only = process.argv[2] ?? "";

type Shot = { name: string; path: string; as?: string };
let desk: Desk;

async function shoot(browser: Browser, data: string, shots: readonly Shot[], prepare?: (context: BrowserContext) => Promise<void>): Promise<void> {
  for (const role of new Set(shots.map((shot) => shot.as))) {
    for (const theme of themes) {
      const context = await browser.newContext({ baseURL: desk.url, colorScheme: theme, reducedMotion: "reduce" });
      if (role) await signIn(context, role);
      await prepare?.(context);
      const page = await context.newPage();
      for (const shot of shots.filter((each) => each.as === role && each.name.includes(only))) {
        for (const width of widths) {
          await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
          await page.goto(shot.path, { waitUntil: "load" });
          await page.waitForLoadState("networkidle", { timeout: 5000 }).catch(() => undefined); // a live page may keep talking
          await page.screenshot({ path: join(folder, data, `${shot.name}-${width}-${theme}.png`) });
        }
      }
      await context.close();
    }
  }
}

async function signIn(context: BrowserContext, role: string): Promise<void> {
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: new RegExp(`Sign in as .*, ${role}`) }).first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.close();
}

type Row = { id: string };
const firstOf = async (role: string, query: string) => (await (await desk.api(role))<{ items: Row[] }>("GET", `/tickets?limit=1&${query}`)).items[0]?.id ?? "";

const open: readonly Shot[] = [
  { name: "home", path: "/" }, { name: "contact", path: "/contact" }, { name: "contact-question", path: "/contact?q=How+do+I+change+my+plan%3F" }, { name: "sign-in", path: "/sign-in" },
  { name: "sign-up", path: "/sign-up" }, { name: "forgot", path: "/forgot" }, { name: "rate-dead", path: "/rate/not-a-real-token-at-all" }, { name: "link-dead", path: "/link?token=not-a-real-token-at-all" }, { name: "reset-dead", path: "/reset?token=not-a-real-token-at-all" },
  { name: "invite-dead", path: "/invite?token=not-a-real-token-at-all" }, { name: "my-visitor", path: "/my" }, { name: "developers", path: "/developers" }, { name: "not-found", path: "/no-such-page" },
];

async function real(browser: Browser): Promise<void> {
  desk = await startDesk();
  await shoot(browser, "real", [
    ...open,
    { name: "my", path: "/my", as: "customer" }, { name: "my-thread", path: `/my/${await firstOf("customer", "")}`, as: "customer" },
    { name: "desk-agent", path: "/desk", as: "agent" }, { name: "desk-agent-ticket", path: `/desk/${await firstOf("agent", "status=open")}`, as: "agent" },
    { name: "desk-engineer-ticket", path: `/desk/${await firstOf("engineer", "")}`, as: "engineer" },
    { name: "desk-manager", path: "/desk?view=all", as: "manager" }, { name: "desk-manager-ticket", path: `/desk/${await firstOf("manager", "status=open&sort=-updatedAt")}?view=all`, as: "manager" },
    { name: "desk-search-nothing", path: "/desk?view=all&q=xylophone", as: "manager" },
    { name: "settings-jobs-ticket", path: `/settings/jobs/tickets/${await firstOf("manager", "status=open&sort=slaDueAt")}`, as: "admin" },
    ...["people", "queues", "service-levels", "desk", "jobs", "notifications", "account"].map((page) => ({ name: `settings-${page}`, path: `/settings/${page}`, as: "admin" })),
  ]);
  const { long, closed, calendarId, policyId } = await extremes(desk);
  await shoot(browser, "extreme", [
    { name: "my", path: "/my", as: "customer" }, { name: "my-thread", path: `/my/${long}`, as: "customer" }, { name: "my-thread-closed", path: `/my/${closed}`, as: "customer" },
    { name: "desk", path: "/desk?view=all", as: "manager" }, { name: "desk-ticket", path: `/desk/${long}?view=all`, as: "manager" }, { name: "desk-ticket-closed", path: `/desk/${closed}?view=all`, as: "manager" },
    { name: "settings-people", path: "/settings/people", as: "admin" }, { name: "settings-queues", path: "/settings/queues", as: "admin" },
    { name: "settings-service-levels", path: "/settings/service-levels", as: "admin" }, { name: "settings-policy", path: `/settings/service-levels/policies/${policyId}`, as: "admin" }, { name: "settings-calendar", path: `/settings/service-levels/calendars/${calendarId}`, as: "admin" },
  ]);
  await desk.stop();
}

async function empty(browser: Browser): Promise<void> {
  desk = await startDesk("--empty");
  const link = (await readFile(join(desk.data, "setup-link"), "utf8")).trim();
  await shoot(browser, "empty", [{ name: "setup", path: link }, { name: "home", path: "/" }, { name: "contact", path: "/contact" }, { name: "sign-in", path: "/sign-in" }]);
  const setup = await browser.newContext({ baseURL: desk.url });
  const page = await setup.newPage();
  await page.goto(link);
  for (const [label, value] of [["Its name", "Harbour Support"], ["Your name", "Ada Admin"], ["Email", "ada@harbour.example"], ["Password", "correct horse battery"]] as const) await page.getByLabel(label).fill(value);
  await page.getByRole("button", { name: "Open the desk" }).click();
  await page.waitForURL(/\/setup\/next/);
  const cookies = await setup.cookies();
  const pages = ["/setup/next", "/desk", "/desk?view=all", "/settings/people", "/settings/queues", "/settings/service-levels", "/settings/desk", "/settings/jobs"];
  await shoot(browser, "empty", pages.map((path) => ({ name: `admin${path.replaceAll(/\W+/g, "-")}`, path })), (context) => context.addCookies(cookies));
  await setup.close();
  await desk.stop();
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}), args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
await real(browser);
await empty(browser);
await browser.close();
console.log(`The pictures are in ${folder}`);
process.exit(0);
