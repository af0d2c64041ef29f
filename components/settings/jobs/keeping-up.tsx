"use client";
import { CircleCheck, CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx.ts";
import type { JobNumbers } from "@/lib/jobs.ts";
import { aheadInWords, bytesInWords, lengthInWords, verdictOn } from "./words.ts";

const looks = {
  good: { icon: CircleCheck, look: "text-good-text" },
  wait: { icon: TriangleAlert, look: "text-wait-text" },
  alert: { icon: CircleAlert, look: "text-alert-text" },
} as const;

const count = (of: number) => of.toLocaleString("en-GB");
const perMinute = (of: number) => (of < 10 ? of.toFixed(1) : count(Math.round(of)));

/** One word on whether the jobs keep up, and the figures behind it. */
export function KeepingUp({ numbers }: { numbers: JobNumbers }) {
  const { word, tone, why } = verdictOn(numbers);
  const { icon: Icon, look } = looks[tone];
  const { due, lately } = numbers;
  const sum = (of: "started" | "ended") => lately.minutes.reduce((total, each) => total + each[of], 0);
  const [started, ended] = [sum("started"), sum("ended")];
  return (
    <section aria-label="Keeping up" className="mb-6 rounded-lg border bg-surface shadow-raised">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 px-4 py-3.5">
        <div role="status" className="min-w-0">
          <p className={cx("flex items-center gap-2 text-lg font-semibold", look)}><Icon aria-hidden className="size-5 shrink-0" />{word}</p>
          <p className="mt-0.5 text-sm text-ink-2">{why}</p>
        </div>
        <Minutes minutes={lately.minutes} />
      </div>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-b-lg border-t bg-line md:grid-cols-3">
        <Figure name="Due and waiting" more={due.blocked > 0 ? `${count(due.blocked)} more are held back` : `${due.calling} at work`}>{count(due.waiting)}</Figure>
        <Figure name="From due to begun" more={lately.delayP95Ms === null ? "no job lately" : `95 % within ${lengthInWords(lately.delayP95Ms)}`}>{lately.delayP50Ms === null ? "–" : lengthInWords(lately.delayP50Ms)}</Figure>
        <Figure name="Running or asleep" more={numbers.nextTimerAt ? `next timer ${aheadInWords(numbers.nextTimerAt, Date.parse(numbers.time))}` : "no timer set"}>{count(numbers.running)}</Figure>
        <Figure name="Ended in 15 minutes" more={`${count(started)} started`}>{count(ended)}</Figure>
        <Figure name="Failed in 24 hours" more="shown first below" alert={numbers.failedInDay > 0}>{count(numbers.failedInDay)}</Figure>
        <Figure name="File" more="what ended is kept for 7 days">{bytesInWords(numbers.fileBytes)}</Figure>
      </dl>
    </section>
  );
}

function Figure({ name, more, alert = false, children }: { name: string; more: string; alert?: boolean; children: ReactNode }) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className={cx("mt-0.5 text-lg font-semibold", alert && "text-alert-text")}>{children}</dd>
      <dd className="text-xs text-ink-3">{more}</dd>
    </div>
  );
}

/** Ended runs a minute of the last quarter of an hour, the failed part in its own colour. */
function Minutes({ minutes }: { minutes: JobNumbers["lately"]["minutes"] }) {
  const most = Math.max(1, ...minutes.map((each) => each.ended));
  const sum = (of: "started" | "ended" | "failed") => minutes.reduce((total, each) => total + each[of], 0);
  const said = `In the last 15 minutes ${sum("started")} runs started, ${sum("ended")} ended, ${sum("failed")} of them failed`;
  return (
    <figure className="w-full sm:w-56">
      <svg viewBox="0 0 150 32" role="img" aria-label={said} preserveAspectRatio="none" className="h-8 w-full">
        {minutes.map((minute, index) => {
          const [whole, failed] = [(minute.ended / most) * 31, (minute.failed / most) * 31];
          return (
            <g key={minute.at}>
              <title>{`${minute.ended} ended, ${minute.failed} failed`}</title>
              <rect x={index * 10 + 1} y={32 - Math.max(1, whole)} width={8} height={Math.max(1, whole)} className={minute.ended === 0 ? "fill-line" : "fill-accent"} />
              {failed > 0 ? <rect x={index * 10 + 1} y={32 - Math.max(2, failed)} width={8} height={Math.max(2, failed)} className="fill-alert" /> : null}
            </g>
          );
        })}
      </svg>
      <figcaption className="mt-1 flex justify-between text-xs text-ink-3"><span>15 min ago</span><span>{perMinute(sum("ended") / minutes.length)} runs/min</span><span>now</span></figcaption>
    </figure>
  );
}
