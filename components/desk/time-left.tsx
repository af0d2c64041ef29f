"use client";
import type { SlaView } from "@/lib/tickets/view.ts";
import { cx } from "../ui/cx.ts";
import { useNow } from "../ui/relative-time.tsx";
import { exactTime } from "../ui/time-words.ts";
import { clockWords, pressing, shareLeft, shortly } from "./pressing.ts";

/** The time left of a ticket's most pressing clock, in words over a bar that shrinks. Nothing when no clock runs. */
export function TimeLeft({ sla }: { sla: SlaView }) {
  const now = useNow();
  const found = pressing(sla, now);
  if (!found) return null;
  const { name, clock, late } = found;
  const paused = !late && clock.dueAt === null;
  const soon = !late && clock.remindAt !== null && Date.parse(clock.remindAt) <= now;
  const due = clock.dueAt === null ? null : Date.parse(clock.dueAt);
  const words = paused ? "paused" : due === null ? "late" : late ? `${shortly(now - due)} late` : `${shortly(due - now)} left`;
  const title = paused ? `${clockWords[name]} is paused` : clock.dueAt === null ? `${clockWords[name]} is late` : `${clockWords[name]} ${late ? "was" : "is"} due ${exactTime(clock.dueAt)}`;
  return (
    <span title={title} className={cx("block w-14 text-right text-xs/4 @5xl/list:w-full @5xl/list:text-left", late ? "font-medium text-alert-text" : soon ? "font-medium text-wait-text" : "text-ink-3")} suppressHydrationWarning>
      <span className="sr-only">{clockWords[name]}: </span>
      {words}
      <span aria-hidden className={cx("mt-0.5 block h-0.75 overflow-hidden", paused ? "border-t border-dashed border-line-strong" : late ? "rounded-full bg-alert" : "rounded-full bg-line")}>
        {!paused && !late && <span className={cx("block h-full rounded-full", soon ? "bg-wait" : "bg-accent")} style={{ width: `${Math.round(shareLeft(clock, now) * 100)}%` }} suppressHydrationWarning />}
      </span>
    </span>
  );
}
