import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, signInAs, test, type Desk } from "./desks";

const password = "a long enough password";
type Colleague = { id: string; email: string; name: string };

/** An agent whom the demo does not know: nothing was told to them yet. */
async function newcomer(demo: Desk, name: string): Promise<Colleague> {
  const email = `${name.replaceAll(" ", ".").toLowerCase()}-${Date.now()}@lumen.example`;
  const { id } = await (await demo.api("admin"))("POST", "/users", { email, name, role: "agent", password });
  return { id, email, name };
}

async function signIn(page: Page, { email }: Colleague): Promise<void> {
  await page.goto("/sign-in");
  const form = page.locator("form").filter({ has: page.getByLabel("Password") });
  await form.getByLabel("Email").fill(email);
  await form.getByLabel("Password").fill(password);
  await form.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/desk/);
}

const bell = (page: Page) => page.locator("[data-bell]").filter({ visible: true });
const center = (page: Page) => page.getByRole("dialog", { name: "Notifications" });

async function ticketOf(demo: Desk, subject: string, owner?: Colleague): Promise<string> {
  const { id } = await (await demo.api("customer"))("POST", "/tickets", { subject, body: "It does not work." });
  if (owner) await (await demo.api("manager"))("PUT", `/tickets/${id}/assignment`, { assigneeId: owner.id });
  return id;
}

const mailsAbout = async (demo: Desk, to: Colleague, words: RegExp) => {
  const box = (await (await fetch(`${demo.services.mail}/_local/outbox?to=${encodeURIComponent(to.email)}`)).json()) as { items: { subject: string; text: string }[] };
  return box.items.filter(({ text }) => words.test(text));
};

test("an assignment is counted at the bell, opened with the keyboard, and read with its ticket", async ({ demo, somebody }) => {
  const agent = await newcomer(demo, "Nora Bell");
  const { page } = await somebody(demo);
  await signIn(page, agent);
  await expect(bell(page)).toHaveAccessibleName("Notifications");
  const subject = `The bell rings ${Date.now()}`;
  await ticketOf(demo, subject, agent);
  await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
  await expect(page).toHaveTitle(/^\(1\) /);

  await page.keyboard.press("g");
  await page.keyboard.press("n");
  const row = center(page).getByRole("link", { name: new RegExp(`^Unread\\. .* gave you a ticket.*${subject}`) });
  await expect(row).toBeFocused();
  expect((await new AxeBuilder({ page }).include('[role="dialog"]').analyze()).violations).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(center(page)).toHaveCount(0);
  await expect(bell(page)).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(row).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("article", { name: new RegExp(subject) })).toBeVisible();
  await expect(bell(page)).toHaveAccessibleName("Notifications");
  await page.reload();
  await bell(page).click();
  await expect(center(page).getByRole("link", { name: new RegExp(subject) })).not.toContainText("Unread");
});

test("a colleague who is mentioned by @ in a note hears of it at once, and by mail, and may read the ticket", async ({ demo, somebody }) => {
  const colleague = await newcomer(demo, "Zita Quill");
  const { page: theirs } = await somebody(demo);
  await signIn(theirs, colleague);
  const id = await ticketOf(demo, `Who knows this one? ${Date.now()}`);

  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, manager/);
  await page.goto(`/desk/${id}?view=all`);
  await page.getByRole("button", { name: "Private note", exact: true }).click();
  const note = page.getByRole("textbox", { name: "Private note" });
  await note.pressSequentially("Can you help, @zi");
  const offered = page.getByRole("listbox", { name: "Colleagues to mention" }).getByRole("option");
  await expect(offered).toHaveText([/Zita Quill/]);
  await page.keyboard.press("Escape");
  await expect(offered).toHaveCount(0);
  await note.pressSequentially("t");
  await expect(offered).toHaveCount(0); // closed is closed, for this name
  await note.fill("");
  await note.pressSequentially("Can you help, @");
  await expect(offered.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await expect(offered.last()).toHaveAttribute("aria-selected", "true");
  await note.pressSequentially("Quill");
  await page.keyboard.press("Enter");
  await expect(note).toHaveValue("Can you help, @Zita Quill ");
  await note.pressSequentially("please? The exporter is stuck.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("log").locator("span", { hasText: /^@Zita Quill$/ })).toBeVisible();

  await expect(bell(theirs)).toHaveAccessibleName("Notifications, 1 unread");
  await theirs.getByRole("button", { name: "Open", exact: true }).click();
  await expect(theirs.getByRole("log")).toContainText("The exporter is stuck.");
  await expect(theirs.getByRole("textbox")).toHaveCount(0); // watchers read
  await expect(bell(theirs)).toHaveAccessibleName("Notifications");
  await expect.poll(async () => (await mailsAbout(demo, colleague, /The exporter is stuck/)).length).toBe(1);
});

test("what somebody is looking at is not mailed to them", async ({ demo, somebody }) => {
  const agent = await newcomer(demo, "Lotte Glance");
  const id = await ticketOf(demo, `In plain sight ${Date.now()}`, agent);
  const { page } = await somebody(demo);
  await signIn(page, agent);
  const { page: other } = await somebody(demo);
  await signInAs(other, /Sign in as .*, manager/);
  await other.goto(`/desk/${id}?view=all`);
  await page.goto(`/desk/${id}`);
  await expect(other.getByText(/Lotte is viewing$/)).toBeVisible();

  const manager = await demo.api("manager");
  const mention = (words: string) => manager("POST", `/tickets/${id}/messages`, { visibility: "private", body: `@Lotte Glance ${words}`, mentionIds: [agent.id] });
  await mention("seen while it happens");
  await expect(page.getByRole("log")).toContainText("seen while it happens");
  await page.goto("/desk");
  await expect(other.getByText(/Lotte is viewing$/)).toHaveCount(0);
  await mention("told by mail");
  await expect.poll(async () => (await mailsAbout(demo, agent, /told by mail/)).length, { timeout: 15_000 }).toBe(1);
  await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
  expect(await mailsAbout(demo, agent, /seen while it happens/)).toEqual([]);
});

test("how one is told is chosen in the settings, and kept", async ({ demo, somebody }) => {
  const agent = await newcomer(demo, "Ines Choice");
  const { page } = await somebody(demo);
  await signIn(page, agent);
  await bell(page).click();
  await center(page).getByRole("link", { name: "Notification settings" }).click();
  await expect(page.getByRole("heading", { name: "Notifications" })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("combobox", { name: "Mail: You are mentioned in a note" }).click();
  await page.getByRole("option", { name: "Never" }).click();
  await page.getByRole("switch", { name: "No mail at certain hours" }).click();
  await page.getByLabel("From").fill("21:30");
  await page.getByLabel("Until").fill("21:30");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Must differ from the beginning." })).toBeVisible();
  await page.getByLabel("Until").fill("06:15");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Mail: You are mentioned in a note" })).toHaveText("Never");
  await expect(page.getByLabel("Until")).toHaveValue("06:15");
});
