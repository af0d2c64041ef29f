import { maxNameLength } from "./limits.ts";

/** What the prefix of a channel's name says about it (Pusher protocol 7). */
export const isPresence = (channel: string): boolean => channel.startsWith("presence-");
export const needsAuth = (channel: string): boolean => channel.startsWith("private-") || isPresence(channel);
export const isCache = (channel: string): boolean => /^(private-|presence-|private-encrypted-)?cache-/.test(channel);

/** The channel on which the server speaks to one signed-in user. */
const toUser = "#server-to-user-";
export const userOf = (channel: string): string | null => (channel.startsWith(toUser) ? channel.slice(toUser.length) : null);

/** Whether a name is a channel's: the vendor's letters, at most 200 of them. User ids in user channels are free text. */
export function isChannelName(name: unknown): name is string {
  if (typeof name !== "string" || name.length > maxNameLength) return false;
  return /^[A-Za-z0-9_\-=@,.;]+$/.test(name) || (userOf(name) ?? "") !== "";
}
