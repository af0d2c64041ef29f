import { afterEach, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/attachments/route";
import { issuePair } from "@/lib/auth/tokens";
import { setClock } from "@/lib/clock";
import { fileBucket } from "@/lib/db";
import { forgetLimits } from "@/lib/limits";
import { attachments, messages, tickets } from "@/lib/tickets/repo";
import { sweepUploads } from "@/lib/tickets/service";
import { a, an, until, useDesk } from "../support/desk";
import { answerOf, as } from "../support/doors";
import { bearer, fetched, filesSeen, formWith, samples, sendFile, uploaded, type ShownMessage } from "../support/files";

useDesk();
afterEach(() => setClock(null));

const bucket = () => fileBucket("attachments");
const visitor = { cookie: "twoway_visitor=a-visitor-of-the-tests", origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" };
const pieces = () => attachments().db.collection("attachments.chunks");
const stateOf = async (id: string) => (await attachments().findOne({ _id: id }))?.state ?? null;

describe("uploading", () => {
  test("201 for a customer, staff who write, and a visitor; the type is that of the content, the name is cleaned", async () => {
    const { status, body } = await sendFile(bearer(await a.customer()), "../holiday\u202e.gnp", samples.png as BlobPart);
    expect([status, body]).toEqual([201, { id: expect.stringMatching(/^\w{21}$/), name: "holiday.gnp", size: samples.png.length, type: "image/png" }]);
    for (const person of [await an.agent(), await an.engineer(), await a.manager()]) expect((await sendFile(bearer(person), "a.txt", "words")).status).toBe(201);
    expect((await sendFile(visitor, "a.txt", "words")).status).toBe(201);
  });

  test("403 for an admin, who only reads", async () => {
    expect((await sendFile(bearer(await an.admin()), "a.txt", "words")).status).toBe(403);
  });

  test("somebody new gets the visitor cookie by which the file stays theirs", async () => {
    const answer = await sendFile({}, "a.txt", "words");
    expect(answer.status).toBe(201);
    expect(answer.headers.get("set-cookie")).toMatch(/^twoway_visitor=.*HttpOnly/);
  });

  test("403 with a cookie from another site", async () => {
    expect((await sendFile({ ...visitor, origin: "https://evil.example" }, "a.txt", "words")).status).toBe(403);
  });

  test("400 for an empty file, for no file, for two, and for what is no multipart body", async () => {
    const who = bearer(await a.customer());
    expect((await sendFile(who, "empty.txt", "")).body).toMatchObject({ status: 400, errors: [{ path: "file", message: "must not be empty" }] });
    const none = new FormData();
    none.append("name", "value");
    expect((await answerOf("POST", "/api/v1/attachments", none, who)).status).toBe(400);
    const two = formWith("a.txt", "a");
    two.append("file", new File(["b"], "b.txt"));
    expect((await answerOf("POST", "/api/v1/attachments", two, who)).status).toBe(400);
    for (const [type, body] of [["application/json", "{}"], ["multipart/form-data", "x"], ["multipart/form-data; boundary=x", "no boundary"], ["multipart/form-data; boundary=x", "--x\r\n"], ["text/plain", ""]]) {
      expect([type, body, (await answerOf("POST", "/api/v1/attachments", body, { ...who, "content-type": type ?? "" })).status]).toEqual([type, body, 400]);
    }
  });

  test("413 as soon as a file is too large, with or without a stated length; reading stops, and nothing stays", async () => {
    const who = bearer(await a.customer());
    expect((await answerOf("POST", "/api/v1/attachments", formWith("a.bin", "x"), { ...who, "content-length": String(26 * 1024 * 1024) })).status).toBe(413);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (stream) => {
        if (pulled === 0) stream.enqueue(Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="endless.bin"\r\n\r\n'));
        pulled += 1;
        if (pulled > 200) return stream.close();
        stream.enqueue(new Uint8Array(1_000_000).fill(7));
      },
    });
    const request = new Request("http://127.0.0.1:3000/api/v1/attachments", { method: "POST", body: endless, duplex: "half", headers: { ...who, "content-type": "multipart/form-data; boundary=x" } } as RequestInit);
    const answer = await POST(request);
    expect([answer.status, (await answer.json()).detail]).toEqual([413, "A file may have 25 MB at most."]);
    expect(pulled).toBeLessThan(40);
    const left = await attachments().findOne({ name: "endless.bin" });
    expect(left?.state).toBe("leaving");
    setClock(new Date(Date.now() + 120_000));
    await sweepUploads();
    expect(await attachments().findOne({ name: "endless.bin" })).toBeNull();
    expect(await bucket().find({ filename: "endless.bin" }).toArray()).toEqual([]);
    expect(await pieces().countDocuments({ files_id: left?._id ?? "" })).toBe(0);
  });

  test("a body that breaks off is refused and swept away with its pieces", async () => {
    const who = bearer(await a.customer());
    let pulled = 0;
    const broken = new ReadableStream<Uint8Array>({
      pull: (stream) => {
        pulled += 1;
        if (pulled === 1) stream.enqueue(Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="broken.bin"\r\n\r\n'));
        else if (pulled < 5) stream.enqueue(new Uint8Array(600_000));
        else stream.error(new Error("the line is gone"));
      },
    });
    const request = new Request("http://127.0.0.1:3000/api/v1/attachments", { method: "POST", body: broken, duplex: "half", headers: { ...who, "content-type": "multipart/form-data; boundary=x" } } as RequestInit);
    expect((await POST(request)).status).toBe(400);
    const id = await until(async () => (await attachments().findOne({ name: "broken.bin", state: "leaving" }))?._id);
    setClock(new Date(Date.now() + 120_000));
    await sweepUploads();
    expect(await attachments().findOne({ _id: id })).toBeNull();
    expect(await pieces().countDocuments({ files_id: id })).toBe(0);
  });

  test("the same Idempotency-Key answers as the first time, and is refused for other bytes", async () => {
    const who = bearer(await a.customer());
    const key = { "idempotency-key": "one-upload-0001" };
    const first = await sendFile(who, "a.txt", "words", key);
    expect((await sendFile(who, "a.txt", "words", key)).body).toEqual(first.body);
    expect((await sendFile(who, "a.txt", "other", key)).status).toBe(422);
  });

  test("429 for somebody with fifty files in no message", async () => {
    const person = await a.customer();
    for (let each = 0; each < 50; each += 1) await uploaded(person, `${each}.txt`, "x");
    const refused = await sendFile(bearer(person), "more.txt", "x");
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ detail: expect.stringContaining("50 files") });
    expect(refused.headers.get("retry-after")).toBe("3600");
    expect((await sendFile(bearer(await a.customer()), "other.txt", "x")).status).toBe(201);
  });

  test("429 for an address that throws its cookie away and sends on", async () => {
    forgetLimits();
    const large = { "content-length": String(25 * 1024 * 1024), "x-forwarded-for": "192.0.2.77" };
    const statuses = await Promise.all(Array.from({ length: 31 }, () => sendFile(large, "a.txt", "x").then(({ status }) => status)));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    forgetLimits();
  });
});

