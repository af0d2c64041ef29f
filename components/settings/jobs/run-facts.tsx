"use client";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { exactTime } from "@/components/ui/time-words.ts";
import { useNow } from "@/components/ui/relative-time.tsx";
import type { JobRunDetail } from "@/lib/jobs.ts";
import { progressOf, statusWords } from "./words.ts";

const link = "text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current";

/** When, how long, by what, and its relation to other runs. */
export function RunFacts({ run }: { run: JobRunDetail }) {
  const now = useNow();
  const facts: [string, ReactNode][] = [
    ["Started", <time key="at" dateTime={run.createdAt} suppressHydrationWarning>{exactTime(run.createdAt)}</time>],
    ["Progress", <span key="progress" suppressHydrationWarning>{progressOf(run, now)}</span>],
    ["By", <Link key="event" className={`${link} break-all`} href={`/settings/jobs?tab=events&q=${run.event.id}`}>{run.event.name}</Link>],
    ...(run.replayOf ? [["Replay of", <Link key="of" className={`${link} font-mono text-xs break-all`} href={`/settings/jobs/${run.replayOf}`}>{run.replayOf}</Link>] as [string, ReactNode]] : []),
    ...run.replays.map(({ id, status }): [string, ReactNode] => ["Replayed", <Link key={id} className={link} href={`/settings/jobs/${id}`}>{statusWords[status].word.toLowerCase()}</Link>]),
  ];
  return (
    <dl className="mb-6 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 rounded-lg border bg-surface px-4 py-3 text-sm shadow-raised">
      {facts.map(([name, value], index) => <Fragment key={index}><dt className="text-ink-3">{name}</dt><dd>{value}</dd></Fragment>)}
    </dl>
  );
}
