import { browser } from "../auth/browser"; // first: the actions take next/headers from it
import { describe, expect, test } from "vitest";
import { channelsFor } from "@/lib/channels";
import { events } from "@/lib/events";
import { linkTo } from "@/lib/file-links";
import { newId } from "@/lib/ids";
import { writeAboutTicket } from "@/lib/notifications/service";
import { contactAction } from "@/lib/tickets/actions";
import { messages } from "@/lib/tickets/repo";
import { a, an, useDesk } from "../support/desk";
import { as } from "../support/doors";
import { bearer, fetched, filesSeen, samples, sendFile, uploaded } from "../support/files";

useDesk();

const address = () => `${newId().toLowerCase()}@shop.example`;

async function rowFor(subjectId: string, type: string) {
  const row = await events().find({ "subject.id": subjectId, type }).sort({ seq: -1 }).limit(1).next();
  if (!row) throw new Error(`no ${type}`);
  return row;
}

describe("a file of a private note", () => {
  test("is in nothing that its customer can read, count or search", async () => {
    const [customer, agent] = [await a.customer(), await an.agent()];
    const own = as(customer);
    const { _id: id } = await a.ticket({ requester: customer, assigneeId: agent.id });
    const looks = async () => [await own.get("/api/v1/tickets"), await own.get(`/api/v1/tickets/${id}`), await own.get(`/api/v1/tickets/${id}/messages`), await own.get(`/api/v1/tickets/${id}/timeline`), await own.get("/api/v1/tickets?q=crocodile")].map(({ body }) => body);
    const before = await looks();
    const attachmentIds = [await uploaded(agent, "crocodile.png")];
    expect((await as(agent).post(`/api/v1/tickets/${id}/messages`, { body: "Look", visibility: "private", attachmentIds })).status).toBe(201);
    expect(await looks()).toEqual(before);
    expect((await as(agent).get("/api/v1/tickets?q=crocodile")).body).toMatchObject({ items: [{ id, attached: { count: 1 } }] });
    expect(await filesSeen(agent, id)).toHaveLength(1);
  });

  test("does not show itself by filling the ticket up for its customer", async () => {
    const [customer, agent] = [await a.customer(), await an.agent()];
    const { _id: id } = await a.ticket({ requester: customer, assigneeId: agent.id, attached: { count: 100, bytes: 100, publicCount: 1, publicBytes: 1 } });
    expect((await as(agent).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds: [await uploaded(agent)] })).body).toMatchObject({ status: 400, errors: [{ path: "attachmentIds" }] });
    expect((await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds: [await uploaded(customer)] })).status).toBe(201);
    expect((await as(customer).get(`/api/v1/tickets/${id}`)).body).toMatchObject({ attached: { count: 2 } });
  });

  test("is in no channel of the customer, and no channel says more of any file than that there is news", async () => {
    const [customer, agent] = [await a.customer(), await an.agent()];
    const { _id: id } = await a.ticket({ requester: customer, assigneeId: agent.id });
    await as(agent).post(`/api/v1/tickets/${id}/messages`, { body: "x", visibility: "private", attachmentIds: [await uploaded(agent, "crocodile.png")] });
    await as(agent).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds: [await uploaded(agent, "crocodile.png")] });
    const noted = channelsFor(await rowFor(id, "ticket/noted")).map(({ channel }) => channel);
    expect(noted.filter((channel) => channel === `private-ticket-${id}` || channel === `private-user-${customer.id}`)).toEqual([]);
    expect(JSON.stringify([channelsFor(await rowFor(id, "ticket/noted")), channelsFor(await rowFor(id, "ticket/replied"))])).not.toContain("crocodile");
  });

  test("can't be had by a link that the customer bends", async () => {
    const [customer, agent] = [await a.customer(), await an.agent()];
    const { _id: id } = await a.ticket({ requester: customer, assigneeId: agent.id });
    await as(agent).post(`/api/v1/tickets/${id}/messages`, { body: "x", visibility: "private", attachmentIds: [await uploaded(agent, "secret.png")] });
    await as(agent).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds: [await uploaded(agent, "open.png")] });
    const [secret] = await filesSeen(agent, id);
    const [open] = await filesSeen(customer, id);
    const bent = open?.url.replace(open.id, secret?.id ?? "") ?? "";
    expect([(await fetched(open?.url ?? "")).status, (await fetched(bent)).status]).toEqual([200, 404]);
  });
});

