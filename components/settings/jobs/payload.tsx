import { cx } from "@/components/ui/cx.ts";

/** JSON as a person reads it; text that was cut is shown as far as it goes. Long lines break, long values scroll. */
export function Payload({ value, cut = false, tone = "plain", className }: { value: unknown; cut?: boolean; tone?: "plain" | "alert"; className?: string }) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <pre tabIndex={0} className={cx("max-h-96 overflow-y-auto rounded-md px-3 py-2 font-mono text-xs leading-relaxed break-words whitespace-pre-wrap", tone === "alert" ? "bg-alert-soft text-alert-text" : "bg-sunken text-ink-2", className)}>
      {text}{cut ? "… (shortened)" : ""}
    </pre>
  );
}
