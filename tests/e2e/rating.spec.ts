import AxeBuilder from "@axe-core/playwright";
import type { BrowserContext, Page } from "@playwright/test";
import { expect, signInAs, test, type Desk } from "./desks";

type Rated = { rating: { score: number; comment: string | null } | null };
const customer = "marta@brightwave.example";

/** A request of the demo's customer that its manager has answered and solved, with the letter's link for each score. */
async function solved(desk: Desk): Promise<{ id: string; number: number; subject: string; link: (score: number) => string; rating: () => Promise<Rated["rating"]> }> {
  const [asCustomer, asManager] = [await desk.api("customer"), await desk.api("manager")];
  const subject = `Billed twice ${Date.now()}`;
  const { id, number } = await asCustomer("POST", "/tickets", { subject, body: "Please look." });
  await asManager("POST", `/tickets/${id}/messages`, { body: "The second bill is void.", status: "resolved" });
  const mail = await desk.mailTo(customer, new RegExp(`^Re: ${subject}`));
  const link = (score: number) => new RegExp(`http\\S+/rate/\\S+\\?score=${score}`).exec(mail.text)?.[0] ?? "no link";
  return { id, number, subject, link, rating: async () => (await asManager<Rated>("GET", `/tickets/${id}`)).rating };
}

/** A browser that says, as a person's does, that no program drives it. */
const likeAPersons = (context: BrowserContext) => context.addInitScript(() => Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false }));
/** Longer than a page waits before it sends. */
const aWhile = (page: Page) => page.waitForFunction(() => performance.now() > 2500);
async function accessible(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}
/** The desk has it, and the page says so. */
async function chosen(page: Page, word: string): Promise<void> {
  await expect(page.getByText(`You chose ${word}`)).toBeVisible();
  await expect(page.getByRole("radio", { name: word })).toBeChecked();
}

test("a low score from the letter is one click, takes a comment, and reaches staff", async ({ demo, somebody }) => {
  const { id, link } = await solved(demo);
  const { context, page } = await somebody(demo);
  await likeAPersons(context);
  await page.goto(link(2));
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await chosen(page, "Bad");
  expect(new URL(page.url()).search).toBe("");
  await accessible(page);
  await page.getByLabel("What could we have done better?").fill("It took four days.");
  await page.getByRole("button", { name: "Send comment" }).click();
  await expect(page.getByRole("button", { name: "Change" })).toBeVisible();

  const { page: manager } = await somebody(demo);
  await signInAs(manager, /Sign in as .*, manager/);
  await manager.goto(`/desk/${id}`);
  await expect(manager.getByText("2 of 5", { exact: true })).toBeVisible();
  await accessible(manager);
  await expect(manager.getByText("It took four days.", { exact: true })).toBeVisible();
  await expect(manager.getByText(/rated the solution 2 of 5, bad: “It took four days.”/)).toBeVisible();
  const told = await demo.api("manager");
  await expect(async () => {
    const { items } = await told<{ items: { kind: string; ticket: { id: string } | null }[] }>("GET", "/me/notifications");
    expect(items.find((notice) => notice.ticket?.id === id)?.kind).toBe("low-rating");
  }).toPass();
  await demo.mailTo("ingrid@lumen.example", /2 of 5|Billed twice/);
});

test("nothing but a person who has the page before them rates by a link", async ({ demo, somebody }) => {
  const { link, rating } = await solved(demo);
  for (const headers of [{}, { "sec-purpose": "prefetch" }, { "sec-purpose": "prefetch;prerender" }, { purpose: "prefetch" }, { "user-agent": "Mail scanner" }]) {
    for (const method of ["GET", "HEAD"]) expect((await fetch(link(1), { method, headers: headers as Record<string, string> })).status).toBe(200);
  }
  const scanner = await somebody(demo);
  await scanner.page.goto(link(1));
  await expect(scanner.page.getByRole("button", { name: "Send 1 of 5: Terrible" })).toBeVisible();
  await aWhile(scanner.page);
  expect(await rating()).toBeNull();

  const { context, page } = await somebody(demo);
  await likeAPersons(context);
  await context.addInitScript(() => {
    Object.defineProperty(document, "prerendering", { get: () => !("shown" in window) });
    document.hasFocus = () => "looked" in window;
  });
  await page.goto(link(4));
  await aWhile(page);
  await page.evaluate(() => {
    Object.assign(window, { shown: true });
    document.dispatchEvent(new Event("prerenderingchange"));
  });
  await page.waitForFunction((from) => performance.now() > from + 2000, await page.evaluate(() => performance.now()));
  expect(await rating()).toBeNull(); // it is shown, in a window behind another
  await page.evaluate(() => {
    Object.assign(window, { looked: true });
    window.dispatchEvent(new Event("focus"));
  });
  await chosen(page, "Good");
  expect(await rating()).toMatchObject({ score: 4 });
});

