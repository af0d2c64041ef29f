"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { api, newKey } from "@/components/api.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";
import type { QueueView } from "@/lib/auth/view.ts";
import { typicalDay } from "@/lib/sla/rules.ts";
import type { CalendarView, PolicyView } from "@/lib/sla/view.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import { WhatIf } from "../what-if/what-if.tsx";
import { levelsPath } from "../service-levels-head.tsx";
import { useSubmit } from "../use-submit.ts";
import { policyDraft, targetsIn, whatIfPolicy } from "./drafts.ts";
import { DuePreview } from "./due-preview.tsx";
import { PolicyFields } from "./policy-fields.tsx";

type PolicyEditorProps = { policy: PolicyView | null; calendars: readonly CalendarView[]; queues: readonly QueueView[]; others: readonly PolicyView[]; mayEdit: boolean };

/** Makes a policy, or changes one; who may not edit reads it. */
export function PolicyEditor({ policy, calendars, queues, others, mayEdit }: PolicyEditorProps) {
  const hydrated = useHydrated();
  const client = useQueryClient();
  const router = useRouter();
  const dayIn = (calendarId: string) => typicalDay((calendars.find(({ id }) => id === calendarId) ?? calendars[0])?.weekdays ?? { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] });
  const [draft, setDraft] = useState(() => {
    const calendarId = policy?.calendarId ?? calendars[0]?.id ?? "";
    const drafted = policyDraft(policy, others.find((each) => each.default) ?? null, calendarId, dayIn(calendarId));
    return { ...drafted, queueIds: drafted.queueIds.filter((id) => queues.some((queue) => queue.id === id)) }; // one may have been deleted since
  });
  const [key, setKey] = useState(newKey);
  const [leaving, setLeaving] = useState(false);
  const dayMinutes = dayIn(draft.calendarId);
  const targets = targetsIn(draft, dayMinutes);

  const { form, busy, submit, error, general, forget } = useSubmit(async () => {
    if (!targets) {
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
      return;
    }
    const input = { ...draft, targets };
    if (policy) await api.patch(`/sla-policies/${policy.id}`, input, { ifMatch: policy.version });
    else await api.post("/sla-policies", input, { idempotencyKey: key });
    await done(`${draft.name} is saved. Running clocks follow it.`);
  });
  async function done(told: string) {
    await client.invalidateQueries({ queryKey: ["service levels"] });
    toast.success(told);
    router.push(levelsPath);
  }
  async function remove(of: PolicyView) {
    await api.delete(`/sla-policies/${of.id}`);
    await done(`${of.name} is deleted.`);
  }

  const disabled = !hydrated || !mayEdit;
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate className="space-y-7">
      {general ? <Banner tone="alert" action={<Button size="sm" look="quiet" onClick={() => window.location.reload()}>Look again</Button>}>{general}</Banner> : null}
      <PolicyFields draft={draft} onChange={(next) => { setDraft(next); setKey(newKey()); forget(); }} disabled={disabled} error={error} dayMinutes={dayMinutes} calendars={calendars} queues={queues} others={others} isDefault={policy?.default ?? others.length === 0} />
      <DuePreview asked={targets && draft.calendarId ? { targets, calendarId: draft.calendarId } : null} />
      {mayEdit ? <WhatIf asked={targets && draft.calendarId ? { policy: whatIfPolicy(policy, draft, targets) } : null} disabled={disabled} busy={busy} /> : null}
      {mayEdit ? (
        <div className="flex flex-wrap items-center gap-2 border-t pt-5">
          <Button type="submit" look="primary" busy={busy} disabled={disabled}>{policy ? "Save" : "Make the policy"}</Button>
          {policy && !policy.default ? <Button look="quiet" className="ml-auto text-alert-text" disabled={disabled} onClick={() => setLeaving(true)}>Delete…</Button> : null}
        </div>
      ) : null}
      {policy && leaving ? (
        <ConfirmDialog title={`Delete ${policy.name}?`} act="Delete the policy" run={() => remove(policy)} onClose={() => setLeaving(false)}>
          {policy.queueIds.length > 0 ? "Requests of its queues follow the default policy from then on, and running clocks are timed anew." : "No queue follows it, so no clock changes."} What was breached stays breached.
        </ConfirmDialog>
      ) : null}
    </form>
  );
}
