import fc from "fast-check";
import { connect } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { all, joined, next, openDesk } from "./desk.ts";

let desk: Awaited<ReturnType<typeof openDesk>>;
afterEach(() => desk.close());

describe("signed-in users", () => {
  it("are reached over all their tabs, and nobody listens in on another's channel", async () => {
    desk = await openDesk();
    const [one, two, other] = [desk.tab({ user: "ines" }), desk.tab({ user: "ines" }), desk.tab({ user: "omar" })];
    for (const tab of [one, two, other]) {
      tab.signin();
      await tab.user.signinDonePromise;
    }
    const messages = all<{ event: string }>(other.connection, "message");
    other.send_event("pusher:subscribe", { channel: "#server-to-user-ines" });
    await vi.waitFor(() => expect(messages.map(({ event }) => event)).toContain("pusher:subscription_error"));
    await vi.waitFor(async () => {
      const { subscription_count } = (await (await desk.pusher.get({ path: "/channels", params: { info: "subscription_count" } })).json() as {
        channels: Record<string, { subscription_count: number }>;
      }).channels["#server-to-user-ines"] ?? { subscription_count: 0 };
      expect(subscription_count).toBe(2);
    });
    const heard = [next(one.user, "hello"), next(two.user, "hello")];
    await desk.pusher.sendToUser("ines", "hello", { id: 1 });
    expect(await Promise.all(heard)).toEqual([{ id: 1 }, { id: 1 }]);
  });

  it("are cut off at once by terminate_connections, others are not", async () => {
    desk = await openDesk();
    const [mine, other] = [desk.tab({ user: "ines" }), desk.tab({ user: "omar" })];
    for (const tab of [mine, other]) tab.signin();
    const channel = await joined(mine, "private-ticket-1");
    await joined(other, "private-ticket-1");
    await Promise.all([mine.user.signinDonePromise, other.user.signinDonePromise]);
    const strays = all(channel, "secret");
    const errors = all<{ data?: { code: number } }>(mine.connection, "error");
    await desk.pusher.terminateUserConnections("ines");
    // The answer means: done. What is published from now on can't reach them.
    const response = await desk.pusher.trigger("private-ticket-1", "secret", {}, { info: "subscription_count" });
    expect(await response.json()).toEqual({ channels: { "private-ticket-1": { subscription_count: 1 } } });
    await vi.waitFor(() => expect(mine.connection.state).toBe("disconnected"));
    expect(errors.some(({ data }) => data?.code === 4009)).toBe(true);
    expect(other.connection.state).toBe("connected");
    expect(strays).toEqual([]);
    mine.connect();
    await next(mine.connection, "connected");
  });

  it("are cut off also where they are in a presence channel without having signed in", async () => {
    desk = await openDesk();
    const [mine, other] = [desk.tab({ user: "ines" }), desk.tab({ user: "omar" })];
    await joined(mine, "presence-ticket-1");
    await joined(other, "presence-ticket-1");
    await desk.pusher.terminateUserConnections("ines");
    const response = await desk.pusher.get({ path: "/channels/presence-ticket-1/users" });
    expect(await response.json()).toEqual({ users: [{ id: "omar" }] });
    await vi.waitFor(() => expect(mine.connection.state).toBe("disconnected"));
    expect(other.connection.state).toBe("connected");
  });

  it("hear who of their watchlist comes and goes, over all tabs", async () => {
    desk = await openDesk();
    const heard: unknown[] = [];
    const ines = desk.tab({ user: "ines", watchlist: ["omar", "kim"] });
    const kim = desk.tab({ user: "kim" });
    kim.signin();
    await kim.user.signinDonePromise;
    for (const name of ["online", "offline"]) ines.user.watchlist.bind(name, (event: unknown) => heard.push(event));
    ines.signin();
    await vi.waitFor(() => expect(heard).toEqual([{ name: "online", user_ids: ["kim"] }, { name: "offline", user_ids: ["omar"] }]));
    const tabs = [desk.tab({ user: "omar" }), desk.tab({ user: "omar" })];
    for (const tab of tabs) {
      tab.signin();
      await tab.user.signinDonePromise;
    }
    tabs[0]?.disconnect();
    kim.disconnect();
    tabs[1]?.disconnect();
    await vi.waitFor(() => expect(heard.slice(2)).toEqual([{ name: "online", user_ids: ["omar"] }, { name: "offline", user_ids: ["kim"] }, { name: "offline", user_ids: ["omar"] }]));
  });

  it("stay who they are: a connection is not handed to another", async () => {
    desk = await openDesk();
    const { socket, received } = await desk.raw();
    await vi.waitFor(() => expect(received).toHaveLength(1));
    const { socket_id, activity_timeout } = JSON.parse(JSON.parse(received[0] ?? "").data) as { socket_id: string; activity_timeout: number };
    expect(activity_timeout).toBe(30);
    const closed = new Promise<number>((done) => socket.once("close", done));
    socket.send(JSON.stringify({ event: "pusher:signin", data: desk.pusher.authenticateUser(socket_id, { id: "ines" }) }));
    await vi.waitFor(() => expect(received.at(-1)).toContain("pusher:signin_success"));
    socket.send(JSON.stringify({ event: "pusher:signin", data: desk.pusher.authenticateUser(socket_id, { id: "omar" }) }));
    expect(await closed).toBe(4009);
  });

  it("need a proper signature", async () => {
    desk = await openDesk();
    const { socket, received } = await desk.raw();
    const closed = new Promise<number>((done) => socket.once("close", done));
    socket.send(JSON.stringify({ event: "pusher:signin", data: { auth: "desk-key:00", user_data: `{"id":"ines"}` } }));
    expect(await closed).toBe(4009);
    expect(received.some((message) => message.includes("signin_success"))).toBe(false);
  });
});

