"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { api, newKey } from "@/components/api.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";
import type { CalendarView, PolicyView } from "@/lib/sla/view.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import { WhatIf } from "../what-if/what-if.tsx";
import { levelsPath } from "../service-levels-head.tsx";
import { DuePreview } from "../policies/due-preview.tsx";
import { useSubmit } from "../use-submit.ts";
import { ZoneField } from "../zone-field.tsx";
import { calendarDraft, calendarInput, holidaysBesides, type CalendarDraft } from "./drafts.ts";
import { HolidayFields } from "./holiday-fields.tsx";
import { IcalFields } from "./ical-fields.tsx";
import { WeekBars } from "./week-bars.tsx";
import { WeekdayFields } from "./weekday-fields.tsx";

type CalendarEditorProps = { calendar: CalendarView | null; users: readonly PolicyView[]; timeZone: string; mayEdit: boolean };

/** Makes a calendar, or changes one; who may not edit reads it. `users`: the policies that count by it. */
export function CalendarEditor({ calendar: first, users, timeZone, mayEdit }: CalendarEditorProps) {
  const hydrated = useHydrated();
  const client = useQueryClient();
  const router = useRouter();
  const [calendar, setCalendar] = useState(first);
  const [draft, setDraft] = useState(() => calendarDraft(first, timeZone));
  const [key, setKey] = useState(newKey);
  const [leaving, setLeaving] = useState(false);
  const set = (part: Partial<CalendarDraft>) => { setDraft({ ...draft, ...part }); setKey(newKey()); forget(); };

  const { form, busy, submit, error, general, forget } = useSubmit(async () => {
    if (calendar) await api.patch(`/calendars/${calendar.id}`, calendarInput(draft), { ifMatch: calendar.version });
    else await api.post("/calendars", calendarInput(draft), { idempotencyKey: key });
    await done(users.length > 0 ? `${draft.name} is saved. Running clocks follow it.` : `${draft.name} is saved.`);
  });
  async function done(told: string) {
    await client.invalidateQueries({ queryKey: ["service levels"] });
    toast.success(told);
    router.push(levelsPath);
  }
  /** What else is being edited stays. */
  function readAgain(read: CalendarView) {
    setCalendar(read);
    const { all } = holidaysBesides(draft.holidays.filter(({ origin }) => origin !== "ical"), read.holidays.filter(({ origin }) => origin === "ical"));
    setDraft({ ...draft, holidays: all });
    void client.invalidateQueries({ queryKey: ["service levels"] });
  }
  async function remove(of: CalendarView) {
    await api.delete(`/calendars/${of.id}`);
    await done(`${of.name} is deleted.`);
  }

  const disabled = !hydrated || !mayEdit;
  const firstUser = users.find((policy) => policy.default) ?? users[0];
  const hours = { timeZone: draft.timeZone, weekdays: draft.weekdays, holidays: draft.holidays };
  const names = users.map(({ name }) => `“${name}”`).join(", ");
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate className="space-y-7">
      {general ? <Banner tone="alert" action={<Button size="sm" look="quiet" onClick={() => window.location.reload()}>Look again</Button>}>{general}</Banner> : null}
      {users.length > 0 ? <p className="text-sm text-ink-2 [overflow-wrap:anywhere]">Counted by {names}. A change re-times their running clocks.</p> : null}
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <Field label="Name" required error={error("name")}>
          <Input value={draft.name} maxLength={120} placeholder="Business hours" autoComplete="off" disabled={disabled} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <ZoneField label="Time zone" hint="The hours below are by its clocks." value={draft.timeZone} disabled={disabled} error={error("timeZone")} onChange={(zone) => set({ timeZone: zone })} />
      </div>
      <section aria-labelledby="hours">
        <h2 id="hours" className="text-sm font-semibold">Working hours</h2>
        <p className="mt-0.5 mb-4 text-xs text-ink-3">24:00 ends a day; a night is two intervals, up to 24:00 and from 00:00.</p>
        <WeekdayFields weekdays={draft.weekdays} onChange={(weekdays) => set({ weekdays })} disabled={disabled} error={error} />
        <WeekBars weekdays={draft.weekdays} className="mt-5" />
      </section>
      <section aria-labelledby="holidays">
        <h2 id="holidays" className="text-sm font-semibold">Holidays</h2>
        <p className="mt-0.5 mb-3 text-xs text-ink-3">No time is counted on these days.</p>
        <HolidayFields holidays={draft.holidays} timeZone={draft.timeZone} onChange={(holidays) => set({ holidays })} disabled={disabled} error={error} />
        {mayEdit || calendar?.icalUrl ? <div className="mt-5 border-t pt-5"><IcalFields mayEdit={mayEdit} calendar={calendar} draft={draft} onChange={set} onRead={readAgain} disabled={disabled} error={error} /></div> : null}
      </section>
      {firstUser ? <DuePreview asked={{ policyId: firstUser.id, calendar: hours }} under={firstUser.name} /> : null}
      {mayEdit && calendar && firstUser ? <WhatIf asked={{ calendar: { id: calendar.id, ...hours } }} disabled={disabled} busy={busy} /> : null}
      {mayEdit ? (
        <div className="flex flex-wrap items-center gap-2 border-t pt-5">
          <Button type="submit" look="primary" busy={busy} disabled={disabled}>{calendar ? "Save" : "Make the calendar"}</Button>
          {calendar && users.length === 0 ? <Button look="quiet" className="ml-auto text-alert-text" disabled={disabled} onClick={() => setLeaving(true)}>Delete…</Button> : null}
        </div>
      ) : null}
      {calendar && leaving ? <ConfirmDialog title={`Delete ${calendar.name}?`} act="Delete the calendar" run={() => remove(calendar)} onClose={() => setLeaving(false)}>No policy counts by it, so no clock changes. Its hours and holidays are gone for good.</ConfirmDialog> : null}
    </form>
  );
}
