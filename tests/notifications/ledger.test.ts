import { describe, expect, test } from "vitest";
import { audit } from "@/lib/auth/audit";
import { letterWith } from "@/lib/notifications/repo";
import { postToSlack, writeAboutTicket, writeLetter } from "@/lib/notifications/service";
import type { LetterView } from "@/lib/notifications/view";
import { write } from "@/lib/tickets/service";
import { freshAddress, rowFor } from "../support/boxes";
import { a, an, useDesk } from "../support/desk";
import { as } from "../support/doors";
import { told } from "../support/webhooks";
import { rowOn } from "./cast";

useDesk();

const none = { ifMatch: null, once: null };
const lettersOf = async (actor: Parameters<typeof as>[0], id: string) => (await as(actor).get(`/api/v1/tickets/${id}/letters`)).body as { items: LetterView[] };

describe("GET /api/v1/tickets/:id/letters", () => {
  test("200 says what was sent, to whom, why and what became of it, in words that let nobody act for its reader", async () => {
    const [customer, agent] = [await a.customer({ email: freshAddress() }), await an.agent({ email: freshAddress() })];
    const ticket = await a.ticket({ requester: customer, assigneeId: agent.id, status: "open" });
    await write(agent, { id: ticket._id, body: "Mended.", visibility: "public", status: "resolved" }, none);
    const rowId = await rowFor(ticket._id, "ticket/replied");
    await writeAboutTicket(rowId);
    await told("email.bounced", { email_id: (await letterWith(`${rowId}:reply`))?.providerId, bounce: { type: "Permanent", subType: "General", message: "550 full" } });
    const bounced = await rowFor(ticket._id, "ticket/letter-bounced");
    await writeLetter({ kind: "bounced", rowId: bounced, personId: agent.id });
    await postToSlack({ kind: "bounced", rowId: bounced });

    const { items } = await lettersOf(agent, ticket._id);
    expect(items.map(({ channel, kind, to, toCustomer, why, state, trouble }) => ({ channel, kind, to, toCustomer, why, state, trouble }))).toEqual([
      { channel: "slack", kind: "bounced", to: { name: null, address: "Slack" }, toCustomer: false, why: "A mail to the customer did not arrive.", state: "sent", trouble: null },
      { channel: "mail", kind: "bounced", to: { name: agent.name, address: agent.email }, toCustomer: false, why: "A mail to the customer did not arrive.", state: "sent", trouble: null },
      { channel: "mail", kind: "reply", to: { name: customer.name, address: customer.email }, toCustomer: true, why: `${agent.name} replied.`, state: "bounced", trouble: "550 full" },
    ]);
    expect(items[2]?.text).toContain("Mended.");
    expect(items[1]?.text).toContain("550 full");
    const all = JSON.stringify(items);
    expect(all).not.toMatch(/\/rate\/[\w.-]{5}|token=[\w-]|mail-off\/[\w.-]{5}|reply\+/);
  });

  test("200 an admin's look is a read of the ticket, on the record", async () => {
    const [admin, ticket] = [await an.admin(), await a.ticket()];
    expect(await lettersOf(admin, ticket._id)).toEqual({ items: [], nextCursor: null });
    expect(await audit().countDocuments({ personId: admin.id, subjectId: ticket._id, act: "ticket/read" })).toBe(1);
  });

  test("403 a customer learns nothing of what staff is told, on their own ticket too", async () => {
    const customer = await a.customer();
    const ticket = await a.ticket({ requester: customer });
    await postToSlack({ kind: "escalated", rowId: await rowOn(ticket, "ticket/escalated", { to: "manager" }) });
    const answer = await as(customer).get(`/api/v1/tickets/${ticket._id}/letters`);
    expect([answer.status, JSON.stringify(answer.body).includes("escalated")]).toEqual([403, false]);
  });
});
