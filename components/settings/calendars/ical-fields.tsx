"use client";
import { FileUp, RefreshCw } from "lucide-react";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { api, ApiProblem } from "@/components/api.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { Holiday } from "@/lib/sla/schema.ts";
import type { CalendarView } from "@/lib/sla/view.ts";
import { Fault } from "../fault.tsx";
import { holidaysBesides, type CalendarDraft } from "./drafts.ts";

type IcalFieldsProps = { mayEdit: boolean; calendar: CalendarView | null; draft: CalendarDraft; onChange: (part: Partial<CalendarDraft>) => void; onRead: (calendar: CalendarView) => void; disabled: boolean; error: (...paths: string[]) => string | null };
const inWords = (error: unknown) => (error instanceof ApiProblem ? error.message : "That did not work. Please try again.");
const holidaysIn = (many: number) => `${many} ${many === 1 ? "holiday" : "holidays"}`;
const idle = (many: number) => `${many} ${many === 1 ? "entry" : "entries"} made no day free.`;

/** Holidays out of iCal: once from a file, or daily from an address. */
export function IcalFields({ mayEdit, calendar, draft, onChange, onRead, disabled, error }: IcalFieldsProps) {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState<"file" | "address" | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);

  async function take(file: File) {
    setBusy("file");
    setWrong(null);
    try {
      const { holidays, skipped } = await api.ask<{ holidays: Holiday[]; skipped: number }>("/calendars/ical", { text: await file.text(), timeZone: draft.timeZone });
      const { all, added } = holidaysBesides(draft.holidays, holidays);
      onChange({ holidays: all });
      toast.success(`${holidaysIn(added)} added. Save to keep ${added === 1 ? "it" : "them"}.`, { description: [holidays.length > added ? `${holidays.length - added} were there already.` : "", skipped > 0 ? idle(skipped) : ""].filter(Boolean).join(" ") || undefined });
    } catch (problem) {
      setWrong(inWords(problem)); // edge: told beside the button; what was being edited stays
    }
    setBusy(null);
  }
  async function readAgain(of: CalendarView) {
    setBusy("address");
    setWrong(null);
    try {
      onRead(await api.post<CalendarView>(`/calendars/${of.id}/reading`, {}));
    } catch (problem) {
      setWrong(inWords(problem)); // edge: as above
    }
    setBusy(null);
  }

  const saved = calendar?.icalUrl && calendar.icalUrl === draft.icalUrl.trim() ? calendar : null;
  return (
    <div className="space-y-4">
      <div className={mayEdit ? "" : "hidden"}>
        <input ref={input} type="file" accept=".ics,text/calendar" className="sr-only" tabIndex={-1} aria-label="iCal file" disabled={disabled} onChange={(event) => { const file = event.target.files?.[0]; event.target.value = ""; if (file) void take(file); }} />
        <Button busy={busy === "file"} disabled={disabled} onClick={() => input.current?.click()}><FileUp aria-hidden />Add from an iCal file…</Button>
        {wrong ? <Fault className="mt-2">{wrong}</Fault> : null}
      </div>
      <Field label="Read daily from an address" optional hint="A public .ics link. Its days stand beside your own and follow it; taking the link away takes them away." error={error("icalUrl")}>
        <Input type="url" inputMode="url" value={draft.icalUrl} placeholder="https://example.com/holidays.ics" autoComplete="off" disabled={disabled} onChange={(event) => onChange({ icalUrl: event.target.value })} />
      </Field>
      {saved ? <Reading calendar={saved} busy={busy === "address"} disabled={disabled} onAgain={() => void readAgain(saved)} /> : null}
    </div>
  );
}

function Reading({ calendar, busy, disabled, onAgain }: { calendar: CalendarView; busy: boolean; disabled: boolean; onAgain: () => void }) {
  const { icalReading: reading } = calendar;
  const again = disabled && !busy ? null : <Button size="sm" look="quiet" busy={busy} disabled={disabled} onClick={onAgain}><RefreshCw aria-hidden />Read again</Button>;
  const last = reading?.at ? <>Last read <RelativeTime at={reading.at} />: {holidaysIn(reading.found)}.{reading.skipped > 0 ? ` ${idle(reading.skipped)}` : ""}</> : "It could not be read yet.";
  if (reading?.failure) return <Banner tone="wait" action={again}>{last} Failed <RelativeTime at={reading.failure.at} />: {reading.failure.why} {reading.at ? "The holidays stay as they were." : ""}</Banner>;
  return <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2"><span>{reading ? last : "Not read yet."}</span>{again}</div>;
}
