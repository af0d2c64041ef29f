import { describe, expect, test } from "vitest";
import { events } from "@/lib/events";
import { heardByJobs } from "@/lib/facts";
import { messages, tickets } from "@/lib/tickets/repo";
import type { MessageView } from "@/lib/tickets/view";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { as } from "../support/doors";

useDesk();
const note = (who: Somebody, id: string, body: object) => as(who).post(`/api/v1/tickets/${id}/messages`, { body: "Please look, @Somebody", visibility: "private", ...body });
const pathsOf = (answer: { body: unknown }) => (answer.body as { errors?: { path: string }[] }).errors?.map(({ path }) => path);
const rowsOf = (ticketId: string) => events().find({ "subject.id": ticketId, type: "ticket/noted" }).toArray();

describe("POST /api/v1/tickets/{id}/messages with mentionIds", () => {
  test("201 those mentioned may read the ticket from then on, and only read it", async () => {
    const [agent, colleague] = [await an.agent(), await an.agent()];
    const ticket = await a.ticket({ assigneeId: agent.id });
    expect((await as(colleague).get(`/api/v1/tickets/${ticket._id}`)).status).toBe(404);
    const answer = await note(agent, ticket._id, { mentionIds: [colleague.id, colleague.id] });
    expect([answer.status, (answer.body as MessageView).mentions]).toEqual([201, [{ id: colleague.id, name: colleague.name }]]);
    expect((await as(colleague).get(`/api/v1/tickets/${ticket._id}`)).body).toMatchObject({ watcherIds: [colleague.id] });
    expect((await note(colleague, ticket._id, {})).status).toBe(403);
    expect((await as(colleague).patch(`/api/v1/tickets/${ticket._id}`, { priority: "urgent" })).status).toBe(403);
    const [row] = await rowsOf(ticket._id);
    expect([row?.data.mentions, row && heardByJobs(row)]).toEqual([[colleague.id], true]);
  });

  test("201 a note without them is no news for jobs", async () => {
    const agent = await an.agent();
    const ticket = await a.ticket({ assigneeId: agent.id });
    await note(agent, ticket._id, {});
    expect((await rowsOf(ticket._id)).map(heardByJobs)).toEqual([false]);
  });

  test("the customer learns nothing of who was mentioned", async () => {
    const [customer, agent, colleague] = [await a.customer(), await an.agent(), await an.agent({ name: "Crocodile Expert" })];
    const ticket = await a.ticket({ requester: customer, assigneeId: agent.id });
    await note(agent, ticket._id, { mentionIds: [colleague.id] });
    const seen = [await as(customer).get(`/api/v1/tickets/${ticket._id}`), await as(customer).get(`/api/v1/tickets/${ticket._id}/messages`), await as(customer).get(`/api/v1/tickets/${ticket._id}/timeline`)];
    expect(JSON.stringify(seen.map(({ body }) => body))).not.toMatch(new RegExp(`Crocodile|${colleague.id}|mention|watcher`));
  });

  test("400 names whom it can't be, and nothing is written: a customer, somebody who left, nobody, an engineer of a ticket that is not theirs to see", async () => {
    const [agent, customer, engineer, left] = [await an.agent(), await a.customer(), await an.engineer(), await an.agent({ deactivated: { at: new Date(), by: "somebody" } })];
    const ticket = await a.ticket({ assigneeId: agent.id });
    const answers = [];
    for (const id of [customer.id, left.id, "nobody-at-all", engineer.id]) answers.push(await note(agent, ticket._id, { mentionIds: [agent.id, id] }));
    expect(answers.map((answer) => [answer.status, pathsOf(answer)])).toEqual(answers.map(() => [400, ["mentionIds.1"]]));
    expect((await note(agent, ticket._id, { mentionIds: Array.from({ length: 21 }, (_, index) => `somebody-${index}`) })).status).toBe(400);
    expect([await messages().countDocuments({ ticketId: ticket._id }), (await tickets().findOne({ _id: ticket._id }))?.watcherIds]).toEqual([1, []]);
  });

  test("201 an engineer of a ticket at engineering", async () => {
    const [agent, engineer] = [await an.agent(), await an.engineer()];
    const ticket = await a.ticket({ assigneeId: agent.id, level: "engineering" });
    expect((await note(agent, ticket._id, { mentionIds: [engineer.id] })).status).toBe(201);
  });

  test("400 in a public reply, by staff and by the customer", async () => {
    const [customer, agent] = [await a.customer(), await an.agent()];
    const ticket = await a.ticket({ requester: customer, assigneeId: agent.id });
    for (const who of [agent, customer]) {
      const answer = await note(who, ticket._id, { visibility: "public", mentionIds: [agent.id] });
      expect([answer.status, pathsOf(answer)]).toEqual([400, ["mentionIds"]]);
    }
  });
});
