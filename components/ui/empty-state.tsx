import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** An empty list: one sentence, one next step. */
export function EmptyState({ title, children, action, className }: { title: string; children?: ReactNode; action?: ReactNode; className?: string }) {
  return (
    <div className={cx("flex flex-col items-center gap-2 px-6 py-12 text-center", className)}>
      <svg viewBox="0 0 72 40" aria-hidden className="mb-2 h-10 w-18 text-line-strong" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
        <path d="M6 14h52l-9-9" />
        <path d="M66 26H14l9 9" strokeDasharray="3 4" />
      </svg>
      <p className="text-base font-medium text-ink">{title}</p>
      {children && <p className="max-w-sm text-sm text-ink-2">{children}</p>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
