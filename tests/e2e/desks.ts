import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { startDesk, type Desk } from "../support/running-desk";

export { expect };
export { linkIn, startDesk, type Desk } from "../support/running-desk";

type Fixtures = { somebody: (desk: Desk, expected?: RegExp) => Promise<{ context: BrowserContext; page: Page }> };
type WorkerFixtures = { demo: Desk };

/** `demo`: one demo desk for all journeys of a worker. `somebody`: a browser of their own; a console error fails the journey, unless it was `expected` there. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  demo: [
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
    await use(async (desk, expected) => {
      const context = await browser.newContext({ baseURL: desk.url });
      contexts.push(context);
      const page = await context.newPage();
      page.on("console", (message) => {
        if (message.type() === "error" && !expected?.test(message.text())) errors.push(`${page.url()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
      return { context, page };
    });
    for (const context of contexts) await context.close();
    expect(errors.filter((error) => !/status of 40[0-9]|ERR_CONNECTION|ERR_INTERNET|ERR_SOCKET|ERR_EMPTY|WebSocket connection/.test(error))).toEqual([]);
  },
});

/** Signs in as one of the demo's people with one click. */
export async function signInAs(page: Page, role: RegExp | string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: role }).first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}
