import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cx } from "./cx.ts";

const badgeLook = cva("inline-flex h-5 max-w-full items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3", {
  variants: {
    tone: {
      plain: "bg-sunken text-ink-2",
      accent: "bg-accent-soft text-accent-text",
      info: "bg-info-soft text-info-text",
      wait: "bg-wait-soft text-wait-text",
      good: "bg-good-soft text-good-text",
      alert: "bg-alert-soft text-alert-text",
      note: "bg-note-soft text-note-text",
      outline: "border text-ink-2",
    },
  },
  defaultVariants: { tone: "plain" },
});

/** One short word about a thing. The tone supports the word, it never replaces it. */
export function Badge({ tone, className, children, ...rest }: ComponentProps<"span"> & VariantProps<typeof badgeLook>) {
  return <span className={cx(badgeLook({ tone }), className)} {...rest}><span className="truncate">{children}</span></span>;
}
