import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge.tsx";
import type { CalendarView, PolicyView } from "@/lib/sla/view.ts";
import { levelsPath } from "../service-levels-head.tsx";
import { dateInWords, todayIn } from "./drafts.ts";
import { WeekBars } from "./week-bars.tsx";

/** One calendar: its zone, its week at a glance, the next day off, and who counts by it. */
export function CalendarRow({ calendar, users }: { calendar: CalendarView; users: readonly PolicyView[] }) {
  const next = calendar.holidays.find(({ date }) => date >= todayIn(calendar.timeZone));
  return (
    <li className="relative flex items-center gap-4 px-4 py-4 hover:bg-hover/60">
      <WeekBars weekdays={calendar.weekdays} small className="shrink-0 max-sm:hidden" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h3 className="min-w-0 font-semibold [overflow-wrap:anywhere]"><Link href={`${levelsPath}/calendars/${calendar.id}`} className="after:absolute after:inset-0">{calendar.name}</Link></h3>
          {calendar.icalReading?.failure ? <Badge tone="alert">holidays not read</Badge> : null}
        </div>
        <p className="mt-0.5 text-sm text-ink-2 [overflow-wrap:anywhere]">
          {calendar.timeZone.replaceAll("_", " ")} · {users.length > 0 ? `counted by ${users.map(({ name }) => name).join(", ")}` : "not used yet"}
        </p>
        <p className="text-sm text-ink-3 [overflow-wrap:anywhere]">{next ? `Next day off: ${next.name}, ${dateInWords(next.date)}` : "No holidays to come"}</p>
      </div>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-3" />
    </li>
  );
}
