import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/attachments/route";
import { setClock } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { forgetLimits } from "@/lib/limits";
import { attachments } from "@/lib/tickets/repo";
import { sweepUploads } from "@/lib/tickets/service";
import { a, until, useDesk, type Somebody } from "../support/desk";

useDesk();
afterEach(() => setClock(null));

const boundary = "----a-line-between";
const pieces = () => attachments().db.collection("attachments.chunks");

function bodyWith(name: string, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/html\r\n\r\n`), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

/** Sends a body in chunks of these sizes, then the rest. */
async function send(who: Somebody, body: Uint8Array, sizes: readonly number[] = []): Promise<{ status: number; value: Record<string, unknown> }> {
  let [at, turn] = [0, 0];
  const stream = new ReadableStream<Uint8Array>({
    pull: (into) => {
      if (at >= body.length) return into.close();
      const end = Math.min(body.length, at + Math.max(1, sizes[turn] ?? body.length));
      into.enqueue(Uint8Array.from(body.subarray(at, end)));
      [at, turn] = [end, turn + 1];
    },
  });
  const response = await POST(new Request("http://127.0.0.1:3000/api/v1/attachments", { method: "POST", body: stream, duplex: "half", headers: { authorization: `Bearer ${who.bearer}`, "content-type": `multipart/form-data; boundary=${boundary}` } } as RequestInit));
  return { status: response.status, value: (await response.json()) as Record<string, unknown> };
}

describe("multipart bodies", () => {
  test("however they are cut, the file is the one that was sent", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 40 }), async (content, sizes) => {
      forgetLimits();
      // a file may hold the very line that ends it, but for its first letter
      const tricky = Buffer.concat([content, Buffer.from(`\r\n--${boundary.slice(0, -1)}\r\n`), content]);
      const { status, value } = await send(await a.customer(), bodyWith("x.bin", tricky), sizes);
      expect([status, value.size]).toEqual([201, tricky.length]);
      expect((await attachments().findOne({ _id: String(value.id) }))?.sha256).toBe(createHash("sha256").update(tricky).digest("hex"));
    }), { numRuns: 25 });
  });

  test("that were tampered with are an answer, never a fault, and leave nothing half done", async () => {
    const whole = bodyWith("x.txt", Buffer.from("words ".repeat(50)));
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }), fc.integer({ min: 0, max: whole.length }), fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 10 }), async (changes, length, sizes) => {
      forgetLimits();
      const body = Buffer.from(whole.subarray(0, length));
      for (const [at, value] of changes) if (at < body.length) body[at] = value;
      const { status, value } = await send(await a.customer(), body, sizes);
      expect([201, 400]).toContain(status);
      if (status === 400) expect(value.errors).not.toEqual([]);
    }), { numRuns: 120 });
    expect(await attachments().countDocuments({ state: "arriving" })).toBe(0);
  });

  test.each(["grüße 👋.txt", "a b.txt", "100%.txt", "semi;colon.txt"])("the name %j comes through", async (name) => {
    expect((await send(await a.customer(), bodyWith(name, Buffer.from("x")))).value.name).toBe(name);
  });
});

test("kill -9 in the middle of an upload: the half file is nowhere to be seen, and its pieces are swept away", async () => {
  const id = newId();
  await attachments().insertOne({ _id: id, owner: "person:somebody01", name: "half.bin", size: 0, type: "", sha256: "", state: "arriving", ticketId: null, messageId: null, at: new Date() });
  const child = spawn(process.execPath, [fileURLToPath(new URL("half-upload.main.ts", import.meta.url)), id], { env: process.env, stdio: "ignore" });
  await until(async () => (await pieces().countDocuments({ files_id: id })) > 2, 20_000);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.on("close", resolve));
  expect(await attachments().db.collection("attachments.files").countDocuments({ filename: "half.bin" })).toBe(0);
  setClock(new Date(Date.now() + 30 * 60_000));
  await sweepUploads();
  expect(await pieces().countDocuments({ files_id: id })).toBeGreaterThan(2); // it might still be arriving
  setClock(new Date(Date.now() + 2 * 3_600_000));
  await sweepUploads();
  expect([await attachments().findOne({ _id: id }), await pieces().countDocuments({ files_id: id })]).toEqual([null, 0]);
});
