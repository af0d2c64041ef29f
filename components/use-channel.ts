"use client";
import type Pusher from "pusher-js";
import type { Members, PresenceChannel } from "pusher-js";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { PersonRef } from "@/lib/auth/view.ts";
import type { RealtimeConfig } from "@/lib/realtime.ts";

/** What a channel tells: ids and numbers; the page fetches the rest. `subscribed` comes first and after every reconnection: something may have been missed. */
export type LiveEvent = { name: "subscribed" | "ticket.new" | "ticket.update" | "message.new" | "notification.new" | "person.update"; data: { id?: string; seq?: number; publicSeq?: number; version?: number; timed?: number } };
/** What a presence channel tells: who is there, when one comes in and after every reconnection; who comes and goes; what they say to one another. */
export type PresenceEvent = { name: "here"; members: PersonRef[] } | { name: "came"; member: PersonRef } | { name: "went"; id: string } | { name: "said"; id: string; words: unknown };
export type Connection = "connecting" | "live" | "down";
type Listener<E> = (event: E) => void;

/** Shorter gaps than this are not worth a word to the reader, in ms. */
const patienceMs = 2500;
const retryMs = 5000;
/** The one event that members of a presence channel send to one another. */
const said = "client-said";
const refusal = "pusher:subscription_error";

const listeners = new Map<string, Set<Listener<never>>>();
const watchers = new Set<() => void>();
let pusher: Pusher | null = null;
let connection: Connection = "connecting";
let users = 0;
let returnedAt = -Infinity;

function become(next: Connection) {
  if (connection === next) return;
  connection = next;
  for (const watcher of watchers) watcher();
}

function tell<E extends LiveEvent | PresenceEvent>(channel: string, event: E) {
  for (const listener of listeners.get(channel) ?? []) (listener as Listener<E>)(event);
}

function subscribe(channel: string) {
  const subscription = pusher?.subscribe(channel);
  if (subscription && channel.startsWith("presence-")) return meet(subscription as PresenceChannel);
  subscription?.unbind_global();
  subscription?.bind_global((name: string, data: unknown) => {
    if (name === "pusher:subscription_succeeded") tell(channel, { name: "subscribed", data: {} });
    else if (name === refusal && !isFinal(data as Refusal)) knockAgain(channel);
    else if (name === refusal) tell(channel, { name: "subscribed", data: {} }); // who may not hear may perhaps not see any more either: the page asks
    else if (!name.startsWith("pusher")) tell(channel, { name, data: data ?? {} } as LiveEvent);
  });
}

type Refusal = { status?: number };
const isFinal = ({ status }: Refusal) => status === 401 || status === 403 || status === 404;

/** A door that could not answer is knocked at again. */
const knockAgain = (channel: string) => setTimeout(() => { if (listeners.has(channel)) pusher?.subscribe(channel); }, retryMs);

type Met = { id: string; info: { name: string } };
const ref = ({ id, info }: Met): PersonRef => ({ id, name: info.name });

function meet(channel: PresenceChannel) {
  channel.unbind();
  channel.bind("pusher:subscription_succeeded", (members: Members) => {
    const here: PersonRef[] = [];
    members.each((member: Met) => here.push(ref(member)));
    tell(channel.name, { name: "here", members: here });
  });
  channel.bind("pusher:member_added", (member: Met) => tell(channel.name, { name: "came", member: ref(member) }));
  channel.bind("pusher:member_removed", ({ id }: Met) => tell(channel.name, { name: "went", id }));
  channel.bind(refusal, (why: Refusal) => { if (!isFinal(why)) knockAgain(channel.name); });
  // the server adds who said it, so that nobody speaks for another
  channel.bind(said, (words: unknown, { user_id }: { user_id: string }) => tell(channel.name, { name: "said", id: user_id, words }));
}

const judgeLater = () => setTimeout(() => { if (pusher && pusher.connection.state !== "connected") become("down"); }, patienceMs);

