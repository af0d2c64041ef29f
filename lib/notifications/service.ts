// Who hears what in the page, by mail and in Slack, and the ledger of all that was sent.
// Promises: one letter a fact, kind and person, frozen before it is sent and sent under one idempotency key; an
// address that is not proved gets one mail a day at most, and what is held goes out when it is proved; a private note
// is in no letter to a customer (only public messages can be asked for), and in one to staff only for who may see it.
export { tell, tellOf } from "./tell.ts";
export { mailWhatIsDue } from "./due.ts";
export { noticesFor, readNotices, readNoticesOf } from "./notices.ts";
export { changeNoticeSettings, noticeSettingsFor } from "./preferences.ts";
export { ways } from "./table.ts";
export { postToSlack, sendHeld, writeAboutTicket, writeLetter, writeToPerson } from "./letters.ts";
export { sendLeftBehind } from "./sending.ts";
export { noteMailEvent } from "./fate.ts";
export { mailOffPage, showMailOff, turnOffByLink } from "./turned-off.ts";
export { lettersFor } from "./ledger.ts";
