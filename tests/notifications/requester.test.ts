import { beforeAll, describe, expect, test } from "vitest";
import { changeSettings } from "@/lib/auth/settings";
import { hour, setClock } from "@/lib/clock";
import { letterWith } from "@/lib/notifications/repo";
import { writeAboutTicket } from "@/lib/notifications/service";
import { tickets } from "@/lib/tickets/repo";
import { close, rate, reopen, resolve, write } from "@/lib/tickets/service";
import { freshAddress, mailsTo, rowFor, sourceOf } from "../support/boxes";
import { a, an, useDesk } from "../support/desk";
import { rowOn } from "./cast";

useDesk();
beforeAll(async () => {
  await changeSettings(await an.admin(), { timeZone: "Europe/Berlin" });
});

const none = { ifMatch: null, once: null };
const ratingLinks = (text = "") => [...text.matchAll(/https:\/\/desk\.example\/rate\/\S+\?score=(\d)/g)].map(([, score]) => Number(score));

async function desk(verifiedAt: Date | null = new Date()) {
  const [customer, agent, manager] = [await a.customer({ email: freshAddress(), verifiedAt }), await an.agent(), await a.manager()];
  return { customer, agent, manager, ticket: await a.ticket({ requester: customer, assigneeId: agent.id, status: "open" }) };
}

test("a reply sent with “resolved” is one letter, which asks for a rating; the resolution itself is none", async () => {
  const { customer, agent, ticket } = await desk();
  await write(agent, { id: ticket._id, body: "Mended.", visibility: "public", status: "resolved" }, none);
  const [replied, resolved] = [await rowFor(ticket._id, "ticket/replied"), await rowFor(ticket._id, "ticket/resolved")];
  for (const rowId of [replied, resolved, replied]) await writeAboutTicket(rowId);
  const mails = await mailsTo(customer.email);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.subject).toBe(`Re: A question [#${ticket.number}]`);
  expect(mails[0]?.text).toMatch(/We\s+think\s+this\s+is\s+solved/);
  expect(ratingLinks(mails[0]?.text)).toEqual([1, 2, 3, 4, 5]);
  const kept = (await letterWith(`${replied}:reply`))?.kept;
  expect(kept?.text).toContain("Mended.");
  expect(kept?.text).toContain("https://desk.example/rate/…?score=3");
});

test("a reply that resolves nothing asks for nothing", async () => {
  const { customer, agent, ticket } = await desk();
  await write(agent, { id: ticket._id, body: "Looking.", visibility: "public" }, none);
  await writeAboutTicket(await rowFor(ticket._id, "ticket/replied"));
  expect(ratingLinks((await mailsTo(customer.email))[0]?.text)).toEqual([]);
});

test("a resolution without a reply is told, with how to reopen and rate; one by the customer is not", async () => {
  const { customer, agent, ticket } = await desk();
  await resolve(customer, { id: ticket._id }, none);
  await writeAboutTicket(await rowFor(ticket._id, "ticket/resolved"));
  expect(await mailsTo(customer.email)).toEqual([]);
  await reopen(customer, { id: ticket._id }, none);
  await resolve(agent, { id: ticket._id }, none);
  const rowId = await rowFor(ticket._id, "ticket/resolved");
  await Promise.all([writeAboutTicket(rowId), writeAboutTicket(rowId)]);
  const [mail, ...more] = await mailsTo(customer.email);
  expect(more).toEqual([]);
  expect(ratingLinks(mail?.text)).toEqual([1, 2, 3, 4, 5]);
  const source = await sourceOf(mail);
  expect(source).toMatch(/^Reply-To: reply\+/m);
  expect(source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
  expect(source).toMatch(new RegExp(`^In-Reply-To: <ticket-${ticket._id}@desk\\.example>`, "m"));
});

test("the last word before closing says when, by the desk's clocks; it is not sent once the customer has written", async () => {
  const { customer, agent, ticket } = await desk();
  await resolve(agent, { id: ticket._id }, none);
  setClock(new Date("2026-03-09T13:30:00Z"));
  await writeAboutTicket(await rowOn(ticket, "ticket/nudged", { closesAt: "2026-03-10T13:30:00.000Z" }));
  const [mail] = await mailsTo(customer.email);
  expect(mail?.text.replaceAll(/\s+/g, " ")).toContain("Reply, or we close this tomorrow: Tuesday 14:30 (Europe/Berlin).");
  setClock(null);
  await write(customer, { id: ticket._id, body: "Not yet", visibility: "public" }, none);
  await writeAboutTicket(await rowOn(ticket, "ticket/nudged", { closesAt: new Date(Date.now() + 24 * hour).toISOString() }));
  expect(await mailsTo(customer.email)).toHaveLength(1);
});

test("the closing asks for a rating unless it has one, or nobody is asked", async () => {
  const closedBy = async (rated: boolean) => {
    const { customer, agent, manager, ticket } = await desk();
    await resolve(agent, { id: ticket._id }, none);
    if (rated) await rate(customer, { id: ticket._id, score: 4 }, none);
    await close(manager, { id: ticket._id }, none);
    await writeAboutTicket(await rowFor(ticket._id, "ticket/closed"));
    return ratingLinks((await mailsTo(customer.email))[0]?.text);
  };
  expect(await closedBy(false)).toEqual([1, 2, 3, 4, 5]);
  expect(await closedBy(true)).toEqual([]);
  const admin = await an.admin();
  await changeSettings(admin, { askRating: false });
  expect(await closedBy(false)).toEqual([]);
  await changeSettings(admin, { askRating: true });
});

describe("an address that is not proved", () => {
  test("hears nothing of a resolution or closing, and the ledger says why", async () => {
    const { customer, agent, ticket } = await desk(null);
    await resolve(agent, { id: ticket._id }, none);
    const rowId = await rowFor(ticket._id, "ticket/resolved");
    await writeAboutTicket(rowId);
    expect(await mailsTo(customer.email)).toEqual([]);
    expect(await letterWith(`${rowId}:resolved`)).toMatchObject({ state: "dropped", lastError: "The address is not confirmed.", mail: null });
  });

  test("gets a receipt without an address to answer to", async () => {
    const { customer, ticket } = await desk(null);
    await writeAboutTicket(await rowFor(ticket._id, "ticket/opened"));
    const [mail] = await mailsTo(customer.email);
    expect(await sourceOf(mail)).not.toMatch(/^Reply-To:/m);
    expect(mail?.text).not.toContain("write your answer above");
    const rowId = await rowFor(ticket._id, "ticket/opened");
    expect((await letterWith(`${rowId}:receipt`))?.kept?.text).toMatch(/\/link\?token=…/);
  });
});

test("a letter that waits for its time is not written about a ticket that is gone", async () => {
  const { customer, agent, ticket } = await desk();
  await resolve(agent, { id: ticket._id }, none);
  const rowId = await rowFor(ticket._id, "ticket/resolved");
  await tickets().deleteOne({ _id: ticket._id });
  await writeAboutTicket(rowId);
  expect(await mailsTo(customer.email)).toEqual([]);
});
