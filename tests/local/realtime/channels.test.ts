import { randomBytes } from "node:crypto";
import Pusher from "pusher";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { PresenceChannel } from "pusher-js";
import { all, joined, next, openDesk } from "./desk.ts";

let desk: Awaited<ReturnType<typeof openDesk>>;
afterEach(() => desk.close());

describe("channels, through the official client", () => {
  it("a trigger reaches every subscriber of a public channel, and no one else", async () => {
    desk = await openDesk();
    const here = await joined(desk.tab(), "news");
    const elsewhere = await joined(desk.tab({ wsPath: "/realtime" }), "weather");
    const heard = next(here, "item");
    const strays = all(elsewhere, "item");
    await desk.pusher.trigger("news", "item", { id: 7 });
    expect(await heard).toEqual({ id: 7 });
    const last = next(elsewhere, "last");
    await desk.pusher.trigger("weather", "last", {});
    await last;
    expect(strays).toEqual([]);
  });

  it("a private channel lets in who is authorised and tells others why not", async () => {
    desk = await openDesk();
    const inside = await joined(desk.tab(), "private-ticket-1");
    const refused = await next<{ type: string; status: number }>(
      desk.tab({ authorise: () => ({ auth: "desk-key:0badc0de" }) }).subscribe("private-ticket-1"),
      "pusher:subscription_error",
    );
    expect(refused).toMatchObject({ type: "AuthError", status: 401 });
    const heard = next(inside, "message.new");
    await desk.pusher.trigger("private-ticket-1", "message.new", { id: "a", publicSeq: 3 });
    expect(await heard).toEqual({ id: "a", publicSeq: 3 });
  });

  it("an authorisation is worth nothing on another socket or another channel", async () => {
    desk = await openDesk();
    const stolen = (socketId: string, channel: string) =>
      channel === "private-a" ? desk.pusher.authorizeChannel("1.1", channel) : desk.pusher.authorizeChannel(socketId, "private-other");
    const thief = desk.tab({ authorise: stolen });
    expect(await next(thief.subscribe("private-a"), "pusher:subscription_error")).toMatchObject({ status: 401 });
    expect(await next(thief.subscribe("private-b"), "pusher:subscription_error")).toMatchObject({ status: 401 });
  });

  it("the socket that caused an event can be left out", async () => {
    desk = await openDesk();
    const author = desk.tab();
    const own = await joined(author, "private-ticket-1");
    const other = await joined(desk.tab(), "private-ticket-1");
    const echoes = all(own, "message.new");
    const heard = next(other, "message.new");
    await desk.pusher.trigger("private-ticket-1", "message.new", {}, { socket_id: author.connection.socket_id });
    await heard;
    const end = next(own, "end");
    await desk.pusher.trigger("private-ticket-1", "end", {});
    await end;
    expect(echoes).toEqual([]);
  });

  it("after unsubscribing nothing arrives, and the channel is vacant", async () => {
    desk = await openDesk();
    const client = desk.tab();
    const left = await joined(client, "news");
    const strays = all(left, "item");
    client.unsubscribe("news");
    await vi.waitFor(async () => expect(await (await desk.pusher.get({ path: "/channels/news" })).json()).toEqual({ occupied: false }));
    await desk.pusher.trigger("news", "item", {});
    const end = next(await joined(client, "end"), "end");
    await desk.pusher.trigger("end", "end", {});
    await end;
    expect(strays).toEqual([]);
  });

  it("tells how many are subscribed", async () => {
    desk = await openDesk();
    const first = desk.tab().subscribe("private-desk");
    const counts = all(first, "pusher:subscription_count");
    await next(first, "pusher:subscription_succeeded");
    const second = desk.tab();
    await joined(second, "private-desk");
    await vi.waitFor(() => expect(counts).toEqual([{ subscription_count: 1 }, { subscription_count: 2 }]));
    second.disconnect();
    await vi.waitFor(() => expect(counts.at(-1)).toEqual({ subscription_count: 1 }));
  });

  it("a cache channel greets with its last event, or says that there is none", async () => {
    desk = await openDesk();
    const empty = desk.tab().subscribe("private-cache-state");
    await next(empty, "pusher:cache_miss");
    await desk.pusher.trigger("private-cache-state", "state", { n: 1 });
    await desk.pusher.trigger("private-cache-state", "state", { n: 2 });
    const late = desk.tab().subscribe("private-cache-state");
    expect(await next(late, "state")).toEqual({ n: 2 });
    const { cache } = (await (await desk.pusher.get({ path: "/channels/private-cache-state", params: { info: "cache" } })).json()) as { cache: { data: string } };
    expect(JSON.parse(cache.data)).toEqual({ n: 2 });
  });

  it("an encrypted channel passes on what it can't read", async () => {
    desk = await openDesk();
    const sealed = new Pusher({ ...desk.credentials, host: "127.0.0.1", port: String(desk.port), useTLS: false, encryptionMasterKeyBase64: randomBytes(32).toString("base64") });
    const reader = await joined(desk.tab({ authorise: (socketId, channel) => sealed.authorizeChannel(socketId, channel) }), "private-encrypted-salaries");
    const { socket, received } = await desk.raw();
    await vi.waitFor(() => expect(received).toHaveLength(1));
    const { socket_id } = JSON.parse(JSON.parse(received[0] ?? "").data) as { socket_id: string };
    const { auth } = sealed.authorizeChannel(socket_id, "private-encrypted-salaries");
    socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel: "private-encrypted-salaries", auth } }));
    await vi.waitFor(() => expect(received.some((message) => message.includes("succeeded"))).toBe(true));
    const heard = next(reader, "raise");
    await sealed.trigger("private-encrypted-salaries", "raise", { amount: 4711 });
    expect(await heard).toEqual({ amount: 4711 });
    await vi.waitFor(() => expect(received.at(-1)).toContain("ciphertext"));
    expect(received.at(-1)).not.toContain("4711");
  });
});

