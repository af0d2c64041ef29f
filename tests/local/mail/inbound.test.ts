import { afterEach, describe, expect, it, vi } from "vitest";
import { Resend } from "resend";
import { openApp, openPostbox } from "./postbox.ts";
import type { Heard } from "./postbox.ts";

let box: Awaited<ReturnType<typeof openPostbox>>;
let app: Awaited<ReturnType<typeof openApp>>;
afterEach(async () => {
  await box.close();
  await app.close();
});

const open = async (statuses: number[] = []) => {
  app = await openApp(statuses);
  box = await openPostbox(app.webhook);
};

const raw = [
  "From: =?utf-8?Q?J=C3=BCrgen?= <jurgen@example.org>",
  "To: reply+token@desk.test, Other <other@desk.test>",
  "Subject: Re: =?utf-8?B?R3LDvMOfZQ==?=",
  "Message-ID: <answer@example.org>",
  "In-Reply-To: <question@desk.test>",
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="m"',
  "",
  "--m",
  'Content-Type: multipart/related; boundary="r"',
  "",
  "--r",
  "Content-Type: text/html; charset=utf-8",
  "",
  '<p>Thanks</p><img src="cid:logo">',
  "--r",
  "Content-Type: image/png",
  "Content-ID: <logo>",
  "Content-Disposition: inline; filename=logo.png",
  "Content-Transfer-Encoding: base64",
  "",
  "iVBORw0KGgo=",
  "--r--",
  "--m",
  "Content-Type: text/csv; name=list.csv",
  "Content-Disposition: attachment; filename=list.csv",
  "",
  "a,b",
  "--m--",
  "",
].join("\r\n");

const verified = ({ headers, body }: Heard, secret = app.secret) =>
  new Resend("re_any").webhooks.verify({
    payload: body,
    headers: { id: headers["svix-id"] ?? "", timestamp: headers["svix-timestamp"] ?? "", signature: headers["svix-signature"] ?? "" },
    webhookSecret: secret,
  });

describe("mail that comes in", () => {
  it("is parsed, kept, announced with a signature, and fetched by the SDK", async () => {
    await open();
    const { status, id } = await box.post(raw);
    expect(status).toBe(201);
    await vi.waitFor(() => expect(app.heard).toHaveLength(1));
    const event = verified(app.heard[0] as Heard);
    expect(event).toMatchObject({
      type: "email.received",
      data: { email_id: id, from: "Jürgen <jurgen@example.org>", to: ["reply+token@desk.test", "Other <other@desk.test>"], subject: "Re: Grüße", message_id: "<answer@example.org>", attachments: [{ filename: "logo.png" }, { filename: "list.csv" }] },
    });
    expect(JSON.stringify(event)).not.toContain("Thanks");
    const { data } = await box.resend.emails.receiving.get(id);
    expect(data).toMatchObject({ id, html: expect.stringContaining('<p>Thanks</p><img src="data:image/png;base64,iVBORw0KGgo=">'), headers: { "in-reply-to": "<question@desk.test>" } });
    const withCids = await box.resend.emails.receiving.get(id, { html_format: "cid" });
    expect(withCids.data?.html).toContain('src="cid:logo"');
    expect(await (await fetch(data?.raw?.download_url ?? "")).text()).toBe(raw);
    const list = await box.resend.emails.receiving.attachments.list({ emailId: id });
    expect(list.data?.data).toMatchObject([
      { filename: "logo.png", content_disposition: "inline", content_id: "logo", content_type: "image/png", size: 8 },
      { filename: "list.csv", content_disposition: "attachment", content_type: "text/csv" },
    ]);
    const one = await box.resend.emails.receiving.attachments.get({ emailId: id, id: list.data?.data[1]?.id ?? "" });
    expect((await (await fetch(one.data?.download_url ?? "")).text()).trim()).toBe("a,b");
  });

  it("is signed so that another secret, body or time does not pass", async () => {
    await open();
    await box.post(raw);
    await vi.waitFor(() => expect(app.heard).toHaveLength(1));
    const event = app.heard[0] as Heard;
    expect(() => verified(event, `whsec_${Buffer.from("another secret").toString("base64")}`)).toThrow(/signature/);
    expect(() => verified({ ...event, body: event.body.replace("jurgen", "mallory") })).toThrow(/signature/);
    expect(() => verified({ ...event, headers: { ...event.headers, "svix-timestamp": "1700000000" } })).toThrow(/too old/);
  });

  it("is announced again until the app takes it, under the same id", async () => {
    await open([404, 500]);
    await box.post(raw);
    await vi.waitFor(() => expect(app.heard).toHaveLength(3));
    expect(new Set(app.heard.map(({ headers }) => headers["svix-id"])).size).toBe(1);
    verified(app.heard[2] as Heard);
  });

  it("is given up after the last attempt, which the page tells", async () => {
    await open([404, 404, 404, 404, 404, 404]);
    const { id } = await box.post(raw);
    const page = async () => (await fetch(box.at(`/mail/${id}`))).text();
    await vi.waitFor(async () => expect(await page()).toContain("given up"));
    expect(await page()).toContain("4 attempts, last answer: 404");
    expect(app.heard).toHaveLength(4);
  });

  it("is announced after a restart when the app was away", async () => {
    await open();
    const away = "http://127.0.0.1:9/api/webhooks/mail";
    await box.restart({ webhookUrl: away, webhookWaits: [50, 50, 50, 50, 50, 50, 50, 50] });
    const { id } = await box.post(raw);
    await vi.waitFor(async () => expect(await (await fetch(box.at(`/mail/${id}`))).text()).toContain("last answer"));
    await box.restart();
    await vi.waitFor(() => expect(app.heard).toHaveLength(1));
    expect(verified(app.heard[0] as Heard)).toMatchObject({ data: { email_id: id } });
  });

  it("without a sender is no mail", async () => {
    await open();
    for (const nonsense of ["", "hello", "Subject: x\r\n\r\nbody", Buffer.from([0, 255, 254, 10, 13])]) expect((await box.post(nonsense)).status).toBe(422);
    expect((await box.resend.emails.receiving.get("none")).error).toMatchObject({ statusCode: 404 });
    expect(app.heard).toEqual([]);
  });
});

describe("events about mail that was sent", () => {
  it("tell what became of it; the vendor's test addresses bounce and complain", async () => {
    await open();
    const letter = { from: "desk@desk.test", subject: "Hi", text: "Hi", tags: [{ name: "ticket", value: "7" }] };
    for (const to of ["ana@example.org", "bounced+1@resend.dev", "complained@resend.dev"]) await box.resend.emails.send({ ...letter, to });
    await vi.waitFor(() => expect(app.heard).toHaveLength(4));
    const events = app.heard.map((heard) => verified(heard) as { type: string; data: { to: string[]; tags: unknown } });
    expect(events.map(({ type, data }) => `${type} ${data.to[0]}`).sort()).toEqual([
      "email.bounced bounced+1@resend.dev", "email.complained complained@resend.dev", "email.delivered ana@example.org", "email.delivered complained@resend.dev",
    ]);
    expect(events[0]?.data.tags).toEqual({ ticket: "7" });
  });

  it("are none when nobody is to be told", async () => {
    await open();
    await box.restart({ webhookUrl: "" });
    await box.resend.emails.send({ from: "desk@desk.test", to: "ana@example.org", subject: "Hi", text: "Hi" });
    const [mail] = await box.outbox();
    expect(await (await fetch(box.at(`/mail/${mail?.id}`))).text()).not.toContain("email.delivered");
    expect(app.heard).toEqual([]);
  });
});
