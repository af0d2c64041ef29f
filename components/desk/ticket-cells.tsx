import { ArrowDownLeft, ArrowUpRight, PenLine } from "lucide-react";
import type { MouseEvent } from "react";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { useHasDraft } from "../thread/drafts.ts";
import { Avatar } from "../ui/avatar.tsx";
import { cx } from "../ui/cx.ts";
import type { Column } from "../ui/data-table.tsx";
import { PriorityMark } from "../ui/priority-mark.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { StatusBadge } from "../ui/status-badge.tsx";
import { TimeLeft } from "./time-left.tsx";
import { hrefOf, openTicket, useOpenTicketId } from "./place.ts";

/** Which way the last public words went: in (a customer waits for us) or out. */
export const Direction = ({ by }: { by: StaffTicket["latest"]["by"] }) =>
  by === "customer" ? (
    <><ArrowDownLeft aria-hidden className="inline size-3.5 shrink-0 text-accent-text" /><span className="sr-only">Customer wrote: </span></>
  ) : (
    <><ArrowUpRight aria-hidden className="inline size-3.5 shrink-0 text-ink-3" /><span className="sr-only">We wrote: </span></>
  );

function SubjectCell({ ticket }: { ticket: StaffTicket }) {
  const opened = useOpenTicketId();
  const draft = useHasDraft(ticket.id);
  // the page is never asked for: a plain anchor, as a Link costs each row more than it gives
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    openTicket(ticket.id);
  };
  return (
    <div className="min-w-0 @5xl/list:flex @5xl/list:items-center @5xl/list:gap-2.5">
      <a
        href={hrefOf(ticket.id)}
        onClick={open}
        aria-current={opened === ticket.id ? "true" : undefined}
        className={cx("focus-inset block truncate text-sm text-ink outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent @5xl/list:max-w-[65%] @5xl/list:shrink-0", ticket.unread ? "font-semibold" : "font-medium")}
      >
        {ticket.unread && <span className="sr-only">Unread: </span>}
        {ticket.subject}
      </a>
      <p className="flex min-w-0 items-center gap-1 text-xs text-ink-3">
        {draft ? <span className="inline-flex shrink-0 items-center gap-1 font-medium text-note-text"><PenLine aria-hidden className="size-3" />Draft</span> : <Direction by={ticket.latest.by} />}
        <span className="truncate">{ticket.latest.snippet}</span>
      </p>
    </div>
  );
}

function OwnerCell({ ticket }: { ticket: StaffTicket }) {
  if (!ticket.assignee) return <span title="No owner" className="text-xs text-ink-3"><span aria-hidden className="block size-4.5 rounded-[28%] border border-dashed border-line-strong @5xl/list:hidden" /><span className={onlyWide}>No owner</span></span>;
  return (
    <span className="flex min-w-0 items-center gap-2 text-xs text-ink-2" title={ticket.assignee.name}>
      <Avatar name={ticket.assignee.name} side="staff" size="2xs" className="@5xl/list:size-5 @5xl/list:text-[0.5625rem]" />
      <span className={cx("truncate", onlyWide)}>{ticket.assignee.name}</span>
    </span>
  );
}

/** A word that is seen where a row is one line, and only spoken where it is three. */
const onlyWide = "@max-5xl/list:sr-only";

/** One row in two shapes: three short lines beside an open ticket, one line across when the list has the room. */
export const ticketColumns: readonly Column<StaffTicket>[] = [
  {
    id: "status",
    header: "Status",
    className: "relative col-start-1 row-start-1 row-end-4 @5xl/list:col-start-auto @5xl/list:row-auto",
    cell: (ticket) => (
      <>
        {ticket.unread && <span aria-hidden className="absolute top-1.5 -left-2.5 size-1.5 rounded-full bg-accent @5xl/list:top-1/2 @5xl/list:-left-2.5 @5xl/list:-translate-y-1/2" />}
        <StatusBadge status={ticket.status} className="mt-0.75 @5xl/list:mt-0" wordClassName={onlyWide} />
      </>
    ),
  },
  { id: "requester", header: "From", className: "col-start-2 row-start-1 min-w-0 @5xl/list:col-start-auto @5xl/list:row-auto", cell: (ticket) => <span className={cx("block truncate text-xs @5xl/list:text-sm", ticket.unread ? "font-semibold text-ink" : "text-ink-2")}>{ticket.requester.name}</span> },
  { id: "subject", header: "Subject", className: "col-start-2 col-end-4 row-start-2 row-end-4 min-w-0 @5xl/list:col-auto @5xl/list:row-auto", cell: (ticket) => <SubjectCell ticket={ticket} /> },
  { id: "priority", header: "Priority", sortKey: "priority", className: "col-start-4 row-start-2 justify-self-end @5xl/list:col-start-auto @5xl/list:row-auto @5xl/list:justify-self-start", cell: (ticket) => <PriorityMark priority={ticket.priority} className="flex" wordClassName={onlyWide} /> },
  { id: "due", header: "Due", sortKey: "slaDueAt", className: "col-start-3 row-start-1 justify-self-end @5xl/list:col-start-auto @5xl/list:row-auto @5xl/list:justify-self-stretch", cell: (ticket) => <TimeLeft sla={ticket.sla} /> },
  { id: "owner", header: "Owner", className: "col-start-4 row-start-3 min-w-0 justify-self-end @5xl/list:col-start-auto @5xl/list:row-auto @5xl/list:justify-self-stretch", cell: (ticket) => <OwnerCell ticket={ticket} /> },
  { id: "updated", header: "Updated", sortKey: "updatedAt", className: "col-start-4 row-start-1 justify-self-end text-right @5xl/list:col-start-auto @5xl/list:row-auto", cell: (ticket) => <RelativeTime at={ticket.updatedAt} short className="text-xs text-ink-3" /> },
];

/** The grids of a row and of the head; the head is only seen when the list is wide. */
export const rowLook = "grid grid-cols-[18px_minmax(0,1fr)_auto_auto] gap-x-2 gap-y-0.5 px-4 py-2.5 @5xl/list:grid-cols-[92px_minmax(110px,160px)_minmax(0,1fr)_74px_92px_minmax(96px,132px)_64px] @5xl/list:gap-x-4 @5xl/list:items-center @5xl/list:py-2.25";
export const headLook = "block max-h-0 overflow-hidden @5xl/list:max-h-none @5xl/list:sticky @5xl/list:top-0 @5xl/list:z-10 @5xl/list:border-b @5xl/list:bg-surface [&>tr]:grid [&>tr]:items-center [&>tr]:gap-x-4 [&>tr]:px-4 [&>tr]:py-1.5 [&>tr]:grid-cols-[92px_minmax(110px,160px)_minmax(0,1fr)_74px_92px_minmax(96px,132px)_64px]";