describe("presence", () => {
  it("one person in two tabs is one member, gone when the last tab is", async () => {
    desk = await openDesk();
    const watcher = (await joined(desk.tab({ user: "ines" }), "presence-ticket-1")) as PresenceChannel;
    const came = all<{ id: string; info: unknown }>(watcher, "pusher:member_added");
    const went = all<{ id: string }>(watcher, "pusher:member_removed");
    const [one, two] = [desk.tab({ user: "omar" }), desk.tab({ user: "omar" })];
    const seen = (await joined(one, "presence-ticket-1")) as PresenceChannel;
    await joined(two, "presence-ticket-1");
    expect(seen.members.count).toBe(2);
    expect(seen.members.me).toEqual({ id: "omar", info: { name: "omar" } });
    const users = async () => (await desk.pusher.get({ path: "/channels/presence-ticket-1/users" })).json();
    expect(await users()).toEqual({ users: [{ id: "ines" }, { id: "omar" }] });
    one.disconnect();
    const info = async () => (await desk.pusher.get({ path: "/channels/presence-ticket-1", params: { info: "user_count,subscription_count" } })).json();
    await vi.waitFor(async () => expect(await info()).toEqual({ occupied: true, user_count: 2, subscription_count: 2 }));
    expect(went).toEqual([]);
    two.disconnect();
    await vi.waitFor(() => expect(went.map(({ id }) => id)).toEqual(["omar"]));
    expect(came).toEqual([{ id: "omar", info: { name: "omar" } }]);
    expect(watcher.members.count).toBe(1);
  });

  it("takes the signed-in user when the authorisation names nobody", async () => {
    desk = await openDesk();
    const client = desk.tab({ user: "ines", authorise: (socketId, channel) => desk.pusher.authorizeChannel(socketId, channel) });
    client.signin();
    const channel = (await joined(client, "presence-ticket-1")) as PresenceChannel;
    expect(channel.members.me).toEqual({ id: "ines", info: null });
  });

  it.each([
    ["an id of 129 characters", { user_id: "x".repeat(129) }],
    ["info of more than a kilobyte", { user_id: "ines", user_info: { name: "x".repeat(1024) } }],
  ])("refuses %s", async (_, member) => {
    desk = await openDesk();
    const tab = desk.tab({ authorise: (socketId, channel) => desk.pusher.authorizeChannel(socketId, channel, { user_info: {}, ...member }) });
    expect(await next(tab.subscribe("presence-ticket-1"), "pusher:subscription_error")).toMatchObject({ status: 4009 });
  });

  it("has room for a hundred people", async () => {
    desk = await openDesk();
    const seats = await Promise.all(Array.from({ length: 100 }, (_, n) => desk.tab({ user: `u${n}` })).map((tab) => joined(tab, "presence-hall")));
    expect(seats).toHaveLength(100);
    const refused = await next(desk.tab({ user: "late" }).subscribe("presence-hall"), "pusher:subscription_error");
    expect(refused).toMatchObject({ type: "LimitReached", status: 4004 });
    await joined(desk.tab({ user: "u7" }), "presence-hall");
  });
});

describe("client events", () => {
  it("go to the others with the sender's id, at most ten a second", async () => {
    desk = await openDesk();
    const sender = desk.tab({ user: "ines" });
    const own = await joined(sender, "presence-ticket-1");
    const other = await joined(desk.tab({ user: "omar" }), "presence-ticket-1");
    const heard: unknown[] = [];
    other.bind("client-typing", (data: unknown, meta: { user_id: string }) => heard.push([data, meta.user_id]));
    const errors = all<{ data: { code: number } }>(sender.connection, "error");
    for (let n = 0; n < 15; n += 1) own.trigger("client-typing", { n });
    await vi.waitFor(() => expect(errors.length).toBeGreaterThanOrEqual(4));
    expect(errors[0]?.data.code).toBe(4301);
    await vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(10));
    expect(heard.length + errors.length).toBe(15);
    expect(heard[0]).toEqual([{ n: 0 }, "ines"]);
  });

  it("are refused on public channels, without a subscription, and when too large", async () => {
    desk = await openDesk();
    const sender = desk.tab();
    const errors = all<{ data: { message: string } }>(sender.connection, "error");
    const open = await joined(sender, "news");
    open.trigger("client-x", {});
    sender.send_event("client-x", {}, "private-not-mine");
    const own = await joined(sender, "private-mine");
    own.trigger("client-x", "y".repeat(10_241));
    await vi.waitFor(() => expect(errors).toHaveLength(3));
    expect(errors.map(({ data }) => data.message)).toEqual([
      expect.stringContaining("only private and presence"),
      expect.stringContaining("not subscribed"),
      expect.stringContaining("too large"),
    ]);
  });
});
