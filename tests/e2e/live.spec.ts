import { expect, linkIn, signInAs, test } from "./desks";
import type { Page } from "@playwright/test";

async function writeToUs(page: Page, of: { subject: string; details: string; name?: string; email?: string }) {
  await page.goto("/contact");
  await page.getByLabel("What is it about?").fill(of.subject);
  await page.getByLabel("The details").fill(of.details);
  if (of.name) await page.getByLabel("Your name").fill(of.name);
  if (of.email) await page.getByLabel("Your email").fill(of.email);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { name: "We have it." })).toBeVisible();
  await page.getByRole("link", { name: "Open your request" }).click();
  await page.waitForURL(/\/my\/\w+/);
}

test("a visitor asks, the ticket reaches a demo agent, and both sides talk live, without a navigation", async ({ demo, somebody }) => {
  const agent = await somebody(demo);
  await signInAs(agent.page, /Sign in as .*, agent/);
  await expect(agent.page).toHaveURL(/\/desk/);

  const visitor = await somebody(demo);
  const subject = `My invoice lists two seats too many ${Date.now()}`;
  await writeToUs(visitor.page, { subject, details: "The invoice for March charges us for twelve seats, we have ten. Please refund.", name: "Vera Visitor", email: `vera-${Date.now()}@shop.example` });

  const manager = await somebody(demo);
  await signInAs(manager.page, /Sign in as .*, manager/);
  const row = manager.page.getByRole("link", { name: subject });
  await expect(row).toBeVisible();
  await row.click();
  await expect(manager.page.getByRole("article", { name: new RegExp(subject) })).toContainText(/Owner|No owner/);

  // from here on nobody navigates, and the visitor's page asks for nothing but this ticket: what appears came through the socket
  await visitor.page.waitForLoadState("networkidle");
  const asked: string[] = [];
  visitor.page.on("request", (request) => {
    if (request.isNavigationRequest() || !/\/api\/v1\/tickets\/\w+/.test(request.url())) asked.push(request.url());
  });
  await manager.page.getByRole("textbox", { name: "Reply" }).fill("You are right, two seats were counted twice. The refund is on its way.");
  await manager.page.keyboard.press("Control+Enter");
  await expect(visitor.page.getByRole("log")).toContainText("The refund is on its way.");
  await visitor.page.getByRole("textbox", { name: "Reply" }).fill("Thank you, that was quick!");
  await visitor.page.getByRole("button", { name: "Send" }).click();
  await expect(manager.page.getByRole("log")).toContainText("Thank you, that was quick!");
  expect(asked).toEqual([]);
});

test("a private note never reaches the customer's page, not even as a request", async ({ demo, somebody }) => {
  const visitor = await somebody(demo);
  const subject = `Notes stay inside ${Date.now()}`;
  await writeToUs(visitor.page, { subject, details: "Just a question", name: "Nora", email: `nora-${Date.now()}@shop.example` });
  const manager = await somebody(demo);
  await signInAs(manager.page, /Sign in as .*, manager/);
  await manager.page.getByRole("link", { name: subject }).click();
  const requests: string[] = [];
  await expect(visitor.page.getByRole("log")).toContainText("Just a question");
  await visitor.page.waitForLoadState("networkidle");
  visitor.page.on("request", (request) => requests.push(request.url()));
  await manager.page.getByRole("button", { name: "Private note", exact: true }).click();
  await manager.page.getByRole("textbox", { name: "Private note" }).fill("The customer must not read this");
  await manager.page.keyboard.press("Control+Enter");
  await expect(manager.page.getByRole("article", { name: /Private note by/ })).toContainText("must not read this");
  expect(requests).toEqual([]);
  await manager.page.getByRole("button", { name: "Reply", exact: true }).click();
  await manager.page.getByRole("textbox", { name: "Reply" }).fill("And this is public");
  await manager.page.keyboard.press("Control+Enter");
  await expect(visitor.page.getByRole("log")).toContainText("And this is public");
  await expect(visitor.page.getByText("must not read this")).toHaveCount(0);
  // the reply makes two public rows (the words, and the new status): were the note a third, there would be a third look
  expect(requests.filter((url) => url.includes("/messages")).length).toBeLessThanOrEqual(2);
});

test("the mail proves the address, and then the request opens in another browser", async ({ demo, somebody }) => {
  const email = `mia-${Date.now()}@shop.example`;
  const subject = `Which plan fits us ${Date.now()}`;
  const first = await somebody(demo);
  await writeToUs(first.page, { subject, details: "We are a team of four.", name: "Mia", email });
  const mail = await demo.mailTo(email, /We have your request/);
  const second = await somebody(demo);
  await second.page.goto(linkIn(mail, "/link"));
  await second.page.getByRole("button").filter({ hasText: /sign in|confirm|continue|open/i }).first().click();
  await second.page.waitForURL(/\/my\/\w+/);
  await expect(second.page.getByRole("heading", { name: subject })).toBeVisible();
  // the same link works once
  const third = await somebody(demo);
  await third.page.goto(linkIn(mail, "/link"));
  const button = third.page.getByRole("button").filter({ hasText: /sign in|confirm|continue|open/i }).first();
  if (await button.isVisible()) await button.click();
  await expect(third.page.getByText(/used|too old/i).first()).toBeVisible();
});

test("after a lost connection both pages catch up by themselves", async ({ demo, somebody }) => {
  const visitor = await somebody(demo);
  const subject = `Lost in a tunnel ${Date.now()}`;
  await writeToUs(visitor.page, { subject, details: "Can you hear me?", name: "Tom", email: `tom-${Date.now()}@shop.example` });
  await expect(visitor.page.getByRole("log")).toContainText("Can you hear me?");
  const manager = await somebody(demo);
  await signInAs(manager.page, /Sign in as .*, manager/);
  await manager.page.getByRole("link", { name: subject }).click();
  await visitor.context.setOffline(true);
  await manager.page.getByRole("textbox", { name: "Reply" }).fill("Loud and clear");
  await manager.page.keyboard.press("Control+Enter");
  await expect(manager.page.getByRole("log")).toContainText("Loud and clear");
  await expect(visitor.page.getByText("Loud and clear")).toHaveCount(0);
  await visitor.context.setOffline(false);
  await expect(visitor.page.getByRole("log")).toContainText("Loud and clear", { timeout: 20_000 });
});
