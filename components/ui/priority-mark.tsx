import type { Priority } from "@/lib/tickets/schema.ts";
import { cx } from "./cx.ts";

export const priorityWords: Record<Priority, string> = { low: "Low", normal: "Normal", high: "High", urgent: "Urgent" };
const bars: Record<Exclude<Priority, "urgent">, number> = { low: 1, normal: 2, high: 3 };

/** Priority as bars of a signal; urgent is a filled square with an exclamation mark. `wordClassName` may hide the word from the eye (`sr-only`). */
export function PriorityMark({ priority, wordClassName, className }: { priority: Priority; wordClassName?: string; className?: string }) {
  return (
    <span className={cx("inline-flex items-center gap-1.5 text-xs whitespace-nowrap", priority === "urgent" ? "font-medium text-alert-text" : "text-ink-2", className)} title={wordClassName ? `${priorityWords[priority]} priority` : undefined}>
      <svg viewBox="0 0 16 16" aria-hidden className="size-3.5 shrink-0" fill="currentColor">
        {priority === "urgent" ? (
          <><rect x="1" y="1" width="14" height="14" rx="3.5" className="fill-alert" /><path d="M8 4v5" stroke="var(--surface)" strokeWidth="2" strokeLinecap="round" /><circle cx="8" cy="12" r="1.15" fill="var(--surface)" /></>
        ) : (
          [0, 1, 2].map((bar) => <rect key={bar} x={1.5 + bar * 5} y={10 - bar * 4} width="3.2" height={4.5 + bar * 4} rx="1" opacity={bar < bars[priority] ? 1 : 0.28} />)
        )}
      </svg>
      <span className={wordClassName}>{priorityWords[priority]}{wordClassName ? <span className="sr-only"> priority</span> : null}</span>
    </span>
  );
}
