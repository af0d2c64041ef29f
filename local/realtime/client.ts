import { z } from "zod";
import type { Member } from "./channel.ts";
import type { Connection } from "./connection.ts";
import { frame } from "./connection.ts";
import type { Hub } from "./hub.ts";
import { maxChannelsPerConnection, maxEventBytes, maxMemberIdLength, maxMemberInfoBytes, maxNameLength, maxPresenceMembers, maxWatchlist } from "./limits.ts";
import { isChannelName, isPresence, needsAuth, userOf } from "./names.ts";
import type { Credentials } from "./signature.ts";
import { signs } from "./signature.ts";

type Client = { hub: Hub; credentials: Credentials; connection: Connection };

/** Some clients send the data of an event as a JSON string. */
const unpacked = <T extends z.ZodType>(shape: T) => z.preprocess((value) => (typeof value === "string" ? parsed(value) : value), shape);
const Message = z.object({ event: z.string(), channel: z.string().optional(), data: z.unknown().optional() });
const Subscription = unpacked(z.object({ channel: z.string(), auth: z.string().nullish(), channel_data: z.string().nullish() }));
const SignIn = unpacked(z.object({ auth: z.string(), user_data: z.string().max(maxEventBytes) }));
const MemberData = z.object({ user_id: z.union([z.string().min(1), z.number()]).transform(String), user_info: z.unknown().optional() });
const UserData = z.object({ id: z.string().min(1).max(maxMemberIdLength), user_info: z.unknown().optional(), watchlist: z.array(z.string()).max(maxWatchlist).default([]) });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // what is no JSON fails the shape that is asked for next, and the client is told
  }
}

/** Acts on one frame of a client (Pusher protocol 7). Anything malformed is answered by `pusher:error`, never by a crash. */
export function receive(client: Client, text: string): void {
  const message = Message.safeParse(parsed(text)).data;
  if (!message) return client.connection.complain("Not a protocol message: JSON with an event name is expected");
  switch (message.event) {
    case "pusher:ping":
      return client.connection.send("pusher:pong", {});
    case "pusher:pong":
      return;
    case "pusher:subscribe":
      return subscribe(client, Subscription.safeParse(message.data).data);
    case "pusher:unsubscribe":
      return client.hub.unsubscribe(client.connection, Subscription.safeParse(message.data).data?.channel ?? "");
    case "pusher:signin":
      return signIn(client, SignIn.safeParse(message.data).data);
    default:
      if (message.event.startsWith("client-")) return relay(client, message);
      return client.connection.complain(`Unknown event ${JSON.stringify(message.event.slice(0, maxNameLength))}`);
  }
}

function subscribe(client: Client, asked: z.infer<typeof Subscription> | undefined): void {
  const { hub, connection } = client;
  if (!asked || !isChannelName(asked.channel)) return connection.complain("Invalid channel name in subscription");
  const name = asked.channel;
  const refuse = (status: number, error: string, type = "AuthError") =>
    connection.send("pusher:subscription_error", { type, error, status }, name);
  if (connection.channels.has(name)) return connection.complain(`Existing subscription to channel ${name}`);
  if (connection.channels.size >= maxChannelsPerConnection) return refuse(4004, "Too many channels on one connection", "LimitReached");
  const ownUser = userOf(name);
  if (ownUser !== null && ownUser !== connection.user?.id) return refuse(401, "This channel belongs to another user");
  if (needsAuth(name)) {
    const text = [connection.id, name, ...(asked.channel_data ? [asked.channel_data] : [])].join(":");
    if (!signs(client.credentials, asked.auth ?? "", text)) return refuse(401, "Invalid signature");
  }
  if (!isPresence(name)) return hub.subscribe(connection, name, null);
  const member = memberOf(connection, asked.channel_data);
  if (!member) return refuse(4009, "Presence needs channel_data with a user_id, or a signed-in user; at most 128 characters, 1 KB of info");
  const channel = hub.channels.get(name);
  const full = channel && channel.memberIds.length >= maxPresenceMembers && !channel.hasMember(member.id);
  if (full) return refuse(4004, `At most ${maxPresenceMembers} members`, "LimitReached");
  hub.subscribe(connection, name, member);
}

/** Who joins a presence channel: named in the signed channel data or, without it, the signed-in user. */
function memberOf(connection: Connection, channelData: string | null | undefined): Member | null {
  const user = connection.user && { user_id: connection.user.id, user_info: connection.user.info };
  const found = MemberData.safeParse(channelData ? parsed(channelData) : user).data;
  if (!found || found.user_id.length > maxMemberIdLength) return null;
  if (Buffer.byteLength(JSON.stringify(found.user_info) ?? "") > maxMemberInfoBytes) return null;
  return { id: found.user_id, info: found.user_info ?? null };
}

function signIn({ hub, credentials, connection }: Client, asked: z.infer<typeof SignIn> | undefined): void {
  const valid = asked && signs(credentials, asked.auth, `${connection.id}::user::${asked.user_data}`);
  const user = valid ? UserData.safeParse(parsed(asked.user_data)).data : undefined;
  const another = connection.user !== null && connection.user.id !== user?.id;
  if (!asked || !user || another) return connection.close(4009, "Sign-in refused: invalid signature or user data");
  connection.send("pusher:signin_success", { user_data: asked.user_data });
  hub.users.enter(connection, { id: user.id, info: user.user_info, watchlist: [...new Set(user.watchlist)] });
}

/** Passes a client's event on to the others in a private or presence channel; at most ten a second. */
function relay({ hub, connection }: Client, message: z.infer<typeof Message>): void {
  const { event, channel: name = "", data } = message;
  const memberId = connection.channels.get(name);
  if (memberId === undefined) return connection.complain("Client event rejected: not subscribed to its channel");
  if (!needsAuth(name) || name.startsWith("private-encrypted-"))
    return connection.complain("Client event rejected: only private and presence channels carry them");
  const text = typeof data === "string" ? data : (JSON.stringify(data) ?? "");
  if (event.length > maxNameLength || Buffer.byteLength(text) > maxEventBytes) return connection.complain("Client event rejected: too large", 4301);
  if (!connection.takeClientEvent()) return connection.complain("Client event rejected due to rate limit", 4301);
  const sender = memberId === null ? {} : { user_id: memberId };
  hub.channels.get(name)?.sendFrame(frame({ event, channel: name, data, ...sender }), connection);
  hub.tell({ name: "client_event", channel: name, event, data: text, socket_id: connection.id, ...sender });
}
