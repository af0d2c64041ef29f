"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { api } from "@/components/api.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";
import type { SettingsView } from "@/lib/auth/view.ts";
import { DeskFields, type DeskDraft } from "./desk-fields.tsx";
import { useSubmit } from "./use-submit.ts";

const draftOf = (settings: SettingsView): DeskDraft => ({
  ...settings, offlineGraceMinutes: String(settings.offlineGraceMinutes), remindMinutes: String(settings.remindMinutes),
  repeatBreachMinutes: String(settings.repeatBreachMinutes), closeAfterDays: String(settings.closeAfterDays), nudgeHours: String(settings.nudgeHours),
});

/** An empty field is no number, which the desk refuses by the field's name. */
const numberIn = (text: string) => (text.trim() === "" ? null : Number(text));

/** What holds for the whole desk. Only what was changed is sent, so that two admins don't undo each other. */
export function DeskForm({ first, mayEdit }: { first: SettingsView; mayEdit: boolean }) {
  const hydrated = useHydrated();
  const router = useRouter();
  const [saved, setSaved] = useState(() => draftOf(first));
  const [draft, setDraft] = useState(saved);
  const disabled = !hydrated || !mayEdit;
  const changed = (Object.keys(draft) as (keyof DeskDraft)[]).filter((field) => draft[field] !== saved[field]);
  const { form, busy, submit, error, general } = useSubmit(async () => {
    const sent = Object.fromEntries(changed.map((field) => [field, typeof saved[field] === "string" && /(Minutes|Days|Hours)$/.test(field) ? numberIn(String(draft[field])) : draft[field]]));
    const now = draftOf(await api.patch<SettingsView>("/settings", sent));
    setSaved(now);
    setDraft(now);
    toast.success("Saved.");
    router.refresh();
  });
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate className="max-w-2xl space-y-8">
      {general ? <Banner tone="alert">{general}</Banner> : null}
      <DeskFields draft={draft} onChange={setDraft} disabled={disabled} error={error} />
      {mayEdit ? <Button type="submit" look="primary" busy={busy} disabled={disabled || changed.length === 0}>Save</Button> : null}
    </form>
  );
}
