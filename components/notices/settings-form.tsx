"use client";
import { useState } from "react";
import { toast } from "sonner";
import type { NoticeKind } from "@/lib/notifications/schema.ts";
import type { NoticeSettingsView } from "@/lib/notifications/view.ts";
import { api } from "../api.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { useSubmit } from "../settings/use-submit.ts";
import { ZoneField } from "../settings/zone-field.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Field, Input } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { Switch } from "../ui/toggle.tsx";
import { useHydrated } from "../use-hydrated.ts";
import { KindTable } from "./kind-table.tsx";
import { kindWords } from "./words.ts";

type Props = {
  first: NoticeSettingsView;
  /** Kinds that go to the desk's channel; null: the desk has none. */
  slack: readonly NoticeKind[] | null;
  /** Kinds that a digest gathers. */
  gathered: readonly NoticeKind[];
};

const nights = { from: "20:00", to: "07:00" };
const rhythms = [{ value: "off", label: "One by one, at once" }, { value: "hour", label: "Gathered, once an hour" }, { value: "day", label: "Gathered, once a day" }] as const;

/** How one person wants to be told. Only what was changed is sent. */
export function NoticeSettingsForm({ first, slack, gathered }: Props) {
  const { me } = useDesk();
  const disabled = !useHydrated();
  const [saved, setSaved] = useState(first);
  const [draft, setDraft] = useState(first);
  const set = (part: Partial<NoticeSettingsView>) => setDraft({ ...draft, ...part });
  const kinds = (Object.keys(kindWords) as NoticeKind[]).filter((kind) => kindWords[kind].roles.some((role) => me.roles.includes(role)));
  const changed = (["mail", "digest", "quietHours", "timeZone"] as const).filter((field) => JSON.stringify(draft[field]) !== JSON.stringify(saved[field]));
  const { form, busy, submit, error, general } = useSubmit(async () => {
    const mail = Object.fromEntries(Object.entries(draft.mail).filter(([kind, choice]) => saved.mail[kind as NoticeKind] !== choice));
    const now = await api.patch<NoticeSettingsView>("/me/notification-settings", { ...Object.fromEntries(changed.map((field) => [field, draft[field]])), ...(changed.includes("mail") ? { mail } : {}) });
    setSaved(now);
    setDraft(now);
    toast.success("Saved.");
  });
  const { digest, quietHours, timeZone, deskTimeZone } = draft;
  const atOnce = kinds.filter((kind) => !gathered.includes(kind));
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate className="max-w-3xl space-y-6">
      {general ? <Banner tone="alert">{general}</Banner> : null}
      <section aria-label="What you are told of" className="overflow-hidden rounded-lg border bg-surface shadow-raised">
        <KindTable kinds={kinds} mail={draft.mail} slack={slack ?? []} disabled={disabled} onChange={(kind, choice) => set({ mail: { ...draft.mail, [kind]: choice } })} />
        <p className="border-t px-4 py-3 text-xs text-ink-3">
          Away means that you switched yourself away, or have had no page of the desk open for a minute. What you have open on screen is never mailed.{" "}
          {slack === null ? "This desk has no Slack channel." : "The desk’s Slack channel hears of promised times and low ratings, once each, whomever they concern."}
        </p>
      </section>
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <Card title="How mail comes">
          <div className="space-y-4">
            <Field label="Letters" hint={digest.every === "off" ? undefined : `What is still unread comes in one letter. At once as ever: ${atOnce.map((kind) => kindWords[kind].label.toLowerCase()).join(", ")}.`}>
              <Select choices={rhythms} value={digest.every} disabled={disabled} onChange={(every) => set({ digest: { ...digest, every } })} />
            </Field>
            {digest.every === "day" ? (
              <Field label="At" error={error("digest.at")}>
                <Input type="time" value={digest.at} disabled={disabled} onChange={(event) => set({ digest: { ...digest, at: event.target.value } })} className="w-32 tabular-nums" />
              </Field>
            ) : null}
          </div>
        </Card>
        <Card title="Quiet hours">
          <div className="space-y-4">
            <Switch label="No mail at certain hours" hint="It waits for their end, and comes if you have not read it by then." checked={quietHours !== null} disabled={disabled} onCheckedChange={(on) => set({ quietHours: on ? (saved.quietHours ?? nights) : null })} />
            {quietHours ? (
              <div className="flex flex-wrap gap-4">
                {(["from", "to"] as const).map((end) => (
                  <Field key={end} label={end === "from" ? "From" : "Until"} error={error(`quietHours.${end}`)}>
                    <Input type="time" value={quietHours[end]} disabled={disabled} onChange={(event) => set({ quietHours: { ...quietHours, [end]: event.target.value } })} className="w-32 tabular-nums" />
                  </Field>
                ))}
              </div>
            ) : null}
          </div>
        </Card>
      </div>
      {digest.every === "day" || quietHours ? (
        <div className="max-w-sm">
          <ZoneField label="Your time zone" value={timeZone ?? deskTimeZone} disabled={disabled} error={error("timeZone")} hint={timeZone === null ? "The desk’s." : undefined} onChange={(zone) => set({ timeZone: zone === deskTimeZone ? null : zone })} />
        </div>
      ) : null}
      <Button type="submit" look="primary" busy={busy} disabled={disabled || changed.length === 0}>Save</Button>
    </form>
  );
}
