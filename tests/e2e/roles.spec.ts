import { expect, signInAs, test } from "./desks";

test("a customer reads their requests, writes, marks one solved and finds it again in plain words", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, customer/);
  await page.goto("/contact");
  const subject = `How do I export a board ${Date.now()}`;
  await page.getByLabel("What is it about?").fill(subject);
  await page.getByLabel("The details").fill("I looked everywhere.");
  await expect(page.getByLabel("Your email")).toHaveCount(0);
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("link", { name: "Open your request" }).click();
  await page.getByRole("textbox", { name: "Reply" }).fill("Found it myself, thanks!");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("log")).toContainText("Found it myself");
  await page.getByRole("button", { name: /Mark/ }).first().click();
  await expect(page.getByRole("button", { name: "It is not solved" })).toBeVisible();
  await page.goto("/my");
  await expect(page.getByRole("link", { name: new RegExp(subject) })).toBeVisible();
  expect((await page.goto("/desk"))?.url()).not.toContain("/desk");
});

test("an agent works by keyboard: next, open, note, reply, resolve, undo by reopening", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, agent/);
  await expect(page.getByRole("row").first()).toBeAttached();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log")).toBeVisible();
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Private note" }).fill("Looked at it by keyboard");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("article", { name: /Private note by/ }).last()).toContainText("by keyboard");
  await page.getByRole("log").focus();
  await page.keyboard.press("r");
  await page.getByRole("textbox", { name: "Reply" }).fill("Here is the answer.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("log")).toContainText("Here is the answer.");
  await page.getByRole("log").focus();
  await page.keyboard.press("e");
  await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible();
  await page.getByRole("button", { name: "Reopen" }).click();
  await expect(page.getByRole("button", { name: "Resolve" })).toBeVisible();
  await page.getByRole("log").focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("an engineer sees what was escalated and can only write notes", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, engineer/);
  await page.getByRole("row").getByRole("link").first().click();
  await expect(page.getByRole("log")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Private note" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Reply" })).toHaveCount(0);
  await page.getByRole("textbox", { name: "Private note" }).fill("Fixed in the next release");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("article", { name: /Private note by/ }).last()).toContainText("next release");
});

test("a manager reassigns, escalates with a reason, searches, and reads the why", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, manager/);
  await page.goto("/desk?view=all&status=open");
  await page.getByRole("row").getByRole("link").first().click();
  const article = page.getByRole("article", { name: /^Ticket \d+/ });
  await expect(article).toBeVisible();
  const number = /Ticket (\d+)/.exec((await article.getAttribute("aria-label")) ?? "")?.[1] ?? "";
  await page.getByRole("button", { name: "Assign" }).click();
  const free = page.getByRole("option").filter({ hasNot: page.getByLabel("owns it now") }).first();
  await free.click();
  await expect(page.getByText(/assigned the ticket to/).first()).toBeAttached();
  await page.goto(`/desk?view=all&q=${number}`);
  await expect(page.getByRole("row").getByRole("link")).toHaveCount(1);
});

test("an admin reads everything and changes no ticket", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, admin/);
  await page.goto("/desk?view=all");
  await page.getByRole("row").getByRole("link").first().click();
  await expect(page.getByRole("log")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Reply" })).toHaveCount(0);
  await page.goto("/settings/people");
  await expect(page.getByRole("button", { name: "Invite" })).toBeEnabled();
});
