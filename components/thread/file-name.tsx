import { cx } from "../ui/cx.ts";

/** How much of a name's end stays in sight, so that "….tar.gz" and the number before it can be told apart. */
const endLength = 12;

/** A file's name on one line; one that is too long loses its middle. */
export function FileName({ name, className }: { name: string; className?: string }) {
  const letters = [...name];
  const cut = Math.max(0, letters.length - endLength);
  return (
    <span title={name} className={cx("flex min-w-0", className)}>
      <span className="truncate whitespace-pre">{letters.slice(0, cut).join("")}</span>
      <span className="shrink-0 whitespace-pre">{letters.slice(cut).join("")}</span>
    </span>
  );
}
