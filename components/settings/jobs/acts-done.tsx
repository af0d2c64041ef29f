"use client";
import { useQuery } from "@tanstack/react-query";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { doneOptions } from "./queries.ts";

/** Entries of the ticket's history that a rule wrote, the newest first, each with its why. */
export function ActsDone({ ticketId }: { ticketId: string }) {
  const { data, error, refetch } = useQuery(doneOptions(ticketId));
  if (error) return <Banner tone="alert" action={<Button size="sm" look="quiet" onClick={() => void refetch()}>Try again</Button>}>{error.message}</Banner>;
  if (!data) return <div role="status" className="space-y-4 rounded-lg border bg-surface p-4"><span className="sr-only">Loading what was done</span><Skeleton className="w-2/3" /><Skeleton className="w-1/2" /></div>;
  if (data.length === 0) return <p className="rounded-lg border bg-surface p-4 text-sm text-ink-2 shadow-raised">Nothing so far. What people did is in the ticket’s history.</p>;
  return (
    <ol className="divide-y rounded-lg border bg-surface shadow-raised">
      {data.map((entry) => (
        <li key={entry.id} className="px-4 py-3 text-sm">
          <div className="flex items-baseline justify-between gap-4">
            <p className="min-w-0 font-medium wrap-anywhere">The desk {entry.text}</p>
            <RelativeTime at={entry.at} className="shrink-0 text-xs text-ink-3" />
          </div>
          {entry.why ? <p className="mt-0.5 text-xs text-ink-2 wrap-anywhere">{entry.why}</p> : null}
        </li>
      ))}
    </ol>
  );
}
