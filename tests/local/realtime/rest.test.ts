import { createHash, createHmac } from "node:crypto";
import Pusher from "pusher";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { joined, next, openDesk } from "./desk.ts";

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const rejectsWith = (status: number, call: Promise<unknown>) => expect(call).rejects.toMatchObject({ status });

/** A request signed by hand, so that single parts of it can be wrong. */
function signed(method: string, path: string, body: string, changes: Record<string, string> = {}) {
  const parameters: Record<string, string> = {
    auth_key: desk.credentials.key,
    auth_timestamp: String(Math.floor(Date.now() / 1000)),
    auth_version: "1.0",
    ...(body ? { body_md5: createHash("md5").update(body).digest("hex") } : {}),
    ...changes,
  };
  const query = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`).join("&");
  const signature = createHmac("sha256", desk.credentials.secret).update(`${method}\n${path}\n${query}`).digest("hex");
  return fetch(`http://127.0.0.1:${desk.port}${path}?${query}&auth_signature=${signature}`, { method, ...(body ? { body } : {}) });
}

describe("the HTTP API, through the official server SDK", () => {
  it("refuses a wrong secret, key or app", async () => {
    const { credentials, port } = desk;
    const as = (changes: object) => new Pusher({ ...credentials, host: "127.0.0.1", port: String(port), useTLS: false, ...changes });
    await rejectsWith(401, as({ secret: "guess" }).trigger("news", "item", {}));
    await rejectsWith(401, as({ key: "guess" }).trigger("news", "item", {}));
    await rejectsWith(401, as({ appId: "guess" }).trigger("news", "item", {}));
  });

  it.each([
    ["a timestamp over 600 s old", { auth_timestamp: String(Math.floor(Date.now() / 1000) - 601) }],
    ["no timestamp", { auth_timestamp: "" }],
    ["another version", { auth_version: "2.0" }],
    ["the MD5 of another body", { body_md5: createHash("md5").update("other").digest("hex") }],
  ])("refuses %s although the signature is right", async (_, changes) => {
    const response = await signed("POST", "/apps/desk/events", JSON.stringify({ name: "e", channel: "news", data: "{}" }), changes);
    expect(response.status).toBe(401);
  });

  it("refuses a body that is not covered by the signature", async () => {
    const url = desk.pusher.createSignedQueryString({ method: "POST", path: "/apps/desk/events" });
    const response = await fetch(`http://127.0.0.1:${desk.port}/apps/desk/events?${url}`, { method: "POST", body: `{"name":"e","channel":"news","data":"{}"}` });
    expect(response.status).toBe(401);
  });

  it.each([
    ["not JSON", "{", 400],
    ["no channel", `{"name":"e","data":"{}"}`, 400],
    ["a bad channel name", `{"name":"e","channel":"no spaces","data":"{}"}`, 400],
    ["data that is no string", `{"name":"e","channel":"news","data":{}}`, 400],
    ["a name of 201 characters", JSON.stringify({ name: "e".repeat(201), channel: "news", data: "{}" }), 400],
    ["101 channels", JSON.stringify({ name: "e", channels: Array.from({ length: 101 }, (_, n) => `c${n}`), data: "{}" }), 400],
    ["10 KB and one byte", JSON.stringify({ name: "e", channel: "news", data: "x".repeat(10_241) }), 413],
    ["over a megabyte", JSON.stringify({ name: "e", channel: "news", data: "x".repeat(1_100_000) }), 413],
    ["10 KB", JSON.stringify({ name: "e", channel: "news", data: "x".repeat(10_240) }), 200],
  ])("answers %s with its status", async (_, body, status) => {
    expect((await signed("POST", "/apps/desk/events", body)).status).toBe(status);
  });

  it("sends a batch of ten in order, and refuses eleven, or one that is too large", async () => {
    const channel = await joined(desk.tab(), "batch");
    const seen: unknown[] = [];
    channel.bind("n", (data: unknown) => seen.push(data));
    const end = next(channel, "end");
    const events = Array.from({ length: 9 }, (_, n) => ({ channel: "batch", name: "n", data: n }));
    await desk.pusher.triggerBatch([...events, { channel: "batch", name: "end", data: "" }]);
    await end;
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    await rejectsWith(400, desk.pusher.triggerBatch(Array.from({ length: 11 }, () => ({ channel: "batch", name: "n", data: "" }))));
    await rejectsWith(413, desk.pusher.triggerBatch([{ channel: "batch", name: "n", data: "" }, { channel: "batch", name: "n", data: "x".repeat(10_241) }]));
    expect(seen).toHaveLength(9);
  });

  it("lists occupied channels by prefix, with counts", async () => {
    await joined(desk.tab({ user: "ines" }), "presence-list");
    await joined(desk.tab(), "private-list");
    const list = async (params: Record<string, string>) => (await desk.pusher.get({ path: "/channels", params })).json();
    expect(await list({ filter_by_prefix: "presence-", info: "user_count" })).toEqual({ channels: { "presence-list": { user_count: 1 } } });
    expect(Object.keys(((await list({})) as { channels: object }).channels)).toEqual(expect.arrayContaining(["presence-list", "private-list"]));
    await rejectsWith(400, desk.pusher.get({ path: "/channels", params: { info: "user_count" } }));
    await rejectsWith(400, desk.pusher.get({ path: "/channels/private-list/users" }));
    await rejectsWith(404, desk.pusher.get({ path: "/nothing" }));
  });

  it("answers a trigger with the asked counts", async () => {
    await joined(desk.tab(), "private-counted");
    const response = await desk.pusher.trigger(["private-counted", "private-empty"], "e", {}, { info: "subscription_count" });
    expect(await response.json()).toEqual({ channels: { "private-counted": { subscription_count: 1 }, "private-empty": { subscription_count: 0 } } });
  });

  it("answers a batch with the asked counts, event by event", async () => {
    await joined(desk.tab({ user: "ines" }), "presence-batch");
    const response = await desk.pusher.triggerBatch([{ channel: "presence-batch", name: "e", data: "", info: "user_count" }, { channel: "private-other", name: "e", data: "" }]);
    expect(await response.json()).toEqual({ batch: [{ user_count: 1 }, {}] });
  });

  it("survives addresses that are no address", async () => {
    for (const path of ["//", "/apps/desk/channels/%E0%A4%A", "/"]) {
      const status = (await signed("GET", path, "")).status;
      expect([400, 404]).toContain(status);
    }
  });
});