test("the score can be changed by keyboard, and what was clicked in the letter does not come back", async ({ demo, somebody }) => {
  const { id, link, rating } = await solved(demo);
  const { context, page } = await somebody(demo);
  await likeAPersons(context);
  await page.goto(link(4));
  await chosen(page, "Good");
  await page.getByRole("radio", { name: /Good/ }).focus();
  await page.keyboard.press("ArrowLeft");
  expect(await rating()).toMatchObject({ score: 4 });
  await page.keyboard.press("Enter");
  await chosen(page, "Okay");
  await page.reload();
  await chosen(page, "Okay");
  await aWhile(page);
  expect(await rating()).toMatchObject({ score: 3 });

  await (await demo.api("manager"))("PUT", `/tickets/${id}/closure`);
  await page.goto(link(5));
  await expect(page.getByText("You had rated this request already when it was closed.")).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(0);
  expect(await rating()).toMatchObject({ score: 3 });
});

test("without JavaScript the score is a button", async ({ demo, browser }) => {
  const { link, rating } = await solved(demo);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link(4));
  await page.getByRole("button", { name: "Send 4 of 5: Good" }).click();
  await expect(page.getByText("You chose Good, 4 of 5.")).toBeVisible();
  await page.getByLabel("Anything to add?").fill("Quick!");
  await page.getByRole("button", { name: "Send comment" }).click();
  await expect(page.getByText("Quick!")).toBeVisible();
  await page.getByRole("radio", { name: /Great/ }).click();
  await expect(page.getByText("You chose Great, 5 of 5.")).toBeVisible();
  expect(await rating()).toMatchObject({ score: 5, comment: "Quick!" });
  await context.close();
});

test("a link that is none of ours is a plain page, a 404; one about a request that is open again says so", async ({ demo, somebody }) => {
  const { id, link } = await solved(demo);
  const { page } = await somebody(demo);
  expect((await page.goto(link(4).replace(/.\?/, "_?")))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
  await (await demo.api("customer"))("DELETE", `/tickets/${id}/resolution`);
  expect((await page.goto(link(4)))?.status()).toBe(200);
  await expect(page.getByRole("heading", { name: "This request is open again" })).toBeVisible();
  expect(await page.locator("meta[name=robots]").getAttribute("content")).toContain("noindex");
  expect(await page.locator("meta[name=referrer]").getAttribute("content")).toBe("same-origin");
});

test("the open conversation asks when its request is solved, takes a score, and stops asking when it is open again", async ({ demo, somebody }) => {
  const [asCustomer, asManager] = [await demo.api("customer"), await demo.api("manager")];
  const { id } = await asCustomer("POST", "/tickets", { subject: `Still here ${Date.now()}`, body: "Hello?" });
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, customer/);
  await page.goto(`/my/${id}`);
  const card = page.getByRole("region", { name: "Your rating" });
  await expect(page.getByRole("log")).toContainText("Hello?");
  await expect(card).toHaveCount(0);
  await asManager("PUT", `/tickets/${id}/resolution`);
  await expect(card).toBeVisible();
  await card.getByRole("radio", { name: /Great/ }).click();
  await expect(card).toContainText("You chose Great, 5 of 5.");
  await accessible(page);
  expect((await asManager<Rated>("GET", `/tickets/${id}`)).rating).toMatchObject({ score: 5 });
  await asManager("DELETE", `/tickets/${id}/resolution`);
  await expect(card).toHaveCount(0);
});

test("an admin finds by its number what is scheduled for a ticket, and what ran", async ({ demo, somebody }) => {
  const { number } = await solved(demo);
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, admin/);
  await page.goto("/settings/jobs?tab=tickets");
  await page.getByLabel("Ticket number").fill("999999999");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("There is no ticket #999999999.")).toBeVisible();
  await page.getByLabel("Ticket number").fill(`#${number}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Tells the customer that the request will be closed")).toBeVisible();
  await expect(page.getByRole("link", { name: "keep-clocks" }).first()).toBeVisible();
  await accessible(page);
});
