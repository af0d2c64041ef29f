import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, linkIn, startDesk, test, type Desk } from "./desks";

let desk: Desk;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  desk = await startDesk("--empty");
});
test.afterAll(() => desk.stop());

test("from an empty start to an answered ticket: link, queue, two invited agents, all in the browser", async ({ somebody }) => {
  test.setTimeout(240_000);
  const { page: admin } = await somebody(desk);
  const path = (await readFile(join(desk.data, "setup-link"), "utf8")).trim();
  await admin.goto(path);
  await admin.getByLabel("Its name").fill("Harbour Support");
  await admin.getByLabel("Your name").fill("Ada Admin");
  await admin.getByLabel("Email").fill("ada@harbour.example");
  await admin.getByLabel("Password").fill("correct horse battery");
  await admin.getByRole("button", { name: "Open the desk" }).click();
  await admin.waitForURL(/\/setup\/next/);

  await admin.goto("/settings/people");
  for (const name of ["Ben", "Cleo"]) {
    await admin.getByRole("button", { name: "Invite", exact: true }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("Name").fill(`${name} Agent`);
    await dialog.getByLabel("Email").fill(`${name.toLowerCase()}@harbour.example`);
    await dialog.getByRole("button", { name: "Send the invitation" }).click();
    await expect(dialog.getByRole("status")).toContainText(`${name.toLowerCase()}@harbour.example`);
    await dialog.getByRole("button", { name: "Done" }).click();
  }

  const agents: Page[] = [];
  for (const name of ["ben", "cleo"]) {
    const mail = await desk.mailTo(`${name}@harbour.example`, /invites you/);
    const { page } = await somebody(desk);
    await page.goto(linkIn(mail, "/invite"));
    await page.getByLabel("Password").fill(`a long password of ${name}`);
    await page.getByRole("button", { name: /join|accept|start|desk|sign in/i }).first().click();
    await page.waitForURL(/\/desk/);
    agents.push(page);
  }

  await admin.goto("/settings/queues");
  await admin.getByRole("button", { name: /queue/i }).first().click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: false }).first().fill("Berths");
  for (const name of ["Ben Agent", "Cleo Agent"]) await dialog.getByRole("checkbox", { name: new RegExp(name) }).check();
  await dialog.getByRole("button", { name: "Make the queue" }).click();
  await expect(admin.getByText("Berths").first()).toBeVisible();

  const { page: visitor } = await somebody(desk);
  await visitor.goto("/contact");
  await visitor.getByLabel("What is it about?").fill("A berth for July");
  await visitor.getByLabel("The details").fill("Eleven metres, two weeks.");
  await visitor.getByLabel("Your name").fill("Skip");
  await visitor.getByLabel("Your email").fill("skip@boat.example");
  await visitor.getByRole("button", { name: "Send" }).click();
  await visitor.getByRole("link", { name: "Open your request" }).click();

  const row = (page: Page) => page.getByRole("link", { name: /A berth for July/ });
  await expect.poll(async () => (await Promise.all(agents.map((page) => row(page).count()))).reduce((sum, count) => sum + count, 0), { timeout: 20_000 }).toBe(1);
  const counts = await Promise.all(agents.map((page) => row(page).count()));
  const owner = agents[counts.indexOf(1)];
  if (!owner) throw new Error("one of the two agents owns it");
  await row(owner).click();
  await owner.getByRole("textbox", { name: "Reply" }).fill("Berth 12 is yours.");
  await owner.keyboard.press("Control+Enter");
  await expect(visitor.getByRole("log")).toContainText("Berth 12 is yours.");
  // the one-time link is spent
  await visitor.goto(path);
  await expect(visitor.getByLabel("Your name")).toHaveCount(0);
});
