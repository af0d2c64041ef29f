import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, signInAs, test } from "./desks";

const levels = "/settings/service-levels";
const holidays = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Journey//EN", "BEGIN:VEVENT", "UID:1", "DTSTART;VALUE=DATE:20010712", "RRULE:FREQ=YEARLY", "SUMMARY:Founders’ Day", "END:VEVENT", "BEGIN:VEVENT", "UID:2", "DTSTART:20261224T100000Z", "DTEND:20261224T110000Z", "SUMMARY:Meeting", "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");

async function findsNothing(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test("an admin changes what is promised, sees when it would be due, tries it on the past, saves, and the ticket explains its clock by the new rule", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, admin/);
  await page.goto("/settings/people");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Service levels" }).click();
  await expect(page.getByRole("heading", { name: "Policies" })).toBeVisible();
  await findsNothing(page);
  await page.getByRole("link", { name: "Standard" }).click();
  await page.waitForURL(/service-levels\/policies\/\w+/);

  const preview = page.getByRole("region", { name: "Preview" });
  await preview.getByRole("combobox", { name: "Opened" }).click();
  await page.getByRole("option", { name: "at a moment" }).click();
  await preview.getByLabel("Opened at, by your clock").fill("2026-03-16T10:00");
  const due = preview.locator("dd time").first();
  await expect(due).toHaveAttribute("datetime", /^2026-03-16/);
  const before = await due.getAttribute("datetime");
  await page.getByRole("textbox", { name: "First response, normal" }).fill("3 days");
  await page.keyboard.press("Tab");
  await expect(page.getByText("25 h 30 min")).toBeVisible();
  await expect(due).not.toHaveAttribute("datetime", before ?? "");
  await expect(due).toHaveAttribute("datetime", /^2026-03-19/);
  await page.getByRole("textbox", { name: "First response, low" }).fill("soon");
  await expect(page.getByText("Say it like 30 min")).toBeVisible();
  await page.getByRole("textbox", { name: "First response, low" }).fill("3 days");

  await page.getByRole("textbox", { name: "Next response, normal" }).fill("20 min");
  const whatIf = page.getByRole("region", { name: "What if?" });
  await whatIf.getByRole("button", { name: "Try it on the past" }).click();
  await expect(whatIf.getByText(/would have followed it/)).toBeVisible();
  await expect(whatIf.getByRole("row", { name: /First response/ })).toContainText("%");
  await expect(whatIf.getByRole("list", { name: "Requests that would have ended differently" }).getByRole("link").first()).toBeVisible();
  await findsNothing(page);
  await whatIf.getByRole("button", { name: "Save it like this" }).click();
  await page.waitForURL((url) => url.pathname === levels);
  await expect(page.getByRole("listitem").filter({ hasText: "default" })).toContainText("3 days");

  // A ticket of a queue without a policy of its own.
  const admin = await demo.api("admin");
  const { items } = await admin<{ items: { id: string; priority: string; category: { name: string }; sla: { firstResponse: unknown } | null }[] }>("GET", "/tickets?limit=200&priority=normal");
  const ticket = items.find(({ category, sla }) => category.name !== "technical" && sla?.firstResponse);
  await page.goto(`/desk/${ticket?.id}?view=all`);
  await expect(page.getByText(/of 25 h 30 min worked/).first()).toBeVisible();
});

test("two admins at once: the slower one is told, and nothing is overwritten", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, admin/);
  await page.goto(levels);
  await page.getByRole("link", { name: "Something is broken" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Mine");
  const admin = await demo.api("admin");
  const { items } = await admin<{ items: { id: string; name: string }[] }>("GET", "/sla-policies");
  const policy = items.find(({ name }) => name === "Something is broken");
  await admin("PATCH", `/sla-policies/${policy?.id}`, { name: "Theirs" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "changed by somebody else" })).toBeVisible();
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Theirs");
});

test("an admin makes a calendar with a night shift and holidays from a file; wrong hours are told beside them", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, admin/);
  await page.goto(`${levels}/calendars/new`);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Nights");
  await page.getByRole("button", { name: "Time zone" }).click();
  await page.getByPlaceholder("City or region").fill("kolk");
  await page.getByRole("option", { name: /Kolkata|Calcutta/ }).first().click();
  const monday = page.getByRole("group", { name: "Monday" });
  await monday.getByRole("textbox", { name: "Monday, 1, from" }).fill("22");
  await monday.getByRole("textbox", { name: "Monday, 1, to" }).fill("6");
  await page.getByRole("button", { name: "Make the calendar" }).click();
  await expect(page.getByText("Must be after from.")).toBeVisible();
  await expect(monday.getByRole("textbox", { name: "Monday, 1, to" })).toHaveAttribute("aria-invalid", "true");
  await monday.getByRole("textbox", { name: "Monday, 1, to" }).fill("24");
  await monday.getByRole("button", { name: "Copy Monday" }).click();
  await page.getByRole("menuitem", { name: "To every other day" }).click();
  await expect(page.getByRole("textbox", { name: "Sunday, 1, to" })).toHaveValue("24:00");
  await page.getByLabel("Date of a holiday").fill("2031-01-02");
  await page.getByLabel("Name of the holiday").fill("Stocktaking");
  await page.keyboard.press("Enter");
  await page.getByLabel("iCal file").setInputFiles({ name: "holidays.ics", mimeType: "text/calendar", buffer: Buffer.from(holidays) });
  await expect(page.getByText("1 entry made no day free.")).toBeVisible();
  const coming = page.getByRole("list", { name: "Holidays to come" });
  await expect(coming).toContainText("Founders’ Day");
  await expect(coming).toContainText("Stocktaking");
  await findsNothing(page);
  await page.getByRole("button", { name: "Make the calendar" }).click();
  await page.waitForURL((url) => url.pathname === levels);
  await page.getByRole("link", { name: "Nights" }).click();
  await expect(page.getByRole("list", { name: "Holidays to come" })).toContainText("Stocktaking");
  await expect(page.getByRole("img", { name: /Monday 22:00 to 24:00/ })).toBeVisible();
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete the calendar" }).click();
  await page.waitForURL((url) => url.pathname === levels);
  await expect(page.getByRole("link", { name: "Nights" })).toHaveCount(0);
});

test("an agent reads what is promised and changes nothing", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, agent/);
  await page.goto(levels);
  await expect(page.getByRole("link", { name: "New policy" })).toHaveCount(0);
  await page.getByRole("link", { name: "Standard" }).click();
  await page.waitForURL(/policies\/\w+/);
  await expect(page.getByRole("textbox", { name: "Name" })).toBeDisabled();
  await expect(page.getByRole("region", { name: "Preview" }).locator("dd time").first()).toBeVisible();
  for (const act of ["Save", "Delete…", "Try it on the past"]) await expect(page.getByRole("button", { name: act })).toHaveCount(0);
  expect((await page.goto(`${levels}/policies/new`))?.status()).toBe(404);
});

test("an admin sets the desk's periods; one that leaves no room is told beside its field", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, admin/);
  await page.goto("/settings/desk");
  await page.getByLabel("Tell the customer before that").fill("168");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Must be less than the 168 hours until it is closed.")).toBeVisible();
  await page.getByLabel("Close it when nobody has written for").fill("10");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Close it when nobody has written for")).toHaveValue("10");
});
