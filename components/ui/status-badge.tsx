import type { Status } from "@/lib/tickets/schema.ts";
import { cx } from "./cx.ts";

/** What staff call a status, and what the customer reads instead. */
export const statusWords: Record<Status, { staff: string; customer: string; tone: string }> = {
  new: { staff: "New", customer: "Received", tone: "text-info-text" },
  open: { staff: "In progress", customer: "In progress", tone: "text-info-text" },
  pending: { staff: "Pending", customer: "Waiting for you", tone: "text-wait-text" },
  on_hold: { staff: "On hold", customer: "On hold", tone: "text-wait-text" },
  resolved: { staff: "Resolved", customer: "Solved", tone: "text-good-text" },
  closed: { staff: "Closed", customer: "Closed", tone: "text-ink-3" },
};

const shapes: Record<Status, React.ReactNode> = {
  new: <><circle cx="8" cy="8" r="6" /><circle cx="8" cy="8" r="2.6" fill="currentColor" stroke="none" /></>,
  open: <><circle cx="8" cy="8" r="6" /><path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor" stroke="none" /></>,
  pending: <><circle cx="8" cy="8" r="6" strokeDasharray="2.6 2.1" /><path d="M8 5v3.2l2 1.3" /></>,
  on_hold: <><circle cx="8" cy="8" r="6" /><path d="M6.3 5.8v4.4M9.7 5.8v4.4" /></>,
  resolved: <><circle cx="8" cy="8" r="6.8" fill="currentColor" stroke="none" /><path d="m5.2 8.2 2 2 3.6-4.2" stroke="var(--surface)" /></>,
  closed: <><rect x="2.4" y="2.4" width="11.2" height="11.2" rx="2.4" /><path d="M5.5 8h5" /></>,
};

/** The shape of a status; each differs without its colour. Beside it there is always the word, seen or spoken. */
export function StatusMark({ status, className }: { status: Status; className?: string }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" className={cx("size-3.5 shrink-0", statusWords[status].tone, className)}>
      {shapes[status]}
    </svg>
  );
}

/** Shape and word of a status, in the reader's terms. `wordClassName` may hide the word from the eye where there is no room (`sr-only`). */
export function StatusBadge({ status, audience = "staff", wordClassName, className }: { status: Status; audience?: "staff" | "customer"; wordClassName?: string; className?: string }) {
  const words = statusWords[status];
  return (
    <span className={cx("inline-flex items-center gap-1.5 text-xs font-medium whitespace-nowrap", words.tone, className)} title={wordClassName ? words[audience] : undefined}>
      <StatusMark status={status} />
      <span className={wordClassName}>{words[audience]}</span>
    </span>
  );
}
