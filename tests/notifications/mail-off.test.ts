import { describe, expect, test } from "vitest";
import { noticeSettingsFor, writeAboutTicket, writeLetter } from "@/lib/notifications/service";
import { resolve } from "@/lib/tickets/service";
import { freshAddress, mailsTo, rowFor, sourceOf } from "../support/boxes";
import { a, an, useDesk } from "../support/desk";
import { answerOf, as } from "../support/doors";
import { rowOn } from "./cast";

useDesk();

const none = { ifMatch: null, once: null };
const oneClick = async (address: string) => /^List-Unsubscribe: <https:\/\/desk\.example(\/api\/mail-off\/[^>]+)>/m.exec(await sourceOf((await mailsTo(address))[0]))?.[1] ?? "";
const form = { "content-type": "application/x-www-form-urlencoded" };

async function reminded() {
  const agent = await an.agent({ email: freshAddress() });
  const ticket = await a.ticket({ assigneeId: agent.id });
  await writeLetter({ kind: "reminder", rowId: await rowOn(ticket, "ticket/reminded", { clock: "resolution", dueAt: new Date().toISOString() }), personId: agent.id });
  return { agent, path: await oneClick(agent.email) };
}

async function resolved(customer: Awaited<ReturnType<typeof a.customer>>) {
  const ticket = await a.ticket({ requester: customer, status: "open" });
  await resolve(await a.manager(), { id: ticket._id }, none);
  await writeAboutTicket(await rowFor(ticket._id, "ticket/resolved"));
}

describe("POST /api/mail-off/:token", () => {
  test("200 one click of a mail program ends that kind for that person, whatever form it sends", async () => {
    for (const body of ["List-Unsubscribe=One-Click", new FormData()]) {
      const { agent, path } = await reminded();
      if (body instanceof FormData) body.set("List-Unsubscribe", "One-Click");
      const answer = await answerOf("POST", path, body, body instanceof FormData ? {} : form);
      expect([answer.status, answer.headers.get("set-cookie")]).toEqual([200, null]);
      expect((await noticeSettingsFor(agent)).mail).toMatchObject({ reminder: "never", breach: "always" });
    }
  });

  test("303 from our page it leads back there; customers can turn letters on again", async () => {
    const customer = await a.customer({ email: freshAddress() });
    await resolved(customer);
    const path = await oneClick(customer.email);
    const answer = await answerOf("POST", path, "page=1", form);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, path.replace("/api", "")]);
    await resolved(customer);
    expect(await mailsTo(customer.email)).toHaveLength(1);
    await answerOf("POST", path, "page=1&on=1", form);
    await resolved(customer);
    expect(await mailsTo(customer.email)).toHaveLength(2);
  });

  test("404 a link that we did not make: another person's, another kind's, a letter that is always sent", async () => {
    const { path } = await reminded();
    const [, personId = "", mac = ""] = /mail-off\/([^.]+)\.reminder\.(.+)$/.exec(path) ?? [];
    for (const token of [`${personId}.breach.${mac}`, `${personId.slice(1)}0.reminder.${mac}`, `${personId}.reset.${mac}`, `${personId}.reply.${mac}`, "nonsense"]) {
      expect((await answerOf("POST", `/api/mail-off/${token}`, "List-Unsubscribe=One-Click", form)).status).toBe(404);
    }
  });
});

test("GET /api/mail-off/:token 303 shows the page and changes nothing", async () => {
  const { agent, path } = await reminded();
  const answer = await as(null).get(path);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, path.replace("/api", "")]);
  expect((await noticeSettingsFor(agent)).mail.reminder).toBe("always");
});
