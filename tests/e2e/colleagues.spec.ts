import type { Page } from "@playwright/test";
import { expect, signInAs, test, type Desk } from "./desks";

/** A ticket of the demo's customer that its agent owns, so that manager and agent both see it. */
async function sharedTicket(demo: Desk): Promise<{ id: string; agent: string }> {
  const [customer, manager] = [await demo.api("customer"), await demo.api("manager")];
  const { id } = await customer("POST", "/tickets", { subject: `Two of you at once ${Date.now()}`, body: "Who answers?" });
  const { items } = await manager<{ items: { id: string; name: string; roles: string[] }[] }>("GET", "/users?role=staff");
  const agent = items.find(({ roles }) => roles.includes("agent"));
  if (!agent) throw new Error("the demo has agents");
  await manager("PUT", `/tickets/${id}/assignment`, { assigneeId: agent.id });
  return { id, agent: agent.name };
}

const viewing = (page: Page) => page.getByText(/ (is|are) viewing$/);
const writing = (page: Page) => page.getByText(/ (is|are) writing /);
const collision = (page: Page) => page.getByRole("status").filter({ hasText: /begun a reply too/ });

test("two of the staff on one ticket see one another come, write, stop and leave; the customer sees nothing of it", async ({ demo, somebody }) => {
  const { id, agent: agentName } = await sharedTicket(demo);
  const first = agentName.split(" ")[0] ?? "";
  const { page: customer } = await somebody(demo);
  const frames: string[] = [];
  customer.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload))).on("framesent", ({ payload }) => frames.push(String(payload))));
  await signInAs(customer, /Sign in as .*, customer/);
  await customer.goto(`/my/${id}`);
  await expect(customer.getByRole("log")).toContainText("Who answers?");

  const { page: manager } = await somebody(demo);
  await signInAs(manager, /Sign in as .*, manager/);
  await manager.goto(`/desk/${id}?view=all`);
  await expect(manager.getByRole("log")).toContainText("Who answers?");
  const { page: agent, context } = await somebody(demo);
  await signInAs(agent, new RegExp(`Sign in as ${agentName}`));
  await agent.goto(`/desk/${id}`);
  await expect(viewing(manager)).toHaveText(new RegExp(`${first} is viewing$`));
  await expect(viewing(agent)).toHaveCount(1);

  // a second tab of the same person is the same person, for others and for oneself
  const tab = await context.newPage();
  await tab.goto(`/desk/${id}`);
  await expect(viewing(tab)).toHaveCount(1);
  await expect(viewing(tab)).not.toContainText(first);
  await expect(viewing(manager)).toHaveText(new RegExp(`${first} is viewing$`));
  await tab.close();

  await agent.getByRole("textbox", { name: "Reply" }).pressSequentially("Let me look");
  await expect(writing(manager)).toHaveText(`${first} is writing a reply…`);
  await expect(writing(agent)).toHaveCount(0);
  await expect(collision(manager)).toHaveCount(0);
  await manager.getByRole("textbox", { name: "Reply" }).pressSequentially("I will");
  await expect(collision(manager)).toHaveText(`${first} has begun a reply too. Agree on who answers before you send.`);
  await expect(collision(agent)).toHaveCount(1);

  // a pause ends the typing, not the warning: the words are still there
  await expect(writing(manager)).toHaveCount(0, { timeout: 8000 });
  await expect(collision(manager)).toHaveCount(1);
  await agent.keyboard.press("Control+Enter");
  await expect(manager.getByRole("log")).toContainText("Let me look");
  await expect(collision(manager)).toHaveCount(0);

  await agent.getByRole("button", { name: "Private note", exact: true }).click();
  await agent.getByRole("textbox", { name: "Private note" }).pressSequentially("Only for us");
  await expect(writing(manager)).toHaveText(`${first} is writing a note…`);
  await expect(collision(manager)).toHaveCount(0);
  await agent.getByRole("textbox", { name: "Private note" }).fill("");
  await expect(writing(manager)).toHaveCount(0, { timeout: 2000 });

  await agent.close();
  await expect(viewing(manager)).toHaveCount(0);
  expect(frames.some((frame) => frame.includes(`private-ticket-${id}`))).toBe(true);
  expect(frames.filter((frame) => /presence-|writing|client-said|member_/.test(frame))).toEqual([]);
});

