import { describe, expect, test } from "vitest";
import { signInByLink } from "@/lib/auth/account";
import { requestLink, signUp } from "@/lib/auth/service";
import { personByEmail } from "@/lib/auth/repo";
import { events } from "@/lib/events";
import { newId } from "@/lib/ids";
import { sendHeld, writeAboutTicket, writeToPerson } from "@/lib/notifications/service";
import { openTicket, write } from "@/lib/tickets/service";
import { POST as webhook } from "@/app/api/webhooks/mail/route";
import { freshAddress, mailsTo, rowFor, type BoxMail } from "../support/boxes";
import { a, an, useDesk } from "../support/desk";
import { signedRequest } from "../support/webhooks";

useDesk();

const none = { ifMatch: null, once: null };
const address = freshAddress;
const tokenIn = (mail: BoxMail | undefined) => new URL(/https:\/\/\S+token=\S+/.exec(mail?.text ?? "")?.[0] ?? "https://none.example").searchParams.get("token") ?? "";

async function visitorsTicket(email: string) {
  const opened = await openTicket({ kind: "visitor", id: newId() }, { subject: "Printer on fire", body: "Secret words", requester: { email, name: "Vi" } }, none);
  const person = await personByEmail(email);
  if (!person) throw new Error("a requester is a person");
  return { id: opened.id, person };
}

describe("an address that is not proved", () => {
  test("gets receipt and confirmation in one mail, without the words of the message", async () => {
    const email = address();
    const { id } = await visitorsTicket(email);
    await writeAboutTicket(await rowFor(id, "ticket/opened"));
    const mails = await mailsTo(email);
    expect(mails).toHaveLength(1);
    expect(tokenIn(mails[0])).toMatch(/^[\w-]{43}$/);
    expect(mails[0]?.text).not.toContain("Secret words");
  });

  test("gets no second mail that day, whatever happens; what was held goes out once it is proved", async () => {
    const email = address();
    const { id, person } = await visitorsTicket(email);
    await writeAboutTicket(await rowFor(id, "ticket/opened"));
    const manager = await a.manager();
    await write(manager, { id, body: "Use the extinguisher", visibility: "public" }, none);
    await writeAboutTicket(await rowFor(id, "ticket/replied"));
    await requestLink(email);
    await writeToPerson(await rowFor(person._id, "person/link-requested"));
    const second = await visitorsTicket(email);
    await writeAboutTicket(await rowFor(second.id, "ticket/opened"));
    expect(await mailsTo(email)).toHaveLength(1);

    await signInByLink(tokenIn((await mailsTo(email))[0]));
    await sendHeld(person._id);
    await sendHeld(person._id);
    const mails = await mailsTo(email);
    expect(mails).toHaveLength(2);
    expect(mails[0]?.text).toContain("Use the extinguisher");
  });

  test("gets no second mail that day when several are due at once", async () => {
    const email = address();
    const opened = await Promise.all([1, 2, 3, 4].map(() => visitorsTicket(email)));
    await Promise.all(opened.map(async ({ id }) => writeAboutTicket(await rowFor(id, "ticket/opened"))));
    expect(await mailsTo(email)).toHaveLength(1);
  });
});

test("a link that signs in stays nowhere in the database once its mail is sent, hashed apart", async () => {
  const customer = await a.customer({ email: address() });
  await requestLink(customer.email);
  await writeToPerson(await rowFor(customer.id, "person/link-requested"));
  const token = tokenIn((await mailsTo(customer.email))[0]);
  expect(token).toMatch(/^[\w-]{43}$/);
  for (const { collectionName } of await events().db.collections()) {
    expect([collectionName, JSON.stringify(await events().db.collection(collectionName).find().toArray()).includes(token)]).toEqual([collectionName, false]);
  }
});

describe("a proved address", () => {
  test("gets one mail a reply, however often the job runs, and none for a private note or its own words", async () => {
    const customer = await a.customer({ email: address() });
    const agent = await an.agent();
    const ticket = await a.ticket({ requester: customer, assigneeId: agent.id });
    await write(agent, { id: ticket._id, body: "A public answer", visibility: "public" }, none);
    const reply = await rowFor(ticket._id, "ticket/replied");
    await Promise.all([writeAboutTicket(reply), writeAboutTicket(reply)]);
    await writeAboutTicket(reply);
    await write(agent, { id: ticket._id, body: "A private note", visibility: "private" }, none);
    await writeAboutTicket(await rowFor(ticket._id, "ticket/noted"));
    await write(customer, { id: ticket._id, body: "My own words", visibility: "public" }, none);
    await writeAboutTicket(await rowFor(ticket._id, "ticket/replied"));
    const mails = await mailsTo(customer.email);
    expect(mails.map((mail) => mail.text.includes("A public answer"))).toEqual([true]);
  });
});

test("signing up with a known address mails its owner, and nobody learns it from the page", async () => {
  const customer = await a.customer({ email: address(), passwordHash: "set" });
  await expect(signUp({ name: "X", email: customer.email, password: "a new password" })).resolves.toBeUndefined();
  await writeToPerson(await rowFor(customer.id, "person/sign-up-repeated"));
  expect((await mailsTo(customer.email)).map((mail) => mail.subject)).toEqual([expect.stringContaining("already have an account")]);
});

describe("POST /api/webhooks/mail", () => {
  const event = JSON.stringify({ type: "email.delivered", created_at: new Date().toISOString(), data: { email_id: "none", created_at: "", from: "", to: [], subject: "" } });

  test("204 with the right signature", async () => {
    expect((await webhook(signedRequest(event))).status).toBe(204);
  });

  test("401 with another key, and without a signature", async () => {
    expect((await webhook(signedRequest(event, Buffer.from("other")))).status).toBe(401);
    expect((await webhook(new Request("http://127.0.0.1/api/webhooks/mail", { method: "POST", body: event }))).status).toBe(401);
  });
});
