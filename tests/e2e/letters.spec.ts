import AxeBuilder from "@axe-core/playwright";
import { expect, signInAs, test, type Desk } from "./desks";

const customer = "marta@brightwave.example";

/** A request of the demo's customer that a manager has answered, and the manager's letter as it went out. */
async function answered(desk: Desk) {
  const [asCustomer, asManager] = [await desk.api("customer"), await desk.api("manager")];
  const subject = `Seats ${Date.now()}`;
  const { id } = await asCustomer("POST", "/tickets", { subject, body: "Two seats too many." });
  await asManager("POST", `/tickets/${id}/messages`, { body: "Which two?", status: "pending" });
  const letter = await desk.mailTo(customer, new RegExp(`^Re: ${subject}`));
  const source = await (await fetch(`${desk.services.mail}/mail/${letter.id}/source`)).text();
  return { id, subject, letter, replyTo: /^Reply-To: (.+)$/m.exec(source)?.[1]?.trim() ?? "no address" };
}

const arrive = (desk: Desk, lines: string[]) => fetch(`${desk.services.mail}/_local/inbound`, { method: "POST", body: lines.join("\r\n") });

test("an answer by mail appears in the open thread, and a mail that comes back is told there", async ({ demo, somebody }) => {
  const { id, letter, replyTo } = await answered(demo);
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, manager/);
  await page.goto(`/desk/${id}`);
  await expect(page.getByText("Which two?").first()).toBeVisible();

  await arrive(demo, ["From: Marta <marta@brightwave.example>", `To: ${replyTo}`, "Subject: Re: Seats", "", "The ones of Jan and Eva.", "", "On Monday 9 March, Lumen Support wrote:", ...letter.text.split("\n").map((line) => `> ${line}`)]);
  const thread = page.getByRole("article", { name: /^Ticket/ });
  await expect(thread.getByText("The ones of Jan and Eva.", { exact: true })).toBeVisible();
  await expect(thread.getByText(/Lumen Support wrote/)).toHaveCount(0);
  await expect(thread.getByText("In progress").first()).toBeVisible();

  await fetch(`${demo.services.mail}/mail/${letter.id}/events`, { method: "POST", body: new URLSearchParams({ type: "bounced" }), redirect: "manual" });
  await expect(thread.getByRole("alert").filter({ hasText: `Mail to ${customer} came back` })).toBeVisible();
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await expect(page.getByText("Came back", { exact: true }).first()).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([]);
});

test("letters that one may do without are turned off, and on again, by the link at their end", async ({ demo, somebody }) => {
  const { id, subject } = await answered(demo);
  await (await demo.api("manager"))("PUT", `/tickets/${id}/resolution`);
  let link = "";
  await expect(async () => {
    link = /http\S+\/mail-off\/\S+/.exec((await demo.mailTo(customer, new RegExp(`^Re: ${subject}`))).text)?.[0] ?? "";
    expect(link).not.toBe("");
  }).toPass();
  const { page } = await somebody(demo);
  await page.goto(link);
  await page.getByRole("button", { name: "Send me no more of these" }).click();
  await expect(page.getByRole("heading", { name: "Turned off" })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("button", { name: "Send them again" }).click();
  await expect(page.getByRole("heading", { name: "Fewer mails?" })).toBeVisible();
});
