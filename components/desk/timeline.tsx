"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { usePolling } from "./live.ts";
import { timelineOptions } from "./queries.ts";

const shownAtFirst = 8;

/** What happened, newest first: who, what, and why where a rule did it. */
export function Timeline({ ticketId }: { ticketId: string }) {
  const { data, isError, refetch } = useQuery({ ...timelineOptions(ticketId), refetchInterval: usePolling() });
  const [all, setAll] = useState(false);
  if (isError && !data) return <p className="text-sm text-ink-2">The history could not be loaded. <Button look="link" onClick={() => refetch()}>Try again</Button></p>;
  if (!data) return <div role="status" className="space-y-3"><span className="sr-only">Loading the history</span><Skeleton className="w-4/5" /><Skeleton className="w-3/5" /><Skeleton className="w-2/3" /></div>;
  const entries = data.toSorted((a, b) => b.seq - a.seq);
  const shown = all ? entries : entries.slice(0, shownAtFirst);
  return (
    <>
      <ol className="relative space-y-3 before:absolute before:top-2 before:bottom-2 before:left-[3px] before:w-px before:bg-line">
        {shown.map((entry) => (
          <li key={entry.id} className="relative pl-5 text-xs">
            <span aria-hidden className={`absolute top-1.25 left-0 size-[7px] rounded-full border ${entry.actor.kind === "system" ? "border-line-strong bg-surface" : "border-accent bg-accent"}`} />
            <p className="text-ink-2 wrap-anywhere"><span className="font-medium text-ink">{entry.actor.name}</span> {entry.text}</p>
            {entry.why && <p className="text-ink-3 wrap-anywhere">{entry.why}</p>}
            <RelativeTime at={entry.at} className="text-ink-3" />
          </li>
        ))}
      </ol>
      {entries.length > shown.length && <Button look="link" size="sm" className="mt-3" onClick={() => setAll(true)}>Show all {entries.length}</Button>}
    </>
  );
}