describe("a message takes files", () => {
  test("with its ticket's count, in order, and once", async () => {
    const customer = await a.customer();
    const ids = [await uploaded(customer), await uploaded(customer, "error.log", samples.log as BlobPart)];
    const { status, body } = await as(customer).post("/api/v1/tickets", { subject: "Broken", body: "See the picture", attachmentIds: ids });
    expect(status).toBe(201);
    const { id, attached } = body as { id: string; attached: object };
    expect(attached).toEqual({ count: 2, bytes: samples.png.length + samples.log.length });
    expect((await filesSeen(customer, id)).map((file) => [file.id, file.name, file.type, file.preview !== null])).toEqual([[ids[0], "shot.png", "image/png", true], [ids[1], "error.log", "text/plain", false]]);
    const again = await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "And again", attachmentIds: [ids[1]] });
    expect(again).toMatchObject({ status: 400, body: { errors: [{ path: "attachmentIds.0" }] } });
    expect(await messages().countDocuments({ ticketId: id })).toBe(1);
  });

  test("without a word, if there is a file", async () => {
    const customer = await a.customer();
    const { _id: id } = await a.ticket({ requester: customer });
    expect((await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "" })).body).toMatchObject({ status: 400, errors: [{ path: "body" }] });
    const sent = await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "", attachmentIds: [await uploaded(customer, "the screen.png")] });
    expect(sent.status).toBe(201);
    expect((await as(customer).get(`/api/v1/tickets/${id}`)).body).toMatchObject({ latest: { snippet: "the screen.png" }, attached: { count: 1 } });
  });

  test("400 names the field for a file of somebody else, for none, and for one that is named twice; nothing is written", async () => {
    const [customer, other] = [await a.customer(), await a.customer()];
    const { _id: id } = await a.ticket({ requester: customer });
    const [own, foreign] = [await uploaded(customer), await uploaded(other)];
    for (const attachmentIds of [[own, foreign], [own, "nosuchfile0001"], [own, own], Array.from({ length: 11 }, (_, index) => `nosuchfile00${index}`), [{ $ne: "" }]]) {
      const refused = await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds });
      expect(refused.status).toBe(400);
      expect((refused.body as { errors: { path: string }[] }).errors[0]?.path).toMatch(/^attachmentIds/);
    }
    expect(await messages().countDocuments({ ticketId: id })).toBe(1);
    expect([await stateOf(own), await stateOf(foreign)]).toEqual(["waiting", "waiting"]);
  });

  test("a retried request doubles neither the message nor its files", async () => {
    const customer = await a.customer();
    const { _id: id } = await a.ticket({ requester: customer });
    const attachmentIds = [await uploaded(customer)];
    const sent = await Promise.all([1, 2, 3].map(() => as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds }, { "idempotency-key": "send-once-1" })));
    expect(sent.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    expect(sent.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect((await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds }, { "idempotency-key": "send-once-1" })).status).toBe(201);
    expect(await messages().countDocuments({ ticketId: id })).toBe(2);
    expect((await tickets().findOne({ _id: id }))?.attached?.count).toBe(1);
  });

  test("of two messages at once with one file, one is written and the other refused", async () => {
    const customer = await a.customer();
    const [{ _id: one }, { _id: other }] = [await a.ticket({ requester: customer }), await a.ticket({ requester: customer })];
    const attachmentIds = [await uploaded(customer)];
    const statuses = (await Promise.all([one, other, one, other].map((id) => as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds })))).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([201, 400, 400, 400]);
    expect(await messages().countDocuments({ "attachments.id": attachmentIds[0] ?? "" })).toBe(1);
  });

  test("an engineer attaches to private notes alone", async () => {
    const engineer = await an.engineer();
    const { _id: id } = await a.ticket({ level: "engineering" });
    const attachmentIds = [await uploaded(engineer)];
    expect((await as(engineer).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds })).status).toBe(403);
    expect((await as(engineer).post(`/api/v1/tickets/${id}/messages`, { body: "x", visibility: "private", attachmentIds })).status).toBe(201);
  });

  test("a visitor's file goes into the ticket that they open in the same browser, and into no other's", async () => {
    const { body } = await sendFile(visitor, "a.png", samples.png as BlobPart);
    const ask = { subject: "s", body: "b", attachmentIds: [(body as { id: string }).id] };
    const stranger = as(null, { ...visitor, cookie: "twoway_visitor=another-browser" });
    expect((await stranger.post("/api/v1/tickets", { ...ask, requester: { email: "eve@shop.example", name: "Eve" } })).status).toBe(400);
    const opened = await as(null, visitor).post("/api/v1/tickets", { ...ask, requester: { email: "vi@shop.example", name: "Vi" } });
    expect(opened.status).toBe(201);
    expect(await filesSeen(null, (opened.body as { id: string }).id, visitor)).toHaveLength(1);
  });

  test("a customer's answer to a closed ticket takes its files into the follow-up", async () => {
    const customer = await a.customer();
    const { _id: id } = await a.ticket({ requester: customer, status: "closed" });
    const sent = await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "again", attachmentIds: [await uploaded(customer)] });
    expect(await filesSeen(customer, (sent.body as { followUp: { id: string } }).followUp.id)).toHaveLength(1);
  });
});

