import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import Pusher from "pusher";
import { afterEach, describe, expect, it, vi } from "vitest";
import { joined, next, openDesk } from "./desk.ts";

type Hook = { headers: IncomingHttpHeaders; rawBody: string };
type Event = { name: string; [field: string]: unknown };

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** An app that takes webhooks, answering each with the next of `answers`, then 200. */
async function anApp(answers: number[] = []) {
  const hooks: Hook[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    hooks.push({ headers: request.headers, rawBody: Buffer.concat(chunks).toString() });
    response.writeHead(answers.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`, hooks };
}

async function deskFor(webhookUrl: string, webhookWaits = {}) {
  const desk = await openDesk({ webhookUrl, webhookWaits: { leaveMs: 300, windowMs: 50, firstRetryMs: 20, ...webhookWaits } });
  closers.push(() => desk.close());
  return desk;
}

/** What the app was told, through the official SDK's check of every request. */
function toldOf(desk: Awaited<ReturnType<typeof openDesk>>, hooks: readonly Hook[]): Event[] {
  return hooks.flatMap((hook) => {
    const webhook = desk.pusher.webhook(hook);
    expect(webhook.isValid()).toBe(true);
    return webhook.getEvents() as unknown as Event[];
  });
}

describe("webhooks, read by the official SDK", () => {
  it("tell of everything that happens in channels, in order and signed", async () => {
    const app = await anApp();
    const desk = await deskFor(app.url);
    const ines = desk.tab({ user: "ines" });
    const own = await joined(ines, "presence-ticket-1");
    const second = desk.tab({ user: "ines" });
    const other = await joined(second, "presence-ticket-1");
    const heard = next(other, "client-typing");
    own.trigger("client-typing", { kind: "public" });
    await heard;
    await next(second.subscribe("cache-state"), "pusher:cache_miss");
    ines.disconnect();
    const subscribers = async () => (await desk.pusher.get({ path: "/channels/presence-ticket-1", params: { info: "subscription_count" } })).json();
    await vi.waitFor(async () => expect(await subscribers()).toMatchObject({ subscription_count: 1 }));
    second.disconnect();
    const socket_id = expect.stringMatching(/^\d+\.\d+$/) as unknown;
    await vi.waitFor(() => expect(toldOf(desk, app.hooks)).toEqual([
      { name: "channel_occupied", channel: "presence-ticket-1" },
      { name: "member_added", channel: "presence-ticket-1", user_id: "ines" },
      { name: "client_event", channel: "presence-ticket-1", event: "client-typing", data: `{"kind":"public"}`, socket_id, user_id: "ines" },
      { name: "channel_occupied", channel: "cache-state" },
      { name: "subscription_count", channel: "cache-state", subscription_count: 1 },
      { name: "cache_miss", channel: "cache-state" },
      { name: "member_removed", channel: "presence-ticket-1", user_id: "ines" },
      { name: "channel_vacated", channel: "presence-ticket-1" },
      { name: "channel_vacated", channel: "cache-state" },
    ]));
    expect(Math.abs(Date.now() - desk.pusher.webhook(app.hooks[0] as Hook).getTime().getTime())).toBeLessThan(10_000);
    expect(new Pusher({ ...desk.credentials, secret: "other", host: "127.0.0.1" }).webhook(app.hooks[0] as Hook).isValid()).toBe(false);
  });

  it("say nothing of somebody who is back within the delay", async () => {
    const app = await anApp();
    const desk = await deskFor(app.url, { leaveMs: 2_000 });
    const tab = desk.tab({ user: "ines" });
    const here = await joined(tab, "presence-ticket-1");
    tab.disconnect();
    const back = next(here, "pusher:subscription_succeeded");
    tab.connect();
    await back;
    await joined(tab, "private-end");
    await vi.waitFor(() => expect(toldOf(desk, app.hooks).at(-1)).toMatchObject({ name: "subscription_count", channel: "private-end" }));
    expect(toldOf(desk, app.hooks).map(({ name }) => name)).toEqual(["channel_occupied", "member_added", "channel_occupied", "subscription_count"]);
  });

  it("come in batches of at most twenty, and again until the app takes them", async () => {
    const app = await anApp([500, 302, 404]);
    const desk = await deskFor(app.url);
    const tab = desk.tab();
    await Promise.all(Array.from({ length: 30 }, (_, n) => joined(tab, `private-${n}`)));
    await vi.waitFor(() => expect(new Set(toldOf(desk, app.hooks).map(({ channel }) => channel)).size).toBe(30));
    const [first, ...again] = app.hooks.map(({ rawBody }) => rawBody);
    expect(again.slice(0, 3)).toEqual([first, first, first]);
    for (const { rawBody } of app.hooks) expect((JSON.parse(rawBody) as { events: Event[] }).events.length).toBeLessThanOrEqual(20);
    expect(toldOf(desk, app.hooks.slice(3))).toHaveLength(60);
  });

  it("are given up after their time, and the next ones come", async () => {
    const app = await anApp([500, 500, 500]);
    const desk = await deskFor(app.url, { giveUpMs: 100 }); // three attempts: at once, after 20 ms and after 60
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await joined(desk.tab({ user: "ines" }), "presence-lost");
    await vi.waitFor(() => expect(said).toHaveBeenCalledWith(expect.stringMatching(/a webhook is given up .*: the app answered 500/)));
    said.mockRestore();
    await joined(desk.tab({ user: "ines" }), "presence-found");
    await vi.waitFor(() => expect(toldOf(desk, app.hooks.slice(3))[0]).toEqual({ name: "channel_occupied", channel: "presence-found" }));
  });
});
