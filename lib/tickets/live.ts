import { z } from "zod";
import { isStaff, type Actor } from "../auth/service.ts";
import { channelSubject } from "../channels.ts";
import { AppError, forbidden, missing } from "../errors.ts";
import { channelPass, personPass } from "../realtime.ts";
import { demandSight } from "./read.ts";

const socketId = z.string().regex(/^\d+\.\d+$/, "must be a socket's id");
export const ChannelInput = z.object({ socket_id: socketId, channel_name: z.string().max(200) });
export const SocketInput = z.object({ socket_id: socketId });

/** Permission for one connection to hear one channel, by the same rules as reading what it speaks of. */
export async function channelFor(actor: Actor, { socket_id, channel_name }: z.infer<typeof ChannelInput>) {
  const asked = channelSubject(channel_name);
  if (!asked) throw missing("channel");
  if (asked.kind === "ticketPresence") {
    if (!isStaff(actor)) throw missing("ticket");
    await demandSight(actor, asked.id);
    return channelPass(socket_id, channel_name, actor);
  }
  if (asked.kind === "ticket" || asked.kind === "ticketStaff") {
    if (asked.kind === "ticketStaff" && !isStaff(actor)) throw missing("ticket");
    await demandSight(actor, asked.id);
  } else if (actor.kind !== "person") {
    throw new AppError("unauthenticated", "Please sign in first.");
  } else if (asked.kind === "person" ? asked.id !== actor.id : !seesAll(actor) && !(asked.kind === "queue" && actor.claimsFrom.includes(asked.id))) {
    throw forbidden();
  }
  return channelPass(socket_id, channel_name);
}

const seesAll = (actor: Actor) => actor.kind === "person" && (actor.roles.includes("manager") || actor.roles.includes("admin"));

/** Says who is behind a connection, so that ending a person's sessions ends it too. */
export async function connectionOf(actor: Actor, { socket_id }: z.infer<typeof SocketInput>) {
  if (actor.kind !== "person") throw new AppError("unauthenticated", "Please sign in first.");
  return personPass(socket_id, actor);
}
