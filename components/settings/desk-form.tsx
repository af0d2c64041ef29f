"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { api } from "@/components/api.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { Switch } from "@/components/ui/toggle.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";
import type { SettingsView } from "@/lib/auth/view.ts";
import { useSubmit } from "./use-submit.ts";

/** What holds for the whole desk. */
export function DeskForm({ first, mayEdit }: { first: SettingsView; mayEdit: boolean }) {
  const hydrated = useHydrated();
  const router = useRouter();
  const [saved, setSaved] = useState(first);
  const [draft, setDraft] = useState({ ...first, offlineGraceMinutes: String(first.offlineGraceMinutes) });
  const disabled = !hydrated || !mayEdit;
  const changed = draft.name !== saved.name || draft.queueVisibility !== saved.queueVisibility || draft.offlineGraceMinutes !== String(saved.offlineGraceMinutes);
  const { form, busy, submit, error, general } = useSubmit(async () => {
    setSaved(await api.patch<SettingsView>("/settings", { ...draft, offlineGraceMinutes: Number(draft.offlineGraceMinutes) }));
    toast.success("Saved.");
    router.refresh();
  });
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate className="max-w-xl space-y-6">
      {general ? <Banner tone="alert">{general}</Banner> : null}
      <Field label="Name of the desk" required hint="Customers read it on the help center and in every mail." error={error("name")}>
        <Input value={draft.name} maxLength={120} disabled={disabled} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
      </Field>
      <Field label="Minutes until an absent owner’s requests move on" hint="Who has been offline for longer gives their open requests back to the queue." error={error("offlineGraceMinutes")}>
        <Input type="number" inputMode="numeric" min={1} max={1440} value={draft.offlineGraceMinutes} disabled={disabled} onChange={(event) => setDraft({ ...draft, offlineGraceMinutes: event.target.value })} className="w-28" />
      </Field>
      <div className="rounded-lg border bg-surface p-4">
        <Switch label="Agents see unassigned requests of their queues" hint="They can take one themselves. Otherwise they see what was given to them." checked={draft.queueVisibility} disabled={disabled} onCheckedChange={(queueVisibility) => setDraft({ ...draft, queueVisibility })} />
      </div>
      {mayEdit ? <Button type="submit" look="primary" busy={busy} disabled={disabled || !changed}>Save</Button> : null}
    </form>
  );
}
