import Pusher from "pusher";
import PusherClient from "pusher-js";
import { WebSocket } from "ws";
import { startRealtime } from "../../../local/realtime/server.ts";

type Authorise = (socketId: string, channel: string) => { auth: string; channel_data?: string } | Error;
type Visitor = { user?: string; watchlist?: string[]; authorise?: Authorise; wsPath?: string; key?: string };

/** A realtime service, the official server SDK on it, and browser tabs made of the official client. */
export async function openDesk(options: Partial<Parameters<typeof startRealtime>[0]> = {}) {
  const credentials = { appId: "desk", key: "desk-key", secret: "desk-secret" };
  let service = await startRealtime({ ...credentials, port: 0, ...options });
  const pusher = new Pusher({ ...credentials, host: "127.0.0.1", port: String(service.port), useTLS: false });
  const tabs: PusherClient[] = [];
  const raws: WebSocket[] = [];

  /** A tab of somebody; by default everything is authorised. */
  const tab = (visitor: Visitor = {}): PusherClient => {
    const client = new PusherClient(visitor.key ?? credentials.key, {
      cluster: "",
      wsHost: "127.0.0.1",
      wsPort: service.port,
      wsPath: visitor.wsPath ?? "",
      forceTLS: false,
      enabledTransports: ["ws"],
      channelAuthorization: {
        endpoint: "",
        transport: "ajax",
        customHandler: ({ socketId, channelName }, callback) => {
          const presence = channelName.startsWith("presence-") ? { user_id: visitor.user ?? "nobody", user_info: { name: visitor.user } } : undefined;
          const answer = visitor.authorise?.(socketId, channelName) ?? pusher.authorizeChannel(socketId, channelName, presence);
          if (answer instanceof Error) callback(answer, null);
          else callback(null, answer);
        },
      },
      userAuthentication: {
        endpoint: "",
        transport: "ajax",
        customHandler: ({ socketId }, callback) => callback(null, pusher.authenticateUser(socketId, { id: visitor.user ?? "nobody", ...(visitor.watchlist ? { watchlist: visitor.watchlist } : {}) })),
      },
    });
    tabs.push(client);
    return client;
  };

  /** A bare WebSocket, for what an official client would never do. */
  const raw = async (path = `/app/${credentials.key}?protocol=7`): Promise<{ socket: WebSocket; received: string[] }> => {
    const socket = new WebSocket(`ws://127.0.0.1:${service.port}${path}`);
    raws.push(socket);
    const received: string[] = [];
    socket.on("message", (message) => received.push(String(message)));
    await new Promise((done, fail) => socket.once("open", done).once("error", fail));
    return { socket, received };
  };

  return {
    credentials,
    pusher,
    tab,
    raw,
    get port() {
      return service.port;
    },
    async restart() {
      const { port } = service;
      await service.close();
      service = await startRealtime({ ...credentials, port });
    },
    async close() {
      for (const client of tabs) client.disconnect();
      for (const socket of raws) socket.terminate();
      await service.close();
    },
  };
}

type Bindable = { bind(event: string, callback: (data: unknown) => void): unknown };

/** Resolves with the data of the next event of this name. */
export function next<T = unknown>(source: Bindable, event: string): Promise<T> {
  return new Promise((resolve) => {
    source.bind(event, (data) => resolve(data as T));
  });
}

/** Collects the data of all events of this name. */
export function all<T = unknown>(source: Bindable, event: string): T[] {
  const seen: T[] = [];
  source.bind(event, (data) => seen.push(data as T));
  return seen;
}

/** Joins a channel and resolves when the server has said so. */
export async function joined(client: PusherClient, channel: string) {
  const subscription = client.subscribe(channel);
  await next(subscription, "pusher:subscription_succeeded");
  return subscription;
}
