import { cx } from "./cx.ts";

/** First letters of the first and the last word of a name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => Array.from(word ?? "")[0] ?? "");
  return letters.join("").toUpperCase() || "?";
}

const sizes = { "2xs": "size-4.5 text-[0.5rem]", xs: "size-5 text-[0.5625rem]", sm: "size-6 text-2xs", md: "size-8 text-xs", lg: "size-11 text-base" } as const;
const presence = { online: "bg-good", away: "bg-wait", offline: "bg-line-strong" } as const;

type AvatarProps = { name: string; side?: "customer" | "staff" | "system"; size?: keyof typeof sizes; presence?: keyof typeof presence; className?: string };

/** Initials in a shape that says the side: customers are round, staff are square. Decorative: the name stands beside it. */
export function Avatar({ name, side = "customer", size = "md", presence: state, className }: AvatarProps) {
  const look = side === "staff" ? "rounded-[28%] bg-accent-soft text-accent-text" : side === "system" ? "rounded-[28%] bg-sunken text-ink-3" : "rounded-full bg-[color-mix(in_oklab,var(--ink)_11%,var(--surface))] text-ink-2";
  return (
    <span aria-hidden className={cx("relative inline-grid shrink-0 place-items-center font-semibold tracking-tight select-none", look, sizes[size], className)}>
      {initialsOf(name)}
      {state && <span className={cx("absolute -right-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-surface", presence[state])} />}
    </span>
  );
}