/** The server sends a page away when its person's rights change. It comes back at once, with the rights it has then; a second time within `retryMs` only by the timer, so that a quarrel between the two never becomes a flood. */
function comeBack() {
  if (performance.now() - returnedAt < retryMs) return;
  returnedAt = performance.now();
  setTimeout(() => pusher?.connect(), 0); // pusher-js is still in the middle of going
}

async function connect(config: RealtimeConfig, signIn: boolean): Promise<void> {
  const { default: Client } = await import("pusher-js");
  if (users === 0 || pusher) return;
  const secure = location.protocol === "https:";
  const port = Number(location.port) || (secure ? 443 : 80);
  // "ws" is the socket with TLS too, where it is forced; "wss" would be a second try with TLS on a page without
  const ours = config.path === null ? {} : { wsHost: location.hostname, wsPort: port, wssPort: port, wsPath: config.path, forceTLS: secure, enabledTransports: ["ws" as const], disableStats: true };
  pusher = new Client(config.key, {
    cluster: config.cluster,
    ...ours,
    activityTimeout: 20_000,
    pongTimeout: 5000,
    unavailableTimeout: 4000,
    channelAuthorization: { endpoint: "/api/realtime/auth", transport: "ajax" },
    userAuthentication: { endpoint: "/api/realtime/user", transport: "ajax" },
  });
  pusher.connection.bind("state_change", ({ current }: { current: string }) => {
    if (current === "connected") become("live");
    else judgeLater();
    if (current === "disconnected") comeBack();
  });
  judgeLater();
  if (signIn) pusher.signin();
  for (const channel of listeners.keys()) subscribe(channel);
}

function again() {
  if (document.visibilityState === "visible" && pusher && ["disconnected", "failed", "unavailable"].includes(pusher.connection.state)) pusher.connect();
}

/** Holds the page's one connection while mounted. `signIn` ties it to the person, whose rights then can end it. */
export function useRealtime(config: RealtimeConfig, signIn: boolean): void {
  const open = useEffectEvent(() => connect(config, signIn));
  useEffect(() => {
    users += 1;
    open().catch(() => become("down")); // the script itself did not load: the page works on, by polling
    const timer = setInterval(again, retryMs);
    window.addEventListener("online", again);
    document.addEventListener("visibilitychange", again);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", again);
      document.removeEventListener("visibilitychange", again);
      users -= 1;
      if (users > 0) return;
      const done = pusher;
      pusher = null;
      done?.disconnect();
      become("connecting");
    };
  }, []);
}

function useListener<E>(channel: string | null, listener: Listener<E>): void {
  const heard = useEffectEvent(listener);
  useEffect(() => {
    if (channel === null) return;
    const own: Listener<E> = (event) => heard(event);
    const set = listeners.get(channel) ?? new Set();
    listeners.set(channel, set.add(own));
    if (set.size === 1) subscribe(channel);
    return () => {
      set.delete(own);
      if (set.size > 0) return;
      listeners.delete(channel);
      pusher?.unsubscribe(channel);
    };
  }, [channel]);
}

/** Listens to one channel while mounted; null listens to nothing. Channels that this person may not hear stay silent. */
export const useChannel: (channel: string | null, listener: Listener<LiveEvent>) => void = useListener;

/** Is in one presence channel while mounted. */
export const usePresenceChannel: (channel: string, listener: Listener<PresenceEvent>) => void = useListener;

/** Says something to the other members of a presence channel; lost while this page is not among them. */
export function sayIn(channel: string, words: object): void {
  const there = pusher?.channel(channel);
  if (there?.subscribed) there.trigger(said, words);
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => { watchers.delete(watcher); };
};

/** Whether the page hears of changes by itself. While "down" it must ask, every `pollMs`. */
export const useConnection = (): Connection => useSyncExternalStore(watch, () => connection, () => "connecting");

export const pollMs = 5000;
