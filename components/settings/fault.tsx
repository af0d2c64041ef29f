import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx.ts";

/** What is wrong with a group of fields, beside it; single fields say it themselves. */
export function Fault({ className, children }: { className?: string; children: ReactNode }) {
  return <p role="alert" className={cx("flex gap-1.5 text-xs font-medium text-alert-text", className)}><span aria-hidden>▲</span><span>{children}</span></p>;
}
