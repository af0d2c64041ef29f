"use client";
import { ArrowUpToLine, AtSign, MailX, MessageSquare, Star, Timer, TriangleAlert, UserRoundPlus, type LucideIcon } from "lucide-react";
import Link from "next/link";
import type { MouseEvent } from "react";
import type { NoticeKind } from "@/lib/notifications/schema.ts";
import type { NoticeView } from "@/lib/notifications/view.ts";
import { hrefOf } from "../desk/place.ts";
import { cx } from "../ui/cx.ts";
import { RelativeTime } from "../ui/relative-time.tsx";

const icons: Record<NoticeKind, LucideIcon> = { assigned: UserRoundPlus, mention: AtSign, "customer-replied": MessageSquare, escalated: ArrowUpToLine, reminder: Timer, breach: TriangleAlert, "breach-repeated": TriangleAlert, "low-rating": Star, bounced: MailX };
const tones: Partial<Record<NoticeKind, string>> = { reminder: "text-wait-text", breach: "text-alert-text", "breach-repeated": "text-alert-text" };
const plainClick = (event: MouseEvent) => !(event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0);

/** One notice: what happened, about which ticket, how it begins. Opens the ticket. */
export function NoticeRow({ notice, onOpen }: { notice: NoticeView; onOpen: (ticketId: string) => void }) {
  const { ticket } = notice;
  const look = "focus-inset grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-3 px-4 py-2.5 text-sm";
  if (!ticket) return <li className={cx(look, "text-ink-3")}><Inside notice={notice} /></li>;
  return (
    <li>
      <Link href={hrefOf(ticket.id)} prefetch={false} data-notice onClick={(event) => { if (plainClick(event)) { event.preventDefault(); onOpen(ticket.id); } }} className={cx(look, "hover:bg-hover")}>
        <Inside notice={notice} />
      </Link>
    </li>
  );
}

function Inside({ notice: { kind, text, words, ticket, read, at } }: { notice: NoticeView }) {
  const Icon = icons[kind];
  return (
    <>
      <Icon aria-hidden className={cx("mt-0.5 size-4", (ticket && tones[kind]) ?? "text-ink-3")} />
      <span className="min-w-0">
        {!read && <span className="sr-only">Unread. </span>}
        <span className={cx("block wrap-anywhere", read ? "text-ink-2" : "font-semibold text-ink")}>{text}</span>
        {ticket && <span className="mt-0.5 block truncate text-ink-2" title={ticket.subject}><span data-numeric className="text-ink-3">#{ticket.number}</span> {ticket.subject}</span>}
        {words && <span className="mt-0.5 line-clamp-2 text-xs text-ink-3 wrap-anywhere">{words}</span>}
      </span>
      <span className="flex flex-col items-end gap-2 text-xs text-ink-3">
        <RelativeTime at={at} short />
        {!read && <span aria-hidden className="size-2 rounded-full bg-accent" />}
      </span>
    </>
  );
}
