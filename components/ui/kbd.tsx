import { cx } from "./cx.ts";

/** Keys as they are labelled on the keyboard; several are separated by a space ("⌘ K"). */
export function Kbd({ keys, tone = "plain", className }: { keys: string; tone?: "plain" | "inverse"; className?: string }) {
  return (
    <span className={cx("inline-flex gap-0.5", className)}>
      {keys.split(" ").map((key) => (
        <kbd key={key} className={cx("inline-grid h-4.5 min-w-4.5 place-items-center rounded-xs border px-1 font-mono text-2xs leading-none", tone === "plain" ? "border-line bg-sunken text-ink-2" : "border-canvas/30 text-canvas")}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
