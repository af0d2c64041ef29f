import { afterEach, describe, expect, it } from "vitest";
import { openApp, openPostbox } from "./postbox.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const letter = { from: "desk@desk.test", to: "ana@example.org", subject: "Hi", text: "Hi" };

async function sent(statuses: number[] = []) {
  const app = await openApp(statuses);
  const box = await openPostbox(app.webhook);
  open.push(box, app);
  const id = (await box.resend.emails.send(letter)).data!.id;
  const press = async (form: Record<string, string>) => (await fetch(box.at(`/mail/${id}/events`), { method: "POST", body: new URLSearchParams(form), redirect: "manual" })).status;
  const types = () => app.heard.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  return { app, box, id, press, types };
}

describe("events on demand from a mail's page", () => {
  it.each(["bounced", "complained", "delivered"])("tells the app, signed, that it was %s, and keeps that", async (type) => {
    const { app, box, id, press, types } = await sent();
    await expect.poll(types).toEqual(["email.delivered"]);
    expect(await press({ type })).toBe(303);
    await expect.poll(types).toEqual(["email.delivered", `email.${type}`]);
    const { headers, body } = app.heard[1]!;
    const signed = { id: headers["svix-id"]!, timestamp: headers["svix-timestamp"]!, signature: headers["svix-signature"]! };
    expect(box.resend.webhooks.verify({ payload: body, headers: signed, webhookSecret: app.secret })).toMatchObject({ type: `email.${type}`, data: { email_id: id } });
    expect((await box.resend.emails.get(id)).data?.last_event).toBe(type);
  });

  it("shows what was given up, and sends it again under the same id", async () => {
    const { app, box, id, press } = await sent([500, 500, 500, 500]);
    const page = async () => (await fetch(box.at(`/mail/${id}`))).text();
    await expect.poll(page).toContain("given up");
    const again = /name="again" value="([^"]+)"/.exec(await page())![1]!;
    expect(await press({ again })).toBe(303);
    await expect.poll(page).toContain("the app was told");
    expect(new Set(app.heard.map(({ headers }) => headers["svix-id"])).size).toBe(1);
  });

  it("refuses what is no event, and other mails' events", async () => {
    const { press } = await sent();
    expect(await press({ type: "opened" })).toBe(422);
    expect(await press({ again: "msg_none" })).toBe(422);
  });
});