test("an upload that no message took has no link, not for its owner either", async () => {
  const customer = await a.customer();
  const { _id: id } = await a.ticket({ requester: customer });
  await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds: [await uploaded(customer)] });
  const [file] = await filesSeen(customer, id);
  expect((await fetched(linkTo(file?.id ?? ""))).status).toBe(200);
  expect((await fetched(linkTo(await uploaded(customer)))).status).toBe(404);
});

test("the mail about a reply lists its files with their sizes and leads to the request's page, to no file", async () => {
  const customer = await a.customer({ email: address() });
  const agent = await an.agent();
  const { _id: id } = await a.ticket({ requester: customer, assigneeId: agent.id });
  await as(agent).post(`/api/v1/tickets/${id}/messages`, { body: "x", visibility: "private", attachmentIds: [await uploaded(agent, "crocodile.png")] });
  await as(agent).post(`/api/v1/tickets/${id}/messages`, { body: "", attachmentIds: [await uploaded(agent, "invoice.pdf", samples.pdf as BlobPart), await uploaded(agent, "error.log", samples.log as BlobPart)] });
  await writeAboutTicket((await rowFor(id, "ticket/replied"))._id);
  const { items } = (await (await fetch(`${process.env.RESEND_BASE_URL}/_local/outbox?to=${encodeURIComponent(customer.email)}`)).json()) as { items: { text: string; html: string }[] };
  expect(items).toHaveLength(1);
  for (const part of ["2 files are attached", "invoice.pdf (35 bytes)", "error.log (50 bytes)", `/my/${id}`]) expect(items[0]?.text).toContain(part);
  expect(`${items[0]?.text}${items[0]?.html}`).not.toMatch(/crocodile|\/files\//);
});

describe("the contact form", () => {
  const fields = () => ({ subject: "With files", body: "See below", name: "Vi", email: address() });
  const files = (...all: File[]) => (form: FormData) => all.forEach((file) => form.append("files[]", file));
  const filesOf = async (id: string) => (await messages().findOne({ ticketId: id }))?.attachments?.map(({ name, type }) => [name, type]) ?? [];

  test("takes files with it where there is no JavaScript; a field in which none was chosen is none", async () => {
    const sent = await browser().submit(contactAction, fields(), files(new File([samples.png as BlobPart], "shot.png"), new File(["words"], "../note.txt")));
    if (!sent.ok) throw new Error(sent.problem.detail);
    expect(await filesOf(sent.value.id)).toEqual([["shot.png", "image/png"], ["note.txt", "text/plain"]]);
    const none = await browser().submit(contactAction, fields(), files(new File([], "")));
    if (!none.ok) throw new Error(none.problem.detail);
    expect(await filesOf(none.value.id)).toEqual([]);
  });

  test("names files that the browser uploaded before", async () => {
    const visitor = browser();
    const first = await sendFile({}, "shot.png", samples.png as BlobPart);
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    visitor.jar.set("twoway_visitor", cookie.slice(cookie.indexOf("=") + 1));
    const sent = await visitor.submit(contactAction, fields(), (form) => form.append("attachmentIds[]", (first.body as { id: string }).id));
    if (!sent.ok) throw new Error(sent.problem.detail);
    expect(await filesOf(sent.value.id)).toEqual([["shot.png", "image/png"]]);
  });

  test("is refused as a whole for a file of somebody else, an empty one, and eleven", async () => {
    const foreign = await uploaded(await a.customer());
    expect(await browser().submit(contactAction, fields(), (form) => form.append("attachmentIds[]", foreign))).toMatchObject({ ok: false, problem: { status: 400, errors: [{ path: "attachmentIds.0" }] } });
    expect(await browser().submit(contactAction, fields(), files(new File([], "empty.txt")))).toMatchObject({ ok: false, problem: { status: 400 } });
    expect(await browser().submit(contactAction, fields(), files(...Array.from({ length: 11 }, (_, index) => new File(["x"], `${index}.txt`))))).toMatchObject({ ok: false, problem: { status: 400, errors: [{ path: "files" }] } });
  });
});

test("a customer's file is seen by whoever may see the ticket, and by nobody else", async () => {
  const [customer, other, agent, engineer] = [await a.customer(), await a.customer(), await an.agent(), await an.engineer()];
  const { _id: id } = await a.ticket({ requester: customer, assigneeId: agent.id });
  await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds: [await uploaded(customer)] });
  expect(await filesSeen(agent, id)).toHaveLength(1);
  for (const person of [other, engineer]) expect((await as(null, bearer(person)).get(`/api/v1/tickets/${id}/messages`)).status).toBe(404);
});
