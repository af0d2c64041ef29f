import { z } from "zod";
import type { Hub } from "./hub.ts";
import { maxBatch, maxChannelsPerTrigger, maxEventBytes, maxNameLength } from "./limits.ts";
import { isCache, isChannelName, isPresence } from "./names.ts";

/** A refusal with the vendor's status; its sentence becomes the body, as with the vendor. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

const ChannelName = z.string().refine(isChannelName, "not a channel name");
const event = {
  name: z.string().min(1).max(maxNameLength),
  data: z.string(),
  socket_id: z.string().regex(/^\d+\.\d+$/).optional(),
  info: z.string().optional(),
};
const OneChannel = z.object({ ...event, channel: ChannelName });
const ManyChannels = z.object({ ...event, channels: z.array(ChannelName).min(1).max(maxChannelsPerTrigger) });
const Trigger = z.union([ManyChannels, OneChannel.transform(({ channel, ...rest }) => ({ ...rest, channels: [channel] }))]);
const Batch = z.object({ batch: z.array(OneChannel).min(1).max(maxBatch) });

type Call = { hub: Hub; path: string[]; query: URLSearchParams; body: string };

/** Answers a signed request below `/apps/<id>` (Pusher HTTP API). Throws Refusal. */
export function answer(method: string, call: Call): unknown {
  const [first, name = "", last] = call.path;
  const route = `${method} ${call.path.map((part, index) => (index === 1 ? ":id" : part)).join("/")}`;
  switch (route) {
    case "POST events":
      return publish(call);
    case "POST batch_events":
      return publishBatch(call);
    case "GET channels":
      return channels(call);
    case "GET channels/:id":
      return describe(call.hub, name, attributes(call.query.get("info")), true);
    case "GET channels/:id/users":
      return members(call.hub, name);
    case "POST users/:id/terminate_connections":
      call.hub.terminate(name);
      return {};
    default:
      throw new Refusal(404, `Nothing here: ${[first, last].filter(Boolean).join("/…/")}`);
  }
}

function read<T>(schema: z.ZodType<T>, body: string): T {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (cause) {
    throw Object.assign(new Refusal(400, "The body is not JSON"), { cause });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Refusal(400, `Invalid ${issue?.path.join(".") || "body"}: ${issue?.message ?? "not as expected"}`);
}

function checkSize(data: string): void {
  if (Buffer.byteLength(data) > maxEventBytes) throw new Refusal(413, `The data content of this event exceeds the allowed maximum (${maxEventBytes} bytes)`);
}

function publish({ hub, body }: Call): unknown {
  const trigger = read(Trigger, body);
  checkSize(trigger.data);
  for (const channel of new Set(trigger.channels)) hub.publish(channel, { name: trigger.name, data: trigger.data, exceptSocket: trigger.socket_id });
  const wanted = attributes(trigger.info);
  if (wanted.size === 0) return {};
  return { channels: Object.fromEntries(trigger.channels.map((channel) => [channel, describe(hub, channel, wanted)])) };
}

/** All events of a batch are checked before the first is sent. */
function publishBatch({ hub, body }: Call): unknown {
  const { batch } = read(Batch, body);
  for (const { data } of batch) checkSize(data);
  for (const { channel, name, data, socket_id } of batch) hub.publish(channel, { name, data, exceptSocket: socket_id });
  if (batch.every(({ info }) => attributes(info).size === 0)) return {};
  return { batch: batch.map(({ channel, info }) => describe(hub, channel, attributes(info))) };
}

const attributes = (info: string | null | undefined): Set<string> => new Set(info ? info.split(",") : []);

/** The asked attributes of a channel; `user_count` exists for presence channels only. */
function describe(hub: Hub, name: string, wanted: Set<string>, withOccupied = false): Record<string, unknown> {
  if (!isChannelName(name)) throw new Refusal(400, "Invalid channel name");
  if (withOccupied && wanted.has("user_count") && !isPresence(name)) throw new Refusal(400, "user_count is known for presence channels only");
  const channel = hub.channels.get(name);
  const cached = isCache(name) && wanted.has("cache") ? hub.cached(name) : null;
  return {
    ...(withOccupied ? { occupied: channel !== undefined } : {}),
    ...(wanted.has("user_count") && isPresence(name) ? { user_count: channel?.memberIds.length ?? 0 } : {}),
    ...(wanted.has("subscription_count") ? { subscription_count: channel?.subscribers.size ?? 0 } : {}),
    ...(cached ? { cache: { data: (JSON.parse(cached.toString()) as { data: string }).data } } : {}),
  };
}

function channels({ hub, query }: Call): unknown {
  const prefix = query.get("filter_by_prefix") ?? "";
  const wanted = attributes(query.get("info"));
  if (wanted.has("user_count") && !isPresence(prefix)) throw new Refusal(400, "user_count needs filter_by_prefix=presence-");
  const names = [...hub.channels.keys()].filter((name) => name.startsWith(prefix));
  return { channels: Object.fromEntries(names.map((name) => [name, describe(hub, name, wanted)])) };
}

function members(hub: Hub, name: string): unknown {
  if (!isPresence(name)) throw new Refusal(400, "Users can be retrieved for presence channels only");
  return { users: (hub.channels.get(name)?.memberIds ?? []).map((id) => ({ id })) };
}
