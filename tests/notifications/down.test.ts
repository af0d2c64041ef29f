import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { people } from "@/lib/auth/repo";
import { hour, minute, setClock } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { keep, letterWith } from "@/lib/notifications/repo";
import { postToSlack, sendLeftBehind, writeAboutTicket, writeLetter } from "@/lib/notifications/service";
import { assign, resolve, write } from "@/lib/tickets/service";
import { freshAddress, mailsTo, postsWith, rowFor } from "../support/boxes";
import { a, an, useDesk } from "../support/desk";
import { startGate, type Gate } from "../support/gate";
import { expectLog } from "../support/setup";
import { rowOn } from "./cast";

let mail: Gate;
let slack: Gate;
const real = { mail: process.env.RESEND_BASE_URL ?? "", slack: process.env.SLACK_WEBHOOK_URL ?? "" };
beforeAll(async () => {
  [mail, slack] = await Promise.all([startGate(real.mail), startGate(real.slack)]);
  Object.assign(process.env, { RESEND_BASE_URL: mail.url, SLACK_WEBHOOK_URL: `${slack.url}${new URL(real.slack).pathname}` });
});
afterAll(async () => {
  await Promise.all([mail.close(), slack.close()]);
  Object.assign(process.env, { RESEND_BASE_URL: real.mail, SLACK_WEBHOOK_URL: real.slack });
});
useDesk();
beforeEach(() => {
  mail.weather = slack.weather = "open";
});

const none = { ifMatch: null, once: null };
const in_ = (ms: number) => setClock(new Date(Date.now() + ms));

async function replied() {
  const [agent, customer] = [await an.agent(), await a.customer({ email: freshAddress() })];
  const ticket = await a.ticket({ requester: customer, assigneeId: agent.id });
  await write(agent, { id: ticket._id, body: "An answer", visibility: "public" }, none);
  return { customer, rowId: await rowFor(ticket._id, "ticket/replied") };
}

test("a mail service that is away is asked again by the job, is seen in the ledger, and gets each letter once", async () => {
  const { customer, rowId } = await replied();
  mail.weather = "away";
  await expect(writeAboutTicket(rowId)).rejects.toThrow("away");
  await expect(writeAboutTicket(rowId)).rejects.toThrow("away");
  expect(await letterWith(`${rowId}:reply`)).toMatchObject({ state: "queued", attempts: 2, lastError: "the mail service answered: away" });
  mail.weather = "open";
  await writeAboutTicket(rowId);
  await writeAboutTicket(rowId);
  expect(await mailsTo(customer.email)).toHaveLength(1);
  expect(await letterWith(`${rowId}:reply`)).toMatchObject({ state: "sent", lastError: null });
});

test("a mail that was taken, but whose answer got lost, is sent again under its key and comes once", async () => {
  const { customer, rowId } = await replied();
  mail.weather = "silent";
  await expect(writeAboutTicket(rowId)).rejects.toThrow();
  mail.weather = "open";
  await writeAboutTicket(rowId);
  expect(await mailsTo(customer.email)).toHaveLength(1);
});

test("the sweep sends what no job sends any more, waits longer after each failure, and goes on with the other service", async () => {
  expectLog(/can not be sent yet/);
  const { customer, rowId } = await replied();
  const ticket = await a.ticket();
  const posted = await rowOn(ticket, "ticket/escalated", { to: "manager" });
  mail.weather = slack.weather = "away";
  await expect(writeAboutTicket(rowId)).rejects.toThrow();
  await expect(postToSlack({ kind: "escalated", rowId: posted })).rejects.toThrow("Slack answered 503");
  slack.weather = "open";
  in_(2 * minute);
  await sendLeftBehind();
  expect(await postsWith(ticket._id)).toHaveLength(1);
  mail.weather = "open";
  in_(2.5 * minute);
  await sendLeftBehind();
  expect(await mailsTo(customer.email)).toEqual([]);
  in_(hour);
  await sendLeftBehind();
  await sendLeftBehind();
  expect(await mailsTo(customer.email)).toHaveLength(1);
});

test("a kill between writing a letter and sending it leaves it to the sweep", async () => {
  const { customer, rowId } = await replied();
  const at = new Date();
  await keep({ _id: `${rowId}:reply`, channel: "mail", kind: "reply", personId: customer.id, ticketId: null, rowId, to: customer.email, why: "", mail: { subject: "Re", html: "<p>Hi</p>", text: "Hi" }, state: "queued", at, sentAt: null, providerId: null, delivery: null });
  in_(2 * minute);
  await Promise.all([sendLeftBehind(), writeAboutTicket(rowId), sendLeftBehind()]);
  expect((await mailsTo(customer.email)).map(({ text }) => text)).toEqual(["Hi"]);
});

