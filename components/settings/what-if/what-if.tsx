"use client";
import { FlaskConical } from "lucide-react";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { useWhatIf } from "./use-what-if.ts";
import { WhatIfResult } from "./what-if-result.tsx";

/** Tries what is being edited on the requests of the last 90 days, before it is saved. `asked`: rules for the door; null while they can't be read. */
export function WhatIf({ asked, disabled, busy }: { asked: object | null; disabled: boolean; busy: boolean }) {
  const { trial, run, cancel } = useWhatIf();
  const stale = trial !== null && trial.asked !== JSON.stringify(asked);
  const running = trial !== null && !trial.result && !trial.failed;
  const share = trial && trial.of > 0 ? Math.round((trial.looked / trial.of) * 100) : 0;
  return (
    <section aria-labelledby="what-if" className="rounded-lg border bg-surface p-4 shadow-raised">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 id="what-if" className="text-sm font-semibold">What if?</h2>
          <p className="mt-0.5 max-w-[60ch] text-xs text-ink-3">Try this on the requests of the last 90 days, as if it had always held. Nothing is changed by that.</p>
        </div>
        {running ? <Button onClick={cancel}>Stop</Button> : <Button disabled={disabled || asked === null} onClick={() => { if (asked) void run(asked); }}><FlaskConical aria-hidden />{trial ? "Try again" : "Try it on the past"}</Button>}
      </div>
      {running ? (
        <div role="status" className="mt-4">
          <div role="progressbar" aria-label="Requests looked at" aria-valuenow={share} aria-valuemin={0} aria-valuemax={100} className="h-1.5 overflow-hidden rounded-full bg-line"><div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${share}%` }} /></div>
          <p className="mt-1.5 text-xs text-ink-3 tabular-nums">{trial.of > 0 ? `${trial.looked} of ${trial.of} requests` : "Looking…"}</p>
        </div>
      ) : null}
      {trial?.failed ? <Banner tone="alert" className="mt-4">{trial.failed}</Banner> : null}
      {trial?.result ? (
        <div className="mt-4">
          {stale ? <Banner tone="wait" className="mb-3">You have changed something since. Try again to see what that means.</Banner> : null}
          <WhatIfResult result={trial.result} className={stale ? "opacity-60" : ""} />
          <div className="mt-4 flex justify-end"><Button type="submit" look="primary" busy={busy} disabled={disabled}>Save it like this</Button></div>
        </div>
      ) : null}
    </section>
  );
}