describe("connections", () => {
  it("come back after a restart of the service and hear again", async () => {
    desk = await openDesk();
    const client = desk.tab();
    const channel = await joined(client, "private-ticket-1");
    const before = client.connection.socket_id;
    const again = next(channel, "pusher:subscription_succeeded");
    await desk.restart();
    await again;
    expect(client.connection.socket_id).not.toBe(before);
    const heard = next(channel, "message.new");
    await desk.pusher.trigger("private-ticket-1", "message.new", { id: 1 });
    expect(await heard).toEqual({ id: 1 });
  });

  it.each([
    ["a foreign key", "/app/other?protocol=7", 4001],
    ["no protocol version", "/app/desk-key", 4008],
    ["an old protocol version", "/app/desk-key?protocol=4", 4007],
    ["a version that is no number", "/app/desk-key?protocol=new", 4006],
    ["another path", "/elsewhere?protocol=7", 4005],
    ["a path that is no address", "//?protocol=7", 4005],
  ])("with %s are sent away with the vendor's code", async (_, path, code) => {
    desk = await openDesk();
    const { socket } = await desk.raw(path);
    expect(await new Promise<number>((done) => socket.once("close", done))).toBe(code);
  });

  it("over capacity are told to come back later, and do when there is room", async () => {
    desk = await openDesk({ maxConnections: 2 });
    const [first, second] = [desk.tab(), desk.tab()];
    await Promise.all([joined(first, "news"), joined(second, "news")]);
    const { socket } = await desk.raw();
    expect(await new Promise<number>((done) => socket.once("close", done))).toBe(4100);
    const late = desk.tab();
    first.disconnect();
    await joined(late, "news");
  });

  it("that never become a WebSocket are answered and ended", async () => {
    desk = await openDesk();
    for (const head of ["GET /app/desk-key?protocol=7 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "nonsense\r\n\r\n"]) {
      const tcp = connect(desk.port, "127.0.0.1");
      tcp.write(head);
      const answer = await new Promise<string>((done) => tcp.once("data", (bytes) => done(String(bytes))));
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      tcp.destroy();
    }
  });

  it("survive malformed frames, which are answered", async () => {
    desk = await openDesk();
    const { socket, received } = await desk.raw();
    const nonsense = ["", "{", "[]", "null", `{"event":1}`, `{"event":"pusher:subscribe"}`, `{"event":"pusher:subscribe","data":{"channel":"no spaces"}}`, `{"event":"nope"}`, `{"event":"client-x"}`];
    for (const text of nonsense) socket.send(text);
    socket.send(Buffer.from([1, 2, 3]));
    socket.send(`{"event":"pusher:unsubscribe","data":null}`);
    socket.send(`{"event":"pusher:ping"}`);
    await vi.waitFor(() => expect(received.at(-1)).toContain("pusher:pong"));
    expect(received.filter((message) => message.includes("pusher:error"))).toHaveLength(nonsense.length + 1);
  });

  it("survive whatever JSON a client makes up", async () => {
    desk = await openDesk();
    const names = fc.constantFrom("pusher:subscribe", "pusher:unsubscribe", "pusher:signin", "pusher:ping", "client-x", "x");
    const channels = fc.constantFrom("news", "private-a", "presence-a", "cache-a", "#server-to-user-a", "__proto__", "constructor");
    const data = fc.oneof(fc.record({ channel: fc.oneof(channels, fc.jsonValue()), auth: fc.jsonValue(), channel_data: fc.jsonValue(), user_data: fc.jsonValue() }, { requiredKeys: [] }), fc.json(), fc.jsonValue());
    const frames = fc.array(fc.oneof(fc.record({ event: names, channel: channels, data }, { requiredKeys: ["event"] }).map((message) => JSON.stringify(message)), fc.json(), fc.string()), { minLength: 1, maxLength: 20 });
    await fc.assert(fc.asyncProperty(frames, async (texts) => {
      const { socket, received } = await desk.raw();
      const ended = new Promise((done) => socket.once("close", done)); // a wrong sign-in ends the connection, and only this one
      for (const text of texts) socket.send(text);
      socket.send(`{"event":"pusher:ping","data":{}}`);
      await Promise.race([ended, vi.waitFor(() => expect(received.at(-1)).toContain("pusher:pong"))]);
      socket.terminate();
    }), { numRuns: 100 });
    await joined(desk.tab(), "news");
    await vi.waitFor(async () => expect(await (await desk.pusher.get({ path: "/channels" })).json()).toEqual({ channels: { news: {} } }));
  });

  it("that break the framing or send too much are closed, and the rest goes on", async () => {
    desk = await openDesk();
    const [flood, broken] = [await desk.raw(), await desk.raw()];
    const closed = new Promise<number>((done) => flood.socket.once("close", done));
    flood.socket.send("x".repeat(100_000));
    expect(await closed).toBe(1009);
    const tcp = connect(desk.port, "127.0.0.1");
    tcp.write("GET /app/desk-key?protocol=7 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    tcp.once("data", () => tcp.write(Buffer.from([0xff, 0xff, 0xff, 0xff])));
    tcp.on("error", () => tcp.destroy());
    await new Promise((done) => tcp.once("close", done));
    await joined(desk.tab(), "news");
    expect(broken.socket.readyState).toBe(broken.socket.OPEN);
  });

  it("that never read are cut off before they fill the memory; the others get everything", async () => {
    desk = await openDesk();
    const reader = await joined(desk.tab(), "private-flood");
    const seen = all<string>(reader, "page");
    const stuck = await desk.raw();
    await vi.waitFor(() => expect(stuck.received).toHaveLength(1));
    const { socket_id } = JSON.parse(JSON.parse(stuck.received[0] ?? "").data) as { socket_id: string };
    const auth = desk.pusher.authorizeChannel(socket_id, "private-flood").auth;
    stuck.socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel: "private-flood", auth } }));
    await vi.waitFor(() => expect(stuck.received.some((message) => message.includes("succeeded"))).toBe(true));
    stuck.socket.pause();
    const page = "x".repeat(10_000);
    const subscribers = async () => ((await (await desk.pusher.get({ path: "/channels/private-flood", params: { info: "subscription_count" } })).json()) as { subscription_count: number }).subscription_count;
    let sent = 0;
    // The kernel's own buffers come before ours, so how much it takes depends on the machine.
    while ((await subscribers()) === 2 && sent < 5_000) {
      await desk.pusher.triggerBatch(Array.from({ length: 10 }, () => ({ channel: "private-flood", name: "page", data: page })));
      sent += 10;
    }
    expect(await subscribers()).toBe(1);
    await vi.waitFor(() => expect(seen).toHaveLength(sent));
  });

  it("are pinged when silent, and ended when they do not answer", async () => {
    desk = await openDesk({ activityTimeout: 0.2 });
    const client = desk.tab();
    await joined(client, "news");
    const { socket, received } = await desk.raw();
    expect(await new Promise<number>((done) => socket.once("close", done))).toBe(4201);
    expect(received.some((message) => message.includes("pusher:ping"))).toBe(true);
    expect(client.connection.state).toBe("connected");
  });
});
