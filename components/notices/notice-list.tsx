"use client";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import type { NoticesView } from "@/lib/notifications/view.ts";
import { dayWords } from "../thread/day-words.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { NoticeRow } from "./notice-row.tsx";
import { noticesIn } from "./queries.ts";

type Props = { notices: UseInfiniteQueryResult<InfiniteData<NoticesView>>; onOpen: (ticketId: string) => void };

/** Arrows go from row to row, as in any list. */
function step(event: KeyboardEvent<HTMLElement>) {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-notice]")];
  const next = by === 0 ? undefined : rows[rows.indexOf(document.activeElement as HTMLElement) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** The notices by day, the newest first. */
export function NoticeList({ notices, onOpen }: Props) {
  const items = noticesIn(notices.data);
  if (notices.isPending) return <Loading />;
  if (notices.isError && items.length === 0) return <Banner tone="alert" className="m-4" action={<Button size="sm" onClick={() => void notices.refetch()}>Try again</Button>}>The notifications could not be loaded. {notices.error.message}</Banner>;
  if (items.length === 0) return <EmptyState className="my-auto" title="Nothing to tell you yet">You will read here of tickets that come to you, answers of customers, mentions, and promised times that come near.</EmptyState>;
  const days = [...Map.groupBy(items, ({ at }) => dayWords(at))];
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-3" onKeyDown={step}>
      {days.map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h3 className="sticky top-0 z-10 bg-surface px-4 pt-3 pb-1 text-xs font-medium text-ink-3">{day}</h3>
          <ul>{ofDay.map((notice) => <NoticeRow key={notice.id} notice={notice} onOpen={onOpen} />)}</ul>
        </section>
      ))}
      {notices.hasNextPage && <div className="px-4 pt-2"><Button size="sm" busy={notices.isFetchingNextPage} onClick={() => void notices.fetchNextPage()} className="w-full">Show older</Button></div>}
    </div>
  );
}

const Loading = () => (
  <div role="status" className="space-y-5 p-4">
    <span className="sr-only">Loading notifications</span>
    {["w-2/3", "w-1/2", "w-3/4", "w-3/5"].map((width) => <div key={width} className="space-y-2 pl-7"><Skeleton className={width} /><Skeleton className="w-full" /></div>)}
  </div>
);
