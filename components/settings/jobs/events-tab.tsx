"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, useQueryStates } from "nuqs";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { JobEvent } from "@/lib/jobs.ts";
import { Payload } from "./payload.tsx";
import { eventsOptions } from "./queries.ts";
import { SearchBox } from "./search-box.tsx";
import { RunStatus } from "./runs-tab.tsx";
import { shortName } from "./words.ts";

/** What happened, the newest first, and which runs each event started. */
export function EventsTab() {
  const [{ event: name, q }, setFilters] = useQueryStates({ event: parseAsString, q: parseAsString });
  const events = useInfiniteQuery({ ...eventsOptions({ name, q }), placeholderData: (before) => before });
  const shown = events.data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = name !== null || q !== null;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <div className="w-full sm:w-72"><SearchBox label="Search events" placeholder="Id or text" value={q ?? ""} onSearch={(text) => void setFilters({ q: text || null })} /></div>
        {name ? <Button size="sm" look="quiet" onClick={() => void setFilters({ event: null })}>Only {name} ×</Button> : null}
      </div>
      {events.error ? <Banner tone="alert" className="mb-3" action={<Button size="sm" look="quiet" onClick={() => void events.refetch()}>Try again</Button>}>{events.error.message}</Banner> : null}
      {shown.length === 0 && !events.isFetching ? <EmptyState title={events.hasNextPage ? "None among the newest 5,000 events." : narrowed ? "No event fits." : "No event has arrived yet."} className="rounded-lg border bg-surface" /> : null}
      {shown.length > 0 ? (
        <ul aria-label="Events" className="divide-y rounded-lg border bg-surface shadow-raised">
          {shown.map((event) => <EventRow key={event.id} event={event} onName={() => void setFilters({ event: event.name })} />)}
        </ul>
      ) : null}
      {events.hasNextPage ? <Button className="mt-3" busy={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>{shown.length === 0 ? "Look further back" : "Show more"}</Button> : null}
    </>
  );
}

function EventRow({ event, onName }: { event: JobEvent; onName: () => void }) {
  return (
    <li className="px-4 py-3 text-sm">
      <div className="flex items-baseline justify-between gap-3">
        <button type="button" title="Only events of this name" onClick={onName} className="min-w-0 truncate text-left font-medium hover:underline">{event.name}</button>
        <RelativeTime at={event.receivedAt} className="shrink-0 text-xs text-ink-3" />
      </div>
      {event.runs.length === 0 ? <p className="mt-0.5 text-xs text-ink-3">Started no run</p> : (
        <ul aria-label="Runs it started" className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1.5">
          {event.runs.map((run) => (
            <li key={run.id} className="flex min-w-0 items-center gap-1.5">
              <Link href={`/settings/jobs/${run.id}`} className="truncate text-ink-2 hover:text-ink hover:underline">{shortName(run.functionId)}</Link>
              <RunStatus run={run} />
            </li>
          ))}
        </ul>
      )}
      <details className="mt-1.5">
        <summary className="w-fit text-xs text-ink-3 hover:text-ink">What it says</summary>
        <Payload value={event.body} className="mt-1.5" />
      </details>
    </li>
  );
}