describe("downloading", () => {
  async function attached(name: string, content: BlobPart) {
    const customer = await a.customer();
    const { _id: id } = await a.ticket({ requester: customer });
    const sent = await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds: [await uploaded(customer, name, content)] });
    const [file] = (sent.body as ShownMessage).attachments;
    if (!file) throw new Error("the message has its file");
    return file;
  }

  test("works without any cookie, sets none, and is bytes to be kept", async () => {
    const { url, preview } = await attached("Grüße.log", samples.log as BlobPart);
    expect(preview).toBeNull();
    const response = await fetched(url);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(samples.log));
    expect(Object.fromEntries(response.headers)).toEqual({
      "accept-ranges": "bytes", "cache-control": "private, max-age=1800", "content-disposition": `attachment; filename="Gru_e.log"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.log`, "content-length": String(samples.log.length),
      "content-security-policy": "default-src 'none'; sandbox", "content-type": "application/octet-stream", "cross-origin-resource-policy": "same-origin", etag: expect.stringMatching(/^"[0-9a-f]{64}"$/), "referrer-policy": "no-referrer", "x-content-type-options": "nosniff",
    });
    expect((await fetched(url, { cookie: "authjs.session-token=whatever; twoway_visitor=whoever" })).headers.get("set-cookie")).toBeNull();
  });

  test.each([["page.html", samples.html], ["drawing.svg", samples.svg], ["paper.pdf", samples.pdf]] as const)("%s is never shown inline, not even when asked", async (name, content) => {
    const { url } = await attached(name, content as BlobPart);
    const response = await fetched(`${url}?preview`);
    expect([response.headers.get("content-type"), response.headers.get("content-disposition")?.split(";")[0]]).toEqual(["application/octet-stream", "attachment"]);
  });

  test("an image is shown with its own type, whatever its name says", async () => {
    const { preview } = await attached("not-a-page.html", samples.png as BlobPart);
    const response = await fetched(preview ?? "");
    expect([response.headers.get("content-type"), response.headers.get("content-disposition")?.split(";")[0]]).toEqual(["image/png", "inline"]);
  });

  test("HEAD, a known ETag, and ranges", async () => {
    const bytes = Buffer.from(Array.from({ length: 700_000 }, (_, index) => index % 251));
    const { url } = await attached("large.bin", bytes as BlobPart);
    const head = await fetched(url, {}, "HEAD");
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "700000", ""]);
    const etag = head.headers.get("etag") ?? "";
    expect((await fetched(url, { "if-none-match": `"x", ${etag}` })).status).toBe(304);
    for (const [range, from, to] of [["bytes=0-9", 0, 10], ["bytes=261115-261125", 261_115, 261_126], ["bytes=699990-", 699_990, 700_000], ["bytes=-5", 699_995, 700_000], ["bytes=5-9999999", 5, 700_000]] as const) {
      const part = await fetched(url, { range });
      expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes ${from}-${to - 1}/700000`]);
      expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(from, to))).toBe(true);
    }
    for (const range of ["bytes=700000-", "bytes=9-3", "bytes=-0"]) expect([range, (await fetched(url, { range })).status]).toEqual([range, 416]);
    for (const range of ["bytes=0-1,5-6", "pages=1-2", "bytes=x"]) expect([range, (await fetched(url, { range })).status]).toEqual([range, 200]);
    expect((await fetched(url, { range: "bytes=0-9", "if-range": '"older"' })).status).toBe(200);
  });

  test("of a file that has lost a piece breaks off instead of passing for whole", async () => {
    const { id, url } = await attached("torn.bin", new Uint8Array(700_000));
    await pieces().deleteOne({ files_id: id, n: 1 });
    const response = await fetched(url);
    expect(response.headers.get("content-length")).toBe("700000");
    await expect(response.arrayBuffer()).rejects.toThrow("has no byte 261120");
    expect((await fetched(url, { range: "bytes=0-99" })).status).toBe(206);
  });

  test("404 for a link that was tampered with, 410 in plain words for one that has expired", async () => {
    const { url } = await attached("a.log", samples.log as BlobPart);
    const other = await attached("b.log", samples.log as BlobPart);
    const [id, expires, mac] = url.slice("/files/".length).split(".");
    for (const token of ["x", `${id}.${expires}.`, `${id}.${expires}.${"A".repeat(24)}`, `${id}.${(parseInt(expires ?? "", 36) + 1).toString(36)}.${mac}`, `${other.id}.${expires}.${mac}`, `${id}.${expires}.${mac?.slice(0, -1)}`]) {
      expect([token, (await fetched(`/files/${token}`)).status]).toEqual([token, 404]);
    }
    setClock(new Date(Date.now() + 61 * 60_000));
    const late = await fetched(url);
    expect([late.status, late.headers.get("content-type"), await late.text()]).toEqual([410, "text/plain; charset=utf-8", "This link has expired. Open the request again: its page has a fresh one.\n"]);
  });

  test("a link is the same for half an hour, and works for at least as long", async () => {
    const customer = await a.customer();
    const { _id: id } = await a.ticket({ requester: customer });
    await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds: [await uploaded(customer)] });
    setClock(new Date("2027-01-01T10:00:00Z"));
    const [first] = await filesSeen(null, id, bearer({ bearer: (await issuePair(customer.person)).accessToken }));
    setClock(new Date("2027-01-01T10:29:59Z"));
    const [second] = await filesSeen(null, id, bearer({ bearer: (await issuePair(customer.person)).accessToken }));
    expect(second?.url).toBe(first?.url);
    setClock(new Date("2027-01-01T10:59:59Z"));
    expect((await fetched(first?.url ?? "")).status).toBe(200);
    setClock(new Date("2027-01-01T11:00:00Z"));
    expect((await fetched(first?.url ?? "")).status).toBe(410);
  });
});

describe("what no message takes vanishes", () => {
  test("after a day, with all its bytes; what a message took stays", async () => {
    const customer = await a.customer();
    const { _id: id } = await a.ticket({ requester: customer });
    const [kept, dropped] = [await uploaded(customer), await uploaded(customer, "b.bin", new Uint8Array(600_000))];
    await as(customer).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds: [kept] });
    setClock(new Date(Date.now() + 25 * 3_600_000));
    await sweepUploads();
    await sweepUploads();
    expect([await stateOf(kept), await stateOf(dropped)]).toEqual(["claimed", null]);
    expect(await bucket().find({ _id: dropped as never }).toArray()).toEqual([]);
    expect(await pieces().countDocuments({ files_id: dropped })).toBe(0);
    const { accessToken } = await issuePair(customer.person);
    expect((await as({ bearer: accessToken }).post(`/api/v1/tickets/${id}/messages`, { body: "x", attachmentIds: [dropped] })).status).toBe(400);
  });
});
