import { expect, signInAs, test } from "./desks";

test("an admin sees that jobs keep up, opens a run, and runs it again; an agent does not find the page", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, admin/);
  await page.goto("/settings/people");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Jobs" }).click();
  await expect(page.getByRole("region", { name: "Keeping up" }).getByRole("status")).toContainText("Keeps up");
  // The sweep runs each minute; signing in has started another.
  const run = page.getByRole("table", { name: "Runs" }).getByRole("link").first();
  await expect(run).toBeVisible({ timeout: 70_000 });
  await run.click();
  await page.waitForURL(/\/settings\/jobs\/\w+/);
  const first = page.url();
  await expect(page.getByRole("heading", { name: "Steps" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Completed" })).toBeVisible();
  await page.getByRole("button", { name: "Replay…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Replay" }).click();
  await page.waitForURL((url) => url.href !== first);
  await expect(page.getByText("Replay of")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Completed" })).toBeVisible();
  await page.getByRole("link", { name: "Jobs", exact: true }).last().click();
  await page.getByRole("tab", { name: "Functions" }).click();
  await expect(page.getByRole("table", { name: "Functions" })).toContainText("sweep");
  await page.getByRole("tab", { name: "Events" }).click();
  await expect(page.getByRole("list", { name: "Events" }).getByRole("listitem").first()).toBeVisible();

  const { page: agent } = await somebody(demo);
  await signInAs(agent, /Sign in as .*, agent/);
  await agent.goto("/settings/jobs");
  await agent.waitForURL((url) => !url.pathname.endsWith("/jobs"));
  await expect(agent.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Jobs" })).toHaveCount(0);
});
