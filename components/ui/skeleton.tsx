import { cx } from "./cx.ts";

/** A grey place where text will stand. Compose several into the real layout; the list around them says "Loading" once. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden className={cx("block h-3 animate-breathe rounded-sm bg-line", className)} />
);
