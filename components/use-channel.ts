"use client";
import type Pusher from "pusher-js";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { RealtimeConfig } from "@/lib/realtime.ts";

/** What a channel tells: ids and numbers; the page fetches the rest. `subscribed` comes first and after every reconnection. */
export type LiveEvent = { name: "subscribed" | "ticket.new" | "ticket.update" | "message.new" | "notification.new" | "person.update"; data: { id?: string; seq?: number; publicSeq?: number; version?: number } };
export type Connection = "connecting" | "live" | "down";
type Listener = (event: LiveEvent) => void;

/** Shorter gaps than this are not worth a word to the reader, in ms. */
const patienceMs = 2500;
const retryMs = 5000;

const listeners = new Map<string, Set<Listener>>();
const watchers = new Set<() => void>();
let pusher: Pusher | null = null;
let connection: Connection = "connecting";
let users = 0;

function become(next: Connection) {
  if (connection === next) return;
  connection = next;
  for (const watcher of watchers) watcher();
}

const tell = (channel: string, event: LiveEvent) => listeners.get(channel)?.forEach((listener) => listener(event));

function subscribe(channel: string) {
  const subscription = pusher?.subscribe(channel);
  subscription?.unbind_global();
  subscription?.bind_global((name: string, data: unknown) => {
    if (name === "pusher:subscription_succeeded") tell(channel, { name: "subscribed", data: {} });
    else if (!name.startsWith("pusher")) tell(channel, { name, data: data ?? {} } as LiveEvent);
  });
}

const judgeLater = () => setTimeout(() => { if (pusher && pusher.connection.state !== "connected") become("down"); }, patienceMs);

async function connect(config: RealtimeConfig, signIn: boolean): Promise<void> {
  const { default: Client } = await import("pusher-js");
  if (users === 0 || pusher) return;
  const secure = location.protocol === "https:";
  const port = Number(location.port) || (secure ? 443 : 80);
  const ours = config.path === null ? {} : { wsHost: location.hostname, wsPort: port, wssPort: port, wsPath: config.path, forceTLS: secure, enabledTransports: [secure ? ("wss" as const) : ("ws" as const)], disableStats: true };
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
      pusher?.disconnect();
      pusher = null;
      become("connecting");
    };
  }, []);
}

/** Listens to one channel while mounted; null listens to nothing. Channels that this person may not hear stay silent. */
export function useChannel(channel: string | null, listener: Listener): void {
  const heard = useEffectEvent(listener);
  useEffect(() => {
    if (channel === null) return;
    const own: Listener = (event) => heard(event);
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

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => { watchers.delete(watcher); };
};

/** Whether the page hears of changes by itself. While "down" it must ask, every `pollMs`. */
export const useConnection = (): Connection => useSyncExternalStore(watch, () => connection, () => "connecting");

export const pollMs = 5000;
