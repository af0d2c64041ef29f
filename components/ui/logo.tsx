import { cx } from "./cx.ts";

/** The mark: two ways, one line each. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={cx("size-7 shrink-0", className)}>
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path d="M7 13.2h18l-6.2-6.2M25 18.8H7l6.2 6.2" fill="none" className="stroke-accent-ink" strokeWidth="2.9" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** Mark and name. `name` is the desk's own name where it has one. */
export function Logo({ name = "Twoway", className }: { name?: string; className?: string }) {
  return (
    <span className={cx("inline-flex min-w-0 items-center gap-2 font-bold tracking-[-0.02em] text-ink", className)}>
      <LogoMark className="size-[1.6em]" />
      <span className="truncate">{name}</span>
    </span>
  );
}
