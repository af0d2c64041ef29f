import http from "node:http";
import Pusher from "pusher";
import { z } from "zod";
import type { Publication } from "./channels.ts";
import { env } from "./env.ts";
import { log } from "./log.ts";

const held = globalThis as { twowayRealtime?: Pusher };

/** The vendor takes at most ten events in a batch (Pusher HTTP API, batch_events). */
const batchSize = 10;

function pusher(): Pusher {
  const { PUSHER_APP_ID: appId, PUSHER_KEY: key, PUSHER_SECRET: secret, PUSHER_CLUSTER: cluster, PUSHER_HOST: host, PUSHER_PORT: port } = env();
  held.twowayRealtime ??= host
    ? new Pusher({ appId, key, secret, host, ...(port ? { port } : {}), useTLS: false, timeout: 3000, agent: new http.Agent({ keepAlive: true }) })
    : new Pusher({ appId, key, secret, cluster, useTLS: true, timeout: 3000 });
  return held.twowayRealtime;
}

/** Tells open pages. Best effort: a page that misses it fetches again when it reconnects, so this never throws. */
export async function publish(told: readonly Publication[]): Promise<void> {
  try {
    for (let from = 0; from < told.length; from += batchSize) {
      const batch = told.slice(from, from + batchSize).map(({ channel, event, payload }) => ({ channel, name: event, data: payload }));
      await pusher().triggerBatch(batch);
    }
  } catch (error) {
    log("warn", "realtime did not take a message", { error });
  }
}

/** Ends a person's connections at once; their pages come back with the rights they have then. Best effort. */
export async function disconnect(personId: string): Promise<void> {
  try {
    await pusher().terminateUserConnections(personId);
  } catch (error) {
    log("warn", "realtime did not end the connections", { personId, error });
  }
}

/** Ids of who is in a presence channel (Pusher HTTP API, `GET /channels/<name>/users`). Nobody, when it can't be asked. */
export async function membersOf(channel: string): Promise<ReadonlySet<string>> {
  try {
    const answer = await pusher().get({ path: `/channels/${channel}/users` });
    return new Set(Members.parse(await answer.json()).users.map(({ id }) => id));
  } catch (error) {
    log("warn", "realtime did not say who looks at a ticket", { error });
    return new Set();
  }
}
const Members = z.object({ users: z.array(z.object({ id: z.string() })) });

/** The signed permission for one connection to subscribe to one channel; to a presence channel as this member. */
export function channelPass(socketId: string, channel: string, member?: { id: string; name: string }) {
  return pusher().authorizeChannel(socketId, channel, member && { user_id: member.id, user_info: { name: member.name } });
}

/** The signed statement of who is behind a connection, by which `disconnect` finds it. */
export const personPass = (socketId: string, person: { id: string; name: string }) => pusher().authenticateUser(socketId, { id: person.id, user_info: { name: person.name } });

/** What a browser needs to connect; handed over at run time, for a build is the same on every desk. */
export type RealtimeConfig = { key: string; cluster: string; path: string | null };
export const realtimeConfig = (): RealtimeConfig => ({ key: env().PUSHER_KEY, cluster: env().PUSHER_CLUSTER, path: env().PUSHER_HOST ? "/realtime" : null });
