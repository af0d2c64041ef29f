"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { usePolling } from "./live.ts";
import { usePlace } from "./place.ts";
import { inboxOptions, usePrefetchTicket } from "./queries.ts";
import { headLook, rowLook, ticketColumns } from "./ticket-cells.tsx";
import { views } from "./views.ts";

/** The loaded rows of the present view. */
export function useRows() {
  const place = usePlace();
  const list = useInfiniteQuery({ ...inboxOptions(place.query), refetchInterval: usePolling() });
  return { ...list, rows: list.data?.pages.flatMap((page) => page.items) ?? [] };
}

/** The list of the present view, fetched page by page as the reader comes near its end. */
export function InboxList({ cursor, onCursor }: { cursor: string | null; onCursor: (id: string) => void }) {
  const place = usePlace();
  const { rows, isPending, isError, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useRows();
  const prefetch = usePrefetchTicket();
  if (isPending) return <ListSkeleton />;
  if (isError && rows.length === 0) return <Banner tone="alert" className="m-4" action={<Button size="sm" onClick={() => refetch()}>Try again</Button>}>The list could not be loaded. {error.message}</Banner>;
  if (rows.length === 0) return <NothingHere />;
  const look = (ticket: StaffTicket) => ({
    id: `row-${ticket.id}`,
    onMouseEnter: () => prefetch(ticket.id),
    onFocus: () => { prefetch(ticket.id); onCursor(ticket.id); },
    className: cx(
      rowLook,
      "relative border-b border-line/70 transition-colors [contain-intrinsic-size:auto_76px] [content-visibility:auto]",
      place.ticketId === ticket.id ? "bg-selected" : cursor === ticket.id ? "bg-hover" : "hover:bg-hover",
      cursor === ticket.id && "shadow-[inset_3px_0_0_var(--accent)]",
    ),
  });
  return (
    <div className="@container/list focus-inset min-h-0 flex-1 overflow-y-auto overscroll-contain" tabIndex={-1}>
      <DataTable
        label={`${place.filters.q ? "Search results" : views[place.view].label}, tickets`}
        columns={ticketColumns}
        rows={rows}
        rowId={(ticket) => ticket.id}
        sort={place.query.sort ?? "-updatedAt"}
        onSort={(sort) => place.narrow({ sort: sort as NonNullable<typeof place.filters.sort> })}
        rowProps={look}
        className="block"
        headClassName={headLook}
        bodyClassName="block"
      />
      <NextPage more={hasNextPage} busy={isFetchingNextPage} count={rows.length} onNear={() => void fetchNextPage()} />
    </div>
  );
}

function NextPage({ more, busy, count, onNear }: { more: boolean; busy: boolean; count: number; onNear: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  const near = useEffectEvent(onNear);
  useEffect(() => {
    if (!more || busy || !mark.current) return;
    const watcher = new IntersectionObserver(([entry]) => { if (entry?.isIntersecting) near(); }, { rootMargin: "600px" });
    watcher.observe(mark.current);
    return () => watcher.disconnect();
  }, [more, busy]);
  return (
    <div ref={mark} role="status" className="px-4 py-5 text-center text-xs text-ink-3">
      {busy ? "Loading more…" : more ? <Button size="sm" onClick={onNear}>Load more</Button> : count > 12 ? `${count} tickets, that is all` : ""}
    </div>
  );
}

function NothingHere() {
  const place = usePlace();
  const { q, view: _view, sort: _sort, ...narrow } = place.filters;
  const narrowed = q !== null || Object.values(narrow).some((value) => value !== null);
  const clear = () => place.narrow({ q: null, status: null, priority: null, category: null, queue: null, tag: null, assignee: null });
  if (narrowed) return <EmptyState title={q ? `No ticket matches “${q.slice(0, 60)}”` : "No ticket matches these filters"} action={<Button onClick={clear}>Clear search and filters</Button>} />;
  return <EmptyState title={views[place.view].empty}>New tickets appear here by themselves.</EmptyState>;
}

const ListSkeleton = () => (
  <div role="status" className="@container/list min-h-0 flex-1 overflow-hidden">
    <span className="sr-only">Loading tickets</span>
    {[44, 66, 52, 71, 38, 60, 48, 55].map((width, index) => (
      <div key={index} className="grid grid-cols-[18px_1fr_auto] gap-x-2 gap-y-2 border-b border-line/70 px-4 py-3.5 @5xl/list:grid-cols-[18px_140px_1fr_60px] @5xl/list:gap-x-4">
        <Skeleton className="size-3.5 rounded-full" />
        <Skeleton className="w-24" />
        <Skeleton className="w-8 @5xl/list:order-last" />
        <span className="@5xl/list:hidden" />
        <span style={{ width: `${width}%` }}><Skeleton className="w-full" /></span>
      </div>
    ))}
  </div>
);
