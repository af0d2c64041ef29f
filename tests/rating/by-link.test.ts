import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browser } from "../auth/browser"; // before the actions, for which it stands in for Next
import { settings } from "@/lib/auth/repo";
import { forgetLimits } from "@/lib/limits";
import { rateAction } from "@/lib/tickets/actions";
import { ratingUrl } from "@/lib/tickets/rating-links";
import { tickets } from "@/lib/tickets/repo";
import type { Ticket } from "@/lib/tickets/schema";
import { ratingByLink } from "@/lib/tickets/service";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { as } from "../support/doors";

useDesk();

let [customer, agent, manager] = [] as unknown as [Somebody, Somebody, Somebody];
beforeAll(async () => {
  [customer, agent, manager] = [await a.customer(), await an.agent(), await a.manager()];
});
beforeEach(forgetLimits);

const now = async ({ _id }: Pick<Ticket, "_id">) => (await tickets().findOne({ _id })) as Ticket;
const linkTo = ({ _id: ticketId, requester, resolution }: Ticket) => ratingUrl({ ticketId, requesterId: requester.id, resolvedAt: resolution?.at ?? new Date() }).split("/")[2] ?? "";
const resolve = (ticket: Pick<Ticket, "_id">) => as(manager).put(`/api/v1/tickets/${ticket._id}/resolution`);
const reopen = (ticket: Pick<Ticket, "_id">) => as(customer).delete(`/api/v1/tickets/${ticket._id}/resolution`);
const close = (ticket: Pick<Ticket, "_id">) => as(manager).put(`/api/v1/tickets/${ticket._id}/closure`);
/** Posts the form of the page behind a link, from some browser without a session. */
const send = (token: string, fields: Record<string, string>) => browser().submit(rateAction, { token, ...fields });

async function solved(): Promise<{ ticket: Ticket; token: string }> {
  const ticket = await a.ticket({ requester: customer, assigneeId: agent.id });
  await resolve(ticket);
  return { ticket, token: linkTo(await now(ticket)) };
}

