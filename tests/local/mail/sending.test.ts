import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openPostbox } from "./postbox.ts";

let box: Awaited<ReturnType<typeof openPostbox>>;
beforeEach(async () => {
  box = await openPostbox();
});
afterEach(() => box.close());

const letter = { from: "Support <support@desk.test>", to: "Ana <Ana@Example.org>", subject: "We got it", text: "Hello", html: "<p>Hello</p>" };

describe("sending, through the official SDK", () => {
  it("answers an id, and the mail is kept as it was sent", async () => {
    const full = { ...letter, cc: ["b@example.org"], bcc: "c@example.org", replyTo: "reply+1@desk.test", headers: { "X-Ticket": "7" }, tags: [{ name: "kind", value: "receipt" }] };
    const { data, error } = await box.resend.emails.send(full);
    expect(error).toBeNull();
    const found = await box.resend.emails.get(data?.id ?? "");
    expect(found.data).toMatchObject({
      object: "email", id: data?.id, from: letter.from, to: [letter.to], cc: ["b@example.org"], bcc: ["c@example.org"], reply_to: ["reply+1@desk.test"],
      subject: "We got it", text: "Hello", html: "<p>Hello</p>", tags: full.tags, last_event: "delivered",
    });
  });

  it("lists the outbox newest first, by any recipient in any case", async () => {
    const send = (subject: string, to: string[], cc?: string) => box.resend.emails.send({ ...letter, subject, to, ...(cc ? { cc } : {}) });
    await send("first", ["ana@example.org", "bo@example.org"]);
    await send("second", ["bo@example.org"], "ANA@example.org");
    await send("third", ["cy@example.org"]);
    expect((await box.outbox()).map(({ subject }) => subject)).toEqual(["third", "second", "first"]);
    expect((await box.outbox("Ana@Example.org")).map(({ subject }) => subject)).toEqual(["second", "first"]);
    expect(await box.outbox("an@example.org")).toEqual([]);
    const [item] = await box.outbox("cy@example.org");
    expect(item).toEqual({ id: item?.id, to: ["cy@example.org"], subject: "third", text: "Hello", html: "<p>Hello</p>", createdAt: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  it("keeps everything over a restart, idempotency keys too", async () => {
    const first = await box.resend.emails.send(letter, { idempotencyKey: "ticket-1:receipt" });
    await box.restart();
    const again = await box.resend.emails.send(letter, { idempotencyKey: "ticket-1:receipt" });
    expect(again.data?.id).toBe(first.data?.id);
    expect(await box.outbox("ana@example.org")).toHaveLength(1);
  });

  it("the same key and body give the same id and one mail, also at the same time", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => box.resend.emails.send(letter, { idempotencyKey: "k" })));
    expect(new Set(answers.map(({ data }) => data?.id)).size).toBe(1);
    expect(await box.outbox()).toHaveLength(1);
  });

  it("the same key with another body is a conflict, and nothing is sent", async () => {
    await box.resend.emails.send(letter, { idempotencyKey: "k" });
    const { error } = await box.resend.emails.send({ ...letter, subject: "Other" }, { idempotencyKey: "k" });
    expect(error).toMatchObject({ statusCode: 409, name: "invalid_idempotent_request" });
    const batch = await box.resend.batch.send([letter], { idempotencyKey: "k" });
    expect(batch.error).toMatchObject({ statusCode: 409 });
    expect(await box.outbox()).toHaveLength(1);
    const long = await box.resend.emails.send(letter, { idempotencyKey: "k".repeat(257) });
    expect(long.error).toMatchObject({ statusCode: 400, name: "invalid_idempotency_key" });
  });

  it("a refused mail does not use its key up", async () => {
    expect((await box.resend.emails.send({ ...letter, to: "nobody" }, { idempotencyKey: "k" })).error).toMatchObject({ statusCode: 422 });
    expect((await box.resend.emails.send(letter, { idempotencyKey: "k" })).error).toBeNull();
  });

  it("a batch is taken whole or not at all", async () => {
    const { data } = await box.resend.batch.send([letter, { ...letter, subject: "Two" }]);
    expect(data?.data).toHaveLength(2);
    const { error } = await box.resend.batch.send([letter, { ...letter, from: "nobody" }]);
    expect(error).toMatchObject({ statusCode: 422, message: expect.stringContaining("1.from") });
    expect(await box.outbox()).toHaveLength(2);
  });

  it("serves the attachments of a sent mail", async () => {
    const { data } = await box.resend.emails.send({ ...letter, attachments: [{ filename: "größe.txt", content: Buffer.from("seven"), contentType: "text/plain" }] });
    const list = await box.resend.emails.attachments.list({ emailId: data?.id ?? "" });
    const [info] = list.data?.data ?? [];
    expect(info).toMatchObject({ filename: "größe.txt", size: 5, content_type: "text/plain", content_disposition: "attachment" });
    const file = await fetch(info?.download_url ?? "");
    expect(await file.text()).toBe("seven");
    expect(file.headers.get("content-disposition")).toBe("attachment; filename*=utf-8''gr%C3%B6%C3%9Fe.txt");
  });

  it("takes as much as the vendor does: 50 recipients, tags of 256 characters, 40 MB", async () => {
    const most = { ...letter, to: Array.from({ length: 50 }, (_, n) => `a${n}@x.org`), tags: [{ name: "n".repeat(256), value: "v".repeat(256) }] };
    expect((await box.resend.emails.send(most)).error).toBeNull();
    const large = await box.resend.emails.send({ ...letter, text: "x".repeat(40 * 1024 * 1024) });
    expect(large.error).toMatchObject({ statusCode: 413, name: "validation_error" });
  });

  it("a full disk is told with 503; what was accepted is there once, and its retry is taken when there is room", async () => {
    await box.restart({ mostBytes: 400_000 });
    const told = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const send = (n: number) => box.resend.emails.send({ ...letter, subject: `letter ${n}`, text: "x".repeat(20_000) }, { idempotencyKey: `letter-${n}` });
    let accepted = 0;
    let refused = await send(0);
    for (; refused.error === null; refused = await send(accepted)) accepted += 1;
    expect(refused.error).toMatchObject({ statusCode: 503, message: expect.stringContaining("The disk is full; nothing was changed.") });
    expect(accepted).toBeGreaterThan(5);
    expect(await box.outbox()).toHaveLength(accepted);
    expect(told.mock.calls).toEqual([[expect.stringMatching(/^mail: The disk is full/)]]);
    told.mockRestore();
    await box.restart({ mostBytes: 100_000_000 });
    for (let n = 0; n <= accepted; n += 1) expect((await send(n)).error).toBeNull();
    expect((await box.outbox()).map(({ subject }) => subject).toSorted()).toEqual(Array.from({ length: accepted + 1 }, (_, n) => `letter ${n}`).toSorted());
  });

  it("wants the key", async () => {
    expect((await box.as("re_other").emails.send(letter)).error).toMatchObject({ statusCode: 403, name: "invalid_api_key" });
    expect((await fetch(box.at("/emails"), { method: "POST", body: "{}" })).status).toBe(401);
    expect(await box.outbox()).toEqual([]);
  });

  it.each([
    ["no recipient", { ...letter, to: [] }, "to"],
    ["a recipient that is none", { ...letter, to: "Ana" }, "to.0"],
    ["two in one line", { ...letter, to: "a@x.org, b@x.org" }, "to.0"],
    ["51 recipients", { ...letter, to: Array.from({ length: 51 }, (_, n) => `a${n}@x.org`) }, "to"],
    ["a tag of 257 characters", { ...letter, tags: [{ name: "kind", value: "x".repeat(257) }] }, "tags.0.value"],
    ["a tag with a space", { ...letter, tags: [{ name: "a kind", value: "x" }] }, "tags.0.name"],
    ["a header smuggled into the subject", { ...letter, subject: "Hi\r\nBcc: evil@x.org" }, "subject"],
    ["a header smuggled into a name", { ...letter, from: "A\r\nBcc: evil@x.org <a@x.org>" }, "from"],
    ["a header smuggled into a header", { ...letter, headers: { "X-A": "1\nBcc: evil@x.org" } }, "headers.X-A"],
    ["no content", { ...letter, text: undefined, html: undefined }, "html"],
    ["sending later", { ...letter, scheduledAt: "in 1 hour" }, "scheduled_at"],
    ["an attachment by address", { ...letter, attachments: [{ filename: "a", path: "http://127.0.0.1/" }] }, "attachments.0.content"],
  ])("refuses %s by the field's name", async (_, body, field) => {
    const { error } = await box.resend.emails.send(body as typeof letter);
    expect(error?.statusCode).toBe(422);
    expect(error?.message).toContain(`\`${field}\``);
    expect(await box.outbox()).toEqual([]);
  });

  it("answers what it does not offer, and what is not there, in the SDK's words", async () => {
    expect((await box.resend.emails.send({ ...letter, subject: undefined } as never)).error).toMatchObject({ statusCode: 422, name: "missing_required_field" });
    expect((await box.resend.emails.get("none")).error).toMatchObject({ statusCode: 404, name: "not_found" });
    expect((await box.resend.emails.cancel("none")).error).toMatchObject({ statusCode: 405, name: "method_not_allowed" });
    const garbage = await fetch(box.at("/emails"), { method: "POST", body: "{", headers: { authorization: "Bearer re_test_key" } });
    expect(garbage.status).toBe(400);
  });
});
