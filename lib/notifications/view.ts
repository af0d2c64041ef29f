import { clockName } from "../clock-words.ts";
import { keptOf } from "./kept.ts";
import { RequesterKind, type Letter, type LetterKind, type Notice, type NoticeKind, type NoticeSettings } from "./schema.ts";
import type { Wishes } from "./when.ts";

/** What a person is told, as the page and the API show it. Of a ticket that they may not see any more nothing is left but that there was something. */
export type NoticeView = {
  id: string;
  kind: NoticeKind;
  /** One plain sentence. */
  text: string;
  words: string | null;
  ticket: { id: string; number: number; subject: string } | null;
  read: boolean;
  at: string;
};

export type NoticesView = { items: NoticeView[]; unread: number; nextCursor: string | null };

/** `mail`: every kind, also where the person chose nothing. `timeZone` null: the desk's. */
export type NoticeSettingsView = Pick<Wishes, "mail"> & Pick<NoticeSettings, "digest" | "quietHours" | "timeZone"> & { deskTimeZone: string };

const sentences: Record<NoticeKind, (by: string | null, detail: string | null) => string> = {
  assigned: (by) => (by ? `${by} gave you a ticket` : "A ticket came to you"),
  mention: (by) => `${by ?? "Somebody"} mentioned you in a note`,
  "customer-replied": (by) => `${by ?? "The customer"} replied`,
  escalated: (by, level) => `${by ?? "The desk"} moved a ticket to ${level === "engineering" ? "engineering" : "a manager"}`,
  reminder: (_by, name) => `The ${clockName(name)} is nearly due`,
  breach: (_by, name) => `The ${clockName(name)} is overdue`,
  "breach-repeated": (_by, name) => `The ${clockName(name)} is still overdue`,
  "low-rating": (by, score) => `${by ?? "The customer"} rated the help ${score ?? "1"} of 5`,
  bounced: () => "A mail to the customer came back",
};

/** `ticket` null: this person may not see it any more. */
export function toNoticeView(notice: Notice, ticket: { number: number; subject: string } | null): NoticeView {
  return {
    id: notice._id,
    kind: notice.kind,
    text: ticket ? sentences[notice.kind](notice.by, notice.detail) : "About a ticket that is not yours to see any more",
    words: ticket ? notice.words : null,
    ticket: ticket && { id: notice.ticketId, ...ticket },
    read: notice.readAt !== null,
    at: notice.at.toISOString(),
  };
}

/** A row of the ledger as staff see it. */
export type LetterView = {
  id: string;
  channel: "mail" | "slack";
  kind: LetterKind;
  /** `address`: Slack, where it is a message. */
  to: { name: string | null; address: string };
  toCustomer: boolean;
  why: string | null;
  /** held: until the address is confirmed · queued: on its way, or tried again · dropped: never sent */
  state: "held" | "queued" | "sent" | "delivered" | "bounced" | "complained" | "dropped";
  /** Why it is not there (yet). */
  trouble: string | null;
  attempts: number;
  subject: string | null;
  text: string | null;
  at: string;
  sentAt: string | null;
};

/** Words of a letter without what only its reader may have; none where it was written to let somebody in. */
export function toLetterView(letter: Letter, name: string | null): LetterView {
  const kept = letter.kept ?? keptOf(letter);
  const state = letter.delivery ?? (letter.state === "sending" ? "queued" : letter.state);
  return {
    id: letter._id,
    channel: letter.channel ?? "mail",
    kind: letter.kind,
    to: { name, address: letter.to },
    toCustomer: RequesterKind.safeParse(letter.kind).success,
    why: letter.why ?? null,
    state,
    trouble: letter.deliveryReason ?? letter.lastError ?? null,
    attempts: letter.attempts ?? 0,
    subject: kept?.subject || null,
    text: kept?.text ?? null,
    at: letter.at.toISOString(),
    sentAt: letter.sentAt?.toISOString() ?? null,
  };
}