describe("a link to rate", () => {
  test("looked at as often as one likes rates nothing", async () => {
    const { ticket, token } = await solved();
    const before = await now(ticket);
    for (const _time of [1, 2, 3]) expect(await ratingByLink(token)).toEqual({ request: { id: ticket._id, number: ticket.number, subject: "A question" }, state: "asked", closed: false, rating: null, mayRate: "score" });
    expect(await now(ticket)).toEqual(before);
  });

  test("rates without a session, in the requester's name, and takes a comment after", async () => {
    const { ticket, token } = await solved();
    expect(await send(token, { score: "2" })).toMatchObject({ ok: true, value: { rating: { score: 2, comment: null }, mayRate: "score" } });
    expect(await send(token, { score: "2", comment: "Slow,\r\nvery slow" })).toMatchObject({ ok: true, value: { rating: { score: 2, comment: "Slow,\nvery slow" } } });
    const { items } = (await as(agent).get(`/api/v1/tickets/${ticket._id}/timeline`)).body as { items: { type: string; actor: { name: string }; why: string }[] };
    expect(items.filter(({ type }) => type === "ticket/rated")).toMatchObject([{ actor: { name: customer.name }, why: "By the link in a letter." }, {}]);
    expect((await as(customer).get(`/api/v1/tickets/${ticket._id}`)).body).toMatchObject({ rating: { score: 2 }, unread: false });
  });

  test("works for an address that is not verified", async () => {
    const stranger = await a.customer({ verifiedAt: null });
    const ticket = await a.ticket({ requester: stranger });
    await resolve(ticket);
    expect(await send(linkTo(await now(ticket)), { score: "5" })).toMatchObject({ ok: true });
  });

  test("sent twice, also at once, writes one row", async () => {
    const { ticket, token } = await solved();
    await Promise.all([1, 2, 3].map(() => send(token, { score: "3" })));
    const rated = await now(ticket);
    await send(token, { score: "3" });
    expect((await now(ticket)).seq).toBe(rated.seq);
  });

  test("after closing takes a first score and a missing comment, and no other score", async () => {
    const { ticket, token } = await solved();
    await close(ticket);
    expect(await ratingByLink(token)).toMatchObject({ closed: true, mayRate: "score" });
    expect(await send(token, { score: "4" })).toMatchObject({ ok: true, value: { mayRate: "comment" } });
    expect(await send(token, { score: "5" })).toMatchObject({ ok: false, problem: { status: 409, detail: "This request is closed: the rating that was given stays." } });
    expect(await send(token, { score: "4", comment: "Well done" })).toMatchObject({ ok: true, value: { mayRate: null } });
  });

  test("of a request that is open again rates nothing, and says so", async () => {
    const { ticket, token } = await solved();
    await reopen(ticket);
    expect(await ratingByLink(token)).toMatchObject({ state: "reopened", mayRate: null });
    expect(await send(token, { score: "5", comment: "kept" })).toMatchObject({ ok: false, problem: { status: 409 }, input: { comment: "kept" } });
    expect((await now(ticket)).rating ?? null).toBeNull();
  });

  test("of an earlier solution rates no later one", async () => {
    const { ticket, token } = await solved();
    await reopen(ticket);
    await resolve(ticket);
    expect(await ratingByLink(token)).toMatchObject({ state: "earlier", mayRate: null });
    expect(await send(token, { score: "5" })).toMatchObject({ ok: false, problem: { status: 409 } });
    expect(await send(linkTo(await now(ticket)), { score: "5" })).toMatchObject({ ok: true });
  });

  test("leads nowhere when it is forged, of somebody else, or of a request that is gone", async () => {
    const { ticket, token } = await solved();
    const of = { ticketId: ticket._id, requesterId: (await a.customer()).id, resolvedAt: new Date() };
    const foreign = [ratingUrl(of), ratingUrl({ ...of, ticketId: "nosuchticket1", requesterId: customer.id })].map((path) => path.split("/")[2] ?? "");
    for (const dead of [token.slice(0, -1), token.replace(ticket._id, (await solved()).ticket._id), ...foreign, ""]) {
      await expect(ratingByLink(dead)).rejects.toMatchObject({ kind: "missing" });
      expect((await send(dead, { score: "1" })).ok).toBe(false);
    }
    expect((await now(ticket)).rating ?? null).toBeNull();
  });

  test.each(["", "0", "6", "4.5", "five", "4 ", "NaN", "1e1"])("refuses the score %j", async (score) => {
    const { ticket, token } = await solved();
    const outcome = await send(token, { score });
    expect([outcome.ok, (await now(ticket)).rating?.score ?? null]).toEqual(score === "4 " ? [true, 4] : [false, null]);
  });

  test("tells nobody its token in a refusal", async () => {
    const { token } = await solved();
    expect(JSON.stringify(await send(token, { score: "9" }))).not.toContain(token);
  });

  test("can be used thirty times an hour, whoever holds it", async () => {
    const { token } = await solved();
    for (let times = 0; times < 30; times += 1) expect((await send(token, { score: String(1 + (times % 5)) })).ok).toBe(true);
    expect(await send(token, { score: "1" })).toMatchObject({ ok: false, problem: { status: 429 } });
  });

  test("where the desk does not ask leads to a page that says so", async () => {
    const { token } = await solved();
    await settings().updateOne({ _id: "desk" }, { $set: { askRating: false } }, { upsert: true });
    try {
      expect(await ratingByLink(token)).toMatchObject({ state: "off", mayRate: null });
      expect(await send(token, { score: "5" })).toMatchObject({ ok: false, problem: { status: 409, detail: "This desk does not ask for ratings." } });
    } finally {
      await settings().updateOne({ _id: "desk" }, { $set: { askRating: true } });
    }
  });
});
