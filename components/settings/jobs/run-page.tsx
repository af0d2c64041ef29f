"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, newKey } from "@/components/api.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";
import type { JobRunDetail } from "@/lib/jobs.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import { Payload } from "./payload.tsx";
import { jobKeys, runOptions } from "./queries.ts";
import { RunFacts } from "./run-facts.tsx";
import { RunStatus } from "./runs-tab.tsx";
import { StepTimeline } from "./step-timeline.tsx";
import { shortName } from "./words.ts";

/** The key makes a repeated confirmation the same act. */
type Asking = { act: "cancel" | "replay"; key: string } | null;

/** One run: how it stands, each of its steps, what started it, and the two things that can be done about it. */
export function RunPage({ first }: { first: JobRunDetail }) {
  const client = useQueryClient();
  const router = useRouter();
  const hydrated = useHydrated();
  const { data: run = first, error } = useQuery({ ...runOptions(first.id), initialData: first });
  const [asking, setAsking] = useState<Asking>(null);

  async function cancel(idempotencyKey: string) {
    client.setQueryData(runOptions(run.id).queryKey, await api.post<JobRunDetail>(`/jobs/runs/${run.id}/cancellation`, {}, { idempotencyKey }));
    await client.invalidateQueries({ queryKey: jobKeys.all });
  }
  async function replay(idempotencyKey: string) {
    const { id } = await api.post<{ id: string }>(`/jobs/runs/${run.id}/replays`, {}, { idempotencyKey });
    await client.invalidateQueries({ queryKey: jobKeys.all });
    router.push(`/settings/jobs/${id}`);
  }

  return (
    <>
      <Link href="/settings/jobs" className="mb-3 inline-flex items-center gap-1.5 text-sm text-ink-2 hover:text-ink"><ArrowLeft aria-hidden className="size-4" />Jobs</Link>
      <div className="mb-5 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1"><h1 className="min-w-0 text-xl font-bold break-words">{shortName(run.functionId)}</h1><span role="status"><RunStatus run={run} /></span></div>
          <p className="mt-1 font-mono text-xs break-all text-ink-3">{run.id}</p>
        </div>
        {run.status === "running"
          ? <Button disabled={!hydrated} onClick={() => setAsking({ act: "cancel", key: newKey() })}>Cancel…</Button>
          : <Button look={run.status === "failed" ? "primary" : "plain"} disabled={!hydrated} onClick={() => setAsking({ act: "replay", key: newKey() })}>Replay…</Button>}
      </div>
      {error ? <Banner tone="alert" className="mb-4">{error.message}</Banner> : null}
      <RunFacts run={run} />
      {run.error ? (
        <section className="mb-6">
          <h2 className="mb-2 text-sm font-semibold">{run.status === "cancelled" ? "Why it was cancelled" : "Error"}</h2>
          <Payload tone={run.status === "cancelled" ? "plain" : "alert"} value={run.error.stack?.includes(run.error.message) ? run.error.stack : `${run.error.name}: ${run.error.message}${run.error.stack ? `\n${run.error.stack}` : ""}`} />
        </section>
      ) : null}
      <section className="mb-6">
        <h2 className="mb-2 text-sm font-semibold">Steps</h2>
        <StepTimeline run={run} />
      </section>
      {run.status === "completed" ? <section className="mb-6"><h2 className="mb-2 text-sm font-semibold">Result</h2><Payload value={run.output} cut={run.outputCut} /></section> : null}
      <section>
        <h2 className="mb-2 text-sm font-semibold">Event</h2>
        <Payload value={run.event} />
      </section>
      {asking?.act === "cancel" ? (
        <ConfirmDialog title="Cancel this run?" act="Cancel the run" run={() => cancel(asking.key)} onClose={() => setAsking(null)}>
          Its remaining steps are not done. A step that is at work ends, and its result is dropped. What was done stays done.
        </ConfirmDialog>
      ) : null}
      {asking?.act === "replay" ? (
        <ConfirmDialog look="primary" title="Replay this run?" act="Replay" run={() => replay(asking.key)} onClose={() => setAsking(null)}>
          A new run starts with the same event and does every step again, those that succeeded as well. What has its own key, such as a mail, is not done twice.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