test("an engineer's note is announced as one, and needs no choice of kind", async ({ demo, somebody }) => {
  const { id } = await sharedTicket(demo);
  await (await demo.api("manager"))("POST", `/tickets/${id}/escalation`, { level: "engineering", reason: "Needs a look at the logs" });
  const { page: manager } = await somebody(demo);
  await signInAs(manager, /Sign in as .*, manager/);
  await manager.goto(`/desk/${id}?view=all`);
  const { page: engineer } = await somebody(demo);
  await signInAs(engineer, /Sign in as .*, engineer/);
  await engineer.goto(`/desk/${id}`);
  await expect(viewing(manager)).toHaveCount(1);
  await engineer.getByRole("textbox", { name: "Private note" }).pressSequentially("In the logs");
  await expect(writing(manager)).toHaveText(/ is writing a note…$/);
});

test("whose role changes is led to sign in within five seconds, although nobody touches the page", async ({ demo, somebody }) => {
  const admin = await demo.api("admin");
  const { items } = await admin<{ items: { id: string; name: string; roles: string[] }[] }>("GET", "/users?role=staff");
  const agent = items.findLast(({ roles }) => roles.join() === "agent");
  const { page } = await somebody(demo);
  await signInAs(page, new RegExp(`Sign in as ${agent?.name}`));
  await page.waitForLoadState("networkidle");
  await admin("PATCH", `/users/${agent?.id}`, { roles: ["agent", "manager"] });
  await expect(page).toHaveURL(/\/sign-in/, { timeout: 5000 });
  await admin("PATCH", `/users/${agent?.id}`, { roles: ["agent"] });
});

test("who loses the ticket leaves its room at once, and goes on hearing what is theirs", async ({ demo, somebody }) => {
  const { id, agent: agentName } = await sharedTicket(demo);
  const { page: manager } = await somebody(demo);
  await signInAs(manager, /Sign in as .*, manager/);
  await manager.goto(`/desk/${id}?view=all`);
  const { page: agent } = await somebody(demo);
  const sockets: number[] = [];
  agent.on("websocket", () => sockets.push(Date.now()));
  await signInAs(agent, new RegExp(`Sign in as ${agentName}`));
  await agent.goto(`/desk/${id}`);
  await expect(viewing(manager)).toHaveCount(1);
  const before = sockets.length;
  const api = await demo.api("manager");
  const { items } = await api<{ items: { id: string; name: string; roles: string[] }[] }>("GET", "/users?role=staff");
  const other = items.find(({ name, roles }) => name !== agentName && roles.includes("agent"));
  const self = items.find(({ name }) => name === agentName);
  const at = Date.now();
  await api("PUT", `/tickets/${id}/assignment`, { assigneeId: other?.id });
  await expect(viewing(manager)).toHaveCount(0, { timeout: 2000 });
  await expect(agent.getByText("This ticket is not here")).toBeVisible({ timeout: 5000 });
  await expect.poll(() => sockets.length).toBe(before + 1);
  expect((sockets.at(-1) ?? Infinity) - at, "back at once, not with the next look at the clock").toBeLessThan(2500);

  const customer = await demo.api("customer");
  const subject = `Yours again ${Date.now()}`;
  const { id: next } = await customer("POST", "/tickets", { subject, body: "Please" });
  await api("PUT", `/tickets/${next}/assignment`, { assigneeId: self?.id });
  await agent.goto("/desk?view=mine");
  await expect(agent.getByRole("link", { name: new RegExp(subject) })).toBeVisible();
});
