// Tickets: open, converse, work, read.
// Promises: an acknowledged ticket or message is stored with its event row in one transaction; the same
// Idempotency-Key makes one record, also over a crash; a stale version is told, never overwritten; messages
// append and never conflict; a private note, with its files, is in no answer, count, order or search of a customer;
// a file is taken by one message in the transaction that stores it, and what no message takes vanishes.
export { openTicket, type Receipt } from "./open.ts";
export { write, type Written } from "./converse.ts";
export { rate } from "./rate.ts";
export { rateByLink, ratingByLink } from "./rate-by-link.ts";
export { ratingUrl, type RatingLink } from "./rating-links.ts";
export { assign, close, edit, escalate, reopen, resolve, unassign } from "./work.ts";
export { countsFor, demandSight, hasUnsolvedIn, inboxFor, messagesFor, readUpTo, ticketFor, timelineFor, type Counts } from "./read.ts";
export { assignWaiting, keepWaiting, returnToQueue, stillWaiting, workingFor, workOf, type Placing } from "./routed.ts";
export { openingWords, TicketMoved, waitingTickets, workingOwners } from "./repo.ts";
export { actInTime, type Life } from "./automatic.ts";
export { lifeOf, livesAfter, livesDue, livesUntimed, nextActAt, noteClocks, noteClocksOfMany } from "./clocks.ts";
export { countOpenedSince, openedSince, type Opened } from "./opened.ts";
export { restore, type History } from "./restore.ts";
export { isResolved, letterAbout, requesterOf, resolvedByReply, seesTicket, staffFacts, type LetterFacts, type StaffFacts } from "./letters.ts";
export { endUnprovedSight, isWritten, noteBounce } from "./answered.ts";
export { subjectsFor, ticketNow, ticketsNow, wordsOf, type TicketNow } from "./told.ts";
export { attach, download } from "./files.ts";
export { sweepUploads } from "./upload.ts";
export { channelFor, connectionOf, ChannelInput, SocketInput } from "./live.ts";
