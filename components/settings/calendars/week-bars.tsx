import { cx } from "@/components/ui/cx.ts";
import type { Calendar } from "@/lib/sla/schema.ts";
import { weekdayNames } from "./drafts.ts";

type Weekdays = Calendar["weekdays"];
const hourOf = (time: string) => Number(time.slice(0, 2)) + Number(time.slice(3)) / 60;
const told = (weekdays: Weekdays) => weekdayNames.map(({ key, long }) => `${long} ${weekdays[key].map(({ from, to }) => `${from} to ${to}`).join(" and ") || "closed"}`).join(", ");
const readable = /^([01]\d|2[0-4]):[0-5]\d$/;

/** The working hours of a week as bars over its days; small in lists, with hours beneath in an editor. */
export function WeekBars({ weekdays, small = false, className }: { weekdays: Weekdays; small?: boolean; className?: string }) {
  return (
    <figure role="img" aria-label={told(weekdays)} className={cx(small ? "w-28" : "w-full max-w-sm", className)}>
      <div className={small ? "space-y-0.5" : "space-y-1"}>
        {weekdayNames.map(({ key, short }) => (
          <div key={key} className="flex items-center gap-2">
            {small ? null : <span className="w-7 text-xs text-ink-3">{short}</span>}
            <div className={cx("relative flex-1 rounded-xs bg-sunken", small ? "h-1" : "h-3")}>
              {weekdays[key].filter(({ from, to }) => readable.test(from) && readable.test(to) && from < to).map(({ from, to }, index) => (
                <span key={index} className="absolute inset-y-0 rounded-xs bg-accent" style={{ left: `${(hourOf(from) / 24) * 100}%`, width: `${((hourOf(to) - hourOf(from)) / 24) * 100}%` }} />
              ))}
            </div>
          </div>
        ))}
      </div>
      {small ? null : (
        <div className="mt-1 ml-9 flex justify-between text-2xs text-ink-3" aria-hidden>
          {["0:00", "6:00", "12:00", "18:00", "24:00"].map((hour) => <span key={hour}>{hour}</span>)}
        </div>
      )}
    </figure>
  );
}
