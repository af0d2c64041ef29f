"use client";
import { Check, Clock, LoaderCircle, X } from "lucide-react";
import Link from "next/link";
import { cx } from "@/components/ui/cx.ts";
import { useNow } from "@/components/ui/relative-time.tsx";
import { exactTime } from "@/components/ui/time-words.ts";
import type { JobNext, JobRunDetail, JobStep } from "@/lib/jobs.ts";
import { Payload } from "./payload.tsx";
import { aheadInWords, kindOf, lengthInWords } from "./words.ts";

const marks = {
  data: { icon: Check, look: "bg-good-soft text-good-text", word: "done" },
  error: { icon: X, look: "bg-alert-soft text-alert-text", word: "failed" },
  pending: { icon: Clock, look: "bg-wait-soft text-wait-text", word: "waiting" },
  next: { icon: LoaderCircle, look: "bg-info-soft text-info-text", word: "next" },
} as const;

function Mark({ of }: { of: keyof typeof marks }) {
  const { icon: Icon, look, word } = marks[of];
  return <span className={cx("absolute top-3 left-3 flex size-5 items-center justify-center rounded-full", look)}><Icon aria-hidden className="size-3" /><span className="sr-only">{word}</span></span>;
}

/** The steps in the order of their ends, then what waits, then what is to be done next. */
export function StepTimeline({ run }: { run: JobRunDetail }) {
  const now = useNow();
  const known = new Set(run.steps.map(({ id }) => id));
  const next = run.jobs.filter(({ step }) => step === null || !known.has(step));
  if (run.steps.length === 0 && next.length === 0) return <p className="text-sm text-ink-3">It ended without a step.</p>;
  return (
    <ol className="divide-y rounded-lg border bg-surface shadow-raised">
      {run.steps.map((step) => <Step key={step.id} step={step} job={run.jobs.find((each) => each.step === step.id)} run={run} now={now} />)}
      {next.map((job) => (
        <li key={`${job.kind} ${job.step} ${job.due}`} className="relative px-4 py-2.5 pl-11 text-sm">
          <Mark of="next" />
          <p className="font-medium">{job.calling ? "At work" : "What comes next"}</p>
          <Attempt job={job} run={run} now={now} />
        </li>
      ))}
    </ol>
  );
}

function Step({ step, job, run, now }: { step: JobStep; job: JobNext | undefined; run: JobRunDetail; now: number }) {
  const took = step.startedAt && step.endedAt ? lengthInWords(Date.parse(step.endedAt) - Date.parse(step.startedAt)) : null;
  const ending = step.state === "pending" ? (step.dueAt ? `${step.kind === "Sleep" ? "" : "at the latest "}${aheadInWords(step.dueAt, now)}` : "waiting") : (took ?? "");
  const failed = step.state === "error" ? (step.result as { name?: string; message?: string; stack?: string } | string) : null;
  const shown = step.state === "data" && step.result !== null;
  return (
    <li className="relative px-4 py-2.5 pl-11 text-sm">
      <Mark of={step.state} />
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="min-w-0 font-medium break-words">{step.name}</p>
        <p className="text-xs text-ink-3 tabular-nums" suppressHydrationWarning title={(step.endedAt ?? step.dueAt) ? exactTime(step.endedAt ?? step.dueAt ?? "") : undefined}>{step.kind === "StepPlanned" && step.state === "pending" ? "" : ending}</p>
      </div>
      <p className="text-xs break-words text-ink-3">
        {kindOf(step)}
        {step.waitsFor?.if ? <> if <code className="font-mono">{step.waitsFor.if}</code></> : null}
        {step.attempts && step.attempts > 1 ? ` · ${step.attempts} attempts` : ""}
        {step.waitsFor?.run ? <> · <Link href={`/settings/jobs/${step.waitsFor.run}`} className="text-accent-text hover:underline">its run</Link></> : null}
        {step.state === "data" && step.kind === "WaitForEvent" && step.result === null ? " · none came in time" : ""}
      </p>
      {job?.kind === "call" ? <Attempt job={job} run={run} now={now} /> : null}
      {failed ? <Payload tone="alert" className="mt-2" value={typeof failed === "string" ? failed : (failed.stack ?? `${failed.name}: ${failed.message}`)} /> : null}
      {shown ? (
        <details className="mt-1">
          <summary className="w-fit text-xs text-ink-3 hover:text-ink">{step.kind === "WaitForEvent" ? "The event" : "Result"}</summary>
          <Payload className="mt-1.5" value={step.result} cut={step.resultCut} />
        </details>
      ) : null}
    </li>
  );
}

/** When the app is called next, for the how manieth time, and why again. */
function Attempt({ job, run, now }: { job: JobNext; run: JobRunDetail; now: number }) {
  const when = job.calling ? "the app is being called" : job.blocked ? "waits for a free place" : Date.parse(job.due) > now ? `${exactTime(job.due)}, ${aheadInWords(job.due, now)}` : "due now";
  return (
    <>
      <p className="text-xs text-ink-3" suppressHydrationWarning>{job.attempt > 0 ? `Attempt ${job.attempt + 1}${run.maxAttempts ? ` of ${run.maxAttempts}` : ""} · ` : ""}{when}</p>
      {job.lastError ? <Payload tone="alert" className="mt-2" value={`${job.lastError.name}: ${job.lastError.message}`} /> : null}
    </>
  );
}
