import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/attachments/route";
import { addressIn } from "@/lib/address";
import { setClock } from "@/lib/clock";
import { demandSpace } from "@/lib/files";
import { newId } from "@/lib/ids";
import { forgetLimits } from "@/lib/limits";
import { attachments } from "@/lib/tickets/repo";
import { a, useDesk } from "../support/desk";
import { bearer, sendFile } from "../support/files";
import { expectLog } from "../support/setup";

useDesk();
beforeEach(forgetLimits);
afterEach(() => setClock(null));

test("many uploads at once don't slip past the quota together", async () => {
  const person = await a.customer();
  const answers = await Promise.all(Array.from({ length: 70 }, (_, index) => sendFile(bearer(person), `${index}.txt`, "x")));
  const kept = answers.filter(({ status }) => status === 201).length;
  expect(kept).toBeLessThanOrEqual(50);
  expect(await attachments().countDocuments({ owner: `person:${person.id}`, state: "waiting" })).toBe(kept);
});

test("uploads that are still arriving count as whole files: the quota of bytes can't be passed side by side", async () => {
  const person = await a.customer();
  const arriving = Array.from({ length: 10 }, () => ({ _id: newId(), owner: `person:${person.id}`, name: "x", size: 0, type: "", sha256: "", state: "arriving" as const, ticketId: null, messageId: null, at: new Date() }));
  await attachments().insertMany(arriving);
  expect((await sendFile(bearer(person), "one-more.txt", "x")).status).toBe(429);
});

test("a body that goes on for ever after its file is cut off", async () => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (stream) => {
      pulled += 1;
      if (pulled === 1) stream.enqueue(Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nwords\r\n--x--\r\n'));
      else if (pulled > 200) stream.close();
      else stream.enqueue(new Uint8Array(1_000_000));
    },
  });
  const headers = { ...bearer(await a.customer()), "content-type": "multipart/form-data; boundary=x" };
  const answer = await POST(new Request("http://127.0.0.1:3000/api/v1/attachments", { method: "POST", body: endless, duplex: "half", headers } as RequestInit));
  expect(answer.status).toBe(413);
  expect(pulled).toBeLessThan(40);
});

test.skipIf(!existsSync("/proc/self"))("files leave room for tickets: none is taken while the database's disk is nearly full", async () => {
  expectLog(/files are refused/);
  await expect(demandSpace("/proc")).rejects.toMatchObject({ kind: "unavailable", message: expect.stringContaining("without them") }); // its file system has no free byte
  await demandSpace("/nowhere/at/all");
});

describe("visitors, who cost nothing to make,", () => {
  test("can't fill the disk together: what they left in no message is bounded, and people are not held up by it", async () => {
    const left = Array.from({ length: 2000 }, () => ({ _id: newId(), owner: `visitor:${newId()}`, name: "x", size: 1, type: "text/plain", sha256: "", state: "waiting" as const, ticketId: null, messageId: null, at: new Date() }));
    await attachments().insertMany(left);
    const refused = await sendFile({}, "a.txt", "x");
    expect(refused).toMatchObject({ status: 429, body: { detail: expect.stringContaining("without files") } });
    expect((await sendFile(bearer(await a.customer()), "a.txt", "x")).status).toBe(201);
    await attachments().deleteMany({ _id: { $in: left.map(({ _id }) => _id) } });
    expect((await sendFile({}, "a.txt", "x")).status).toBe(201);
  });

  test("can't fill the disk alone, an hour after the other: there is a limit for the day", async () => {
    const send = () => sendFile({ "content-length": String(25 * 1024 * 1024), "x-forwarded-for": "192.0.2.78" }, "a.txt", "x");
    const start = Date.now();
    for (let hour = 0; hour < 3; hour += 1) {
      setClock(new Date(start + hour * 3_600_000));
      for (let each = 0; each < 30; each += 1) expect((await send()).status).toBe(201);
    }
    setClock(new Date(start + 3 * 3_600_000));
    const refused = await send();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, String(21 * 3600)]);
    setClock(new Date(start + 24 * 3_600_000));
    expect((await send()).status).toBe(201);
  });

  test("are counted by network where an address is one of 2^64 that one line has (IPv6)", () => {
    const seen = (address: string) => addressIn(`192.0.2.1, ${address}`);
    expect(seen("2001:db8:1:2:3:4:5:6")).toBe(seen("2001:db8:1:2::99"));
    expect(seen("2001:0DB8:1:2::")).toBe(seen("2001:db8:1:2:ffff::1"));
    expect(seen("2001:db8::1")).toBe(seen("2001:db8:0:0:7::"));
    expect(seen("2001:db8:1:2::99")).not.toBe(seen("2001:db8:1:3::99"));
    expect([seen("192.0.2.7"), seen("::1"), seen("::ffff:192.0.2.7"), seen("::ffff:192.0.2.8"), addressIn(null)]).toEqual(["192.0.2.7", "::1", "192.0.2.7", "192.0.2.8", "unknown"]);
  });
});
