import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/lib/ids";
import { notices } from "@/lib/notifications/repo";
import { turnOffMail } from "@/lib/notifications/preferences";
import type { Notice } from "@/lib/notifications/schema";
import type { NoticeSettingsView, NoticesView } from "@/lib/notifications/view";
import { assign } from "@/lib/tickets/service";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { as } from "../support/doors";

useDesk();
const list = "/api/v1/me/notifications";
const settings = "/api/v1/me/notification-settings";

let agent: Somebody;
beforeAll(async () => {
  agent = await an.agent();
});

/** Notices as `tell` stores them, `age` minutes ago. */
async function noticeFor(person: Somebody, ticketId: string, age: number, set: Partial<Notice> = {}): Promise<string> {
  const rowId = newId();
  const notice: Notice = { _id: `${rowId}:mention:${person.id}`, rowId, kind: "mention", personId: person.id, ticketId, seq: 2, by: "Ada", words: "please look", detail: null, at: new Date(Date.now() - age * 60_000), readAt: null, mailAt: null, gathered: false, ...set };
  await notices().insertOne(notice);
  return notice._id;
}
const shown = async (person: Somebody, query = "") => (await as(person).get(`${list}${query}`)).body as NoticesView;

describe("GET /api/v1/me/notifications", () => {
  test("200 the newest first, page by page, with the subject as it is now and the count of unread ones", async () => {
    const person = await an.agent();
    const ticket = await a.ticket({ assigneeId: person.id, subject: "Exports hang" });
    const ids = [];
    for (const age of [1, 2, 3, 4, 5]) ids.push(await noticeFor(person, ticket._id, age, age === 2 ? { readAt: new Date() } : {}));
    const first = await shown(person, "?limit=2");
    expect(first).toMatchObject({ unread: 4, items: [{ id: ids[0], kind: "mention", text: "Ada mentioned you in a note", words: "please look", read: false, ticket: { id: ticket._id, number: ticket.number, subject: "Exports hang" } }, { id: ids[1], read: true }] });
    const second = await shown(person, `?limit=2&cursor=${first.nextCursor}`);
    const third = await shown(person, `?limit=2&cursor=${second.nextCursor}`);
    expect([...second.items, ...third.items].map(({ id }) => id)).toEqual(ids.slice(2));
    expect(third.nextCursor).toBeNull();
    expect((await shown(person, "?unread=true")).items.map(({ id }) => id)).toEqual(ids.filter((_, index) => index !== 1));
    expect((await shown(await an.agent())).items).toEqual([]);
  });

  test("200 nothing of a ticket that one may not see any more, neither subject nor words", async () => {
    const [person, manager, colleague] = [await an.agent(), await a.manager(), await an.agent()];
    const ticket = await a.ticket({ assigneeId: person.id, subject: "Secret subject" });
    await noticeFor(person, ticket._id, 1, { words: "Secret words", by: "Secret Ada" });
    expect(JSON.stringify(await shown(person))).toContain("Secret subject");
    await assign(manager, { id: ticket._id, assigneeId: colleague.id }, { ifMatch: null });
    const after = await shown(person);
    expect(JSON.stringify(after)).not.toMatch(/Secret/);
    expect(after).toMatchObject({ unread: 1, items: [{ ticket: null, words: null }] });
  });

  test.each(["?limit=0", "?limit=201", "?unread=yes", "?cursor=nonsense"])("400 for %s", async (query) => {
    expect((await as(agent).get(`${list}${query}`)).status).toBe(400);
  });

  test("401 without a session, 403 for a customer", async () => {
    expect([(await as(null).get(list)).status, (await as(await a.customer()).get(list)).status]).toEqual([401, 403]);
  });
});

