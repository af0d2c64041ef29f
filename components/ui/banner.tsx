import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

const tones = {
  info: { icon: Info, look: "bg-info-soft text-info-text" },
  wait: { icon: TriangleAlert, look: "bg-wait-soft text-wait-text" },
  good: { icon: CircleCheck, look: "bg-good-soft text-good-text" },
  alert: { icon: CircleAlert, look: "bg-alert-soft text-alert-text" },
} as const;

/** A sentence above the content it concerns, with at most one act. Alerts interrupt a screen reader, the others wait. */
export function Banner({ tone = "info", action, className, children }: { tone?: keyof typeof tones; action?: ReactNode; className?: string; children: ReactNode }) {
  const Icon = tones[tone].icon;
  return (
    <div role={tone === "alert" ? "alert" : "status"} className={cx("flex items-start gap-2.5 rounded-md px-3 py-2 text-sm", tones[tone].look, className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}
