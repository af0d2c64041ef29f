/** The vendor's limits (Pusher Channels documentation, "limits" and "protocol"), and our own for memory. */

/** Bytes of one event's data, published or sent by a client. Above: 413 or error 4301. */
export const maxEventBytes = 10 * 1024;
/** Characters of a channel's and of an event's name. */
export const maxNameLength = 200;
/** Channels that one trigger may name. */
export const maxChannelsPerTrigger = 100;
/** Events of one batch. */
export const maxBatch = 10;
/** Different users in one presence channel. */
export const maxPresenceMembers = 100;
/** Characters of a presence member's id; bytes of the info about it. */
export const maxMemberIdLength = 128;
export const maxMemberInfoBytes = 1024;
/** Client events that one connection may send a second. */
export const clientEventsPerSecond = 10;
/** Seconds by which the timestamp of a signed request may differ from ours. */
export const signatureWindowSeconds = 600;
/** How long a cache channel keeps its last event, in ms. */
export const cacheMs = 30 * 60 * 1000;
/** More subscribers than this: the count is announced at most every `countEveryMs`. */
export const countAtOnceUpTo = 100;
export const countEveryMs = 5_000;

/** Our own: bytes that may wait for one slow client before it is cut off (it comes back and refetches). */
export const maxBufferedBytes = 1024 * 1024;
/** Our own: bytes of one frame from a client, and of one REST body. */
export const maxFrameBytes = 64 * 1024;
export const maxBodyBytes = 1024 * 1024;
/** Our own: open connections, channels one connection may be in, and cached events. */
export const maxConnections = 10_000;
export const maxChannelsPerConnection = 500;
export const maxCachedEvents = 1_000;
