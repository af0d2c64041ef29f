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
/** User ids that one user watches. */
export const maxWatchlist = 100;
/** Client events that one connection may send a second. */
export const clientEventsPerSecond = 10;
/** Seconds by which the timestamp of a signed request may differ from ours. */
export const signatureWindowSeconds = 600;
/** How long a cache channel keeps its last event, in ms. */
export const cacheMs = 30 * 60 * 1000;
/** More subscribers than this: the count is announced at most every `countEveryMs`. */
export const countAtOnceUpTo = 100;
export const countEveryMs = 5_000;

/** Webhooks: facts in one request and how long the first of them waits, when a leaving is told, how long the app may take
 * to answer, and when a request that is not taken is given up; in ms. */
export const webhookBatch = 20;
export const webhookWindowMs = 250;
export const webhookLeaveMs = 3_000;
export const webhookAnswerMs = 4_000;
export const webhookGiveUpMs = 5 * 60 * 1000;

/** Our own: bytes that may wait for one slow client before it is cut off (it comes back and refetches). */
export const maxBufferedBytes = 1024 * 1024;
/** Our own: bytes of one frame from a client, and of one REST body. */
export const maxFrameBytes = 64 * 1024;
export const maxBodyBytes = 1024 * 1024;
/** Our own: open connections, channels one connection may be in, cached events, and facts that wait for the app. */
export const maxConnections = 10_000;
export const maxChannelsPerConnection = 500;
export const maxCachedEvents = 1_000;
export const maxWaitingFacts = 10_000;
/** Our own: how long a request or a handshake may take to arrive, in ms. */
export const headMs = 10_000;
export const requestMs = 30_000;