test("a call to act that waited until somebody had acted is not sent any more", async () => {
  expectLog(/a letter was dropped/);
  const [customer, agent] = [await a.customer({ email: freshAddress() }), await an.agent()];
  const ticket = await a.ticket({ requester: customer, assigneeId: agent.id, status: "open" });
  await resolve(agent, { id: ticket._id }, none);
  const rowId = await rowOn(ticket, "ticket/nudged", { closesAt: new Date(Date.now() + 24 * hour).toISOString() });
  mail.weather = "away";
  await expect(writeAboutTicket(rowId)).rejects.toThrow("away");
  mail.weather = "open";
  await write(customer, { id: ticket._id, body: "It is not solved", visibility: "public" }, none);
  in_(2 * minute);
  await sendLeftBehind();
  expect(await mailsTo(customer.email)).toEqual([]);
  expect(await letterWith(`${rowId}:closing-soon`)).toMatchObject({ state: "dropped", lastError: "The request does not wait to be closed any more." });
});

test("a letter about a note that waited is not sent to who lost sight of the ticket meanwhile", async () => {
  expectLog(/a letter was dropped/);
  const [agent, other, manager] = [await an.agent({ email: freshAddress() }), await an.agent(), await a.manager()];
  const ticket = await a.ticket({ assigneeId: agent.id, status: "open" });
  await write(manager, { id: ticket._id, body: "Private crocodile", visibility: "private" }, none);
  const rowId = await rowFor(ticket._id, "ticket/noted");
  mail.weather = "away";
  await expect(writeLetter({ kind: "mention", rowId, personId: agent.id })).rejects.toThrow("away");
  mail.weather = "open";
  await assign(manager, { id: ticket._id, assigneeId: other.id }, none);
  await writeLetter({ kind: "mention", rowId, personId: agent.id });
  expect(await mailsTo(agent.email)).toEqual([]);
  expect(await letterWith(`${rowId}:mention:${agent.id}`)).toMatchObject({ state: "dropped", mail: null });
});

test("a digest that waited goes to nobody who has left meanwhile", async () => {
  expectLog(/a letter was dropped/);
  const agent = await an.agent({ email: freshAddress() });
  const items = [{ id: newId(), kind: "mention" as const, text: "Somebody mentioned you in a note", words: "Private words", ticket: null, read: false, at: new Date().toISOString() }];
  const ask = () => writeLetter({ kind: "digest", rowId: "digest-1", personId: agent.id, facts: { items } });
  mail.weather = "away";
  await expect(ask()).rejects.toThrow("away");
  mail.weather = "open";
  await people().updateOne({ _id: agent.id }, { $set: { deactivated: { at: new Date(), by: "somebody" } } });
  await ask();
  expect(await mailsTo(agent.email)).toEqual([]);
  expect(await letterWith(`digest-1:digest:${agent.id}`)).toMatchObject({ state: "dropped", mail: null });
});

test("a mail that is refused for what it is is dropped, with the reason", async () => {
  expectLog(/a letter was dropped/);
  const { customer, rowId } = await replied();
  await keep({ _id: `${rowId}:reply`, channel: "mail", kind: "reply", personId: customer.id, ticketId: null, rowId, to: "nobody", why: "", mail: { subject: "Re", html: "<p>Hi</p>", text: "Hi" }, state: "queued", at: new Date(), sentAt: null, providerId: null, delivery: null });
  await writeAboutTicket(rowId);
  expect(await letterWith(`${rowId}:reply`)).toMatchObject({ state: "dropped", mail: null, lastError: expect.stringContaining("Invalid `to") as string });
});

test("a post that Slack took without an answer is repeated once, and says so; then it rests", async () => {
  expectLog(/was dropped/);
  const ticket = await a.ticket();
  const rowId = await rowOn(ticket, "ticket/breached", { clock: "resolution", startedAt: "2026-03-09T08:00:00Z", dueAt: "2026-03-09T08:40:00Z" });
  slack.weather = "silent";
  await expect(postToSlack({ kind: "breach", rowId })).rejects.toThrow("Slack did not answer");
  await expect(postToSlack({ kind: "breach", rowId })).rejects.toThrow("Slack did not answer");
  await postToSlack({ kind: "breach", rowId });
  in_(2 * hour);
  slack.weather = "open";
  await sendLeftBehind();
  expect((await postsWith(ticket._id)).map((text) => text.startsWith("(possibly repeated)"))).toEqual([true, false]);
  expect(await letterWith(`${rowId}:breach:slack`)).toMatchObject({ state: "dropped", post: null });
});

test("a kill between the post and its answer: nobody posts while it may be under way, then it comes once more, marked", async () => {
  const ticket = await a.ticket();
  const rowId = await rowOn(ticket, "ticket/escalated", { to: "engineering" });
  const at = new Date();
  await keep({ _id: `${rowId}:escalated:slack`, channel: "slack", kind: "escalated", personId: null, ticketId: ticket._id, rowId, to: "Slack", why: "", mail: null, post: `Words about ${ticket._id}`, state: "sending", startedAt: at, at, sentAt: null, providerId: null, delivery: null });
  await postToSlack({ kind: "escalated", rowId });
  await sendLeftBehind();
  expect(await postsWith(ticket._id)).toEqual([]);
  in_(2 * minute);
  await Promise.all([sendLeftBehind(), postToSlack({ kind: "escalated", rowId })]);
  await sendLeftBehind();
  expect(await postsWith(ticket._id)).toEqual([`(possibly repeated) Words about ${ticket._id}`]);
});