describe("PUT /api/v1/me/notifications/read", () => {
  test("200 those named, those no newer than a moment, or all; never another person's", async () => {
    const [person, other] = [await an.agent(), await an.agent()];
    const ticket = await a.ticket();
    const ids = [];
    for (const age of [1, 20, 30, 40]) ids.push(await noticeFor(person, ticket._id, age));
    const others = await noticeFor(other, ticket._id, 50);
    const mark = async (body: object) => (await as(person).put(`${list}/read`, body)).body;
    expect(await mark({ ids: [ids[0], others] })).toEqual({ unread: 3 });
    expect(await mark({ before: new Date(Date.now() - 25 * 60_000).toISOString() })).toEqual({ unread: 1 });
    expect(await mark({})).toEqual({ unread: 0 });
    expect((await shown(other)).unread).toBe(1);
  });

  test("400 for a moment that is none, 401 without a session, 403 for a customer", async () => {
    const statuses = [(await as(agent).put(`${list}/read`, { before: "yesterday" })).status, (await as(null).put(`${list}/read`)).status, (await as(await a.customer()).put(`${list}/read`)).status];
    expect(statuses).toEqual([400, 401, 403]);
  });

  test("reading a ticket reads what was told of it up to there", async () => {
    const person = await an.agent();
    const [ticket, other] = [await a.ticket({ assigneeId: person.id, seq: 9 }), await a.ticket({ assigneeId: person.id })];
    await noticeFor(person, ticket._id, 3, { seq: 4 });
    const newer = await noticeFor(person, ticket._id, 2, { seq: 6 });
    const elsewhere = await noticeFor(person, other._id, 1);
    expect((await as(person).put(`/api/v1/tickets/${ticket._id}/read`, { seq: 5 })).status).toBe(204);
    expect((await shown(person, "?unread=true")).items.map(({ id }) => id)).toEqual([elsewhere, newer]);
  });
});

describe("/api/v1/me/notification-settings", () => {
  test("200 the usual until one chooses; a change keeps the rest", async () => {
    const person = await an.agent();
    const first = (await as(person).get(settings)).body as NoticeSettingsView;
    expect(first).toMatchObject({ mail: { assigned: "away", mention: "always", breach: "always" }, digest: { every: "off" }, quietHours: null, timeZone: null });
    await as(person).patch(settings, { quietHours: { from: "22:00", to: "07:00" }, timeZone: "Europe/Lisbon" });
    await as(person).patch(settings, { mail: { breach: "never" } });
    const changed = await as(person).patch(settings, { mail: { assigned: "always" }, digest: { every: "day", at: "17:30" } });
    expect(changed.body).toEqual({ ...first, mail: { ...first.mail, breach: "never", assigned: "always" }, digest: { every: "day", at: "17:30" }, quietHours: { from: "22:00", to: "07:00" }, timeZone: "Europe/Lisbon" });
    expect((await as(person).patch(settings, { quietHours: null, timeZone: null })).body).toMatchObject({ quietHours: null, timeZone: null, mail: { breach: "never" } });
  });

  test.each([
    [{ mail: { gossip: "always" } }, "mail"],
    [{ mail: { breach: "sometimes" } }, "mail.breach"],
    [{ digest: { every: "day", at: "25:00" } }, "digest.at"],
    [{ quietHours: { from: "22:00", to: "22:00" } }, "quietHours.to"],
    [{ timeZone: "Moon/Crater" }, "timeZone"],
  ])("400 for %j names the field", async (body, path) => {
    const answer = await as(agent).patch(settings, body);
    expect(answer.status).toBe(400);
    expect((answer.body as { errors: { path: string }[] }).errors.map((error) => error.path)).toContain(path);
  });

  test("401 without a session, 403 for a customer", async () => {
    const customer = await a.customer();
    expect([(await as(null).get(settings)).status, (await as(null).patch(settings)).status, (await as(customer).get(settings)).status, (await as(customer).patch(settings)).status]).toEqual([401, 401, 403, 403]);
  });

  test("a kind that is switched off is also not mailed where it waited: by oneself, or by the link in a letter", async () => {
    const person = await an.agent();
    const ticket = await a.ticket({ assigneeId: person.id });
    const later = new Date(Date.now() + 3_600_000);
    const waiting = { mention: await noticeFor(person, ticket._id, 1, { mailAt: later }), bounced: await noticeFor(person, ticket._id, 2, { kind: "bounced", mailAt: later }), breach: await noticeFor(person, ticket._id, 3, { kind: "breach", mailAt: later }) };
    await as(person).patch(settings, { mail: { mention: "never", breach: "away" } });
    await turnOffMail(person.id, "bounced");
    await turnOffMail(person.id, "bounced");
    const left = await notices().find({ personId: person.id, mailAt: { $ne: null } }).toArray();
    expect(left.map(({ _id }) => _id)).toEqual([waiting.breach]);
    expect((await as(person).get(settings)).body).toMatchObject({ mail: { mention: "never", bounced: "never", breach: "away" } });
  });

  test("without digests there is no mail of what they gathered", async () => {
    const person = await an.agent();
    await turnOffMail(person.id, "digest");
    expect((await as(person).get(settings)).body).toMatchObject({ mail: { assigned: "never", "customer-replied": "never", escalated: "never", "low-rating": "never", bounced: "never", mention: "always", reminder: "always" } });
  });
});
