import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";

/** A sheet of paper on the canvas, with an optional head. */
export function Card({ title, aside, className, children, ...rest }: Omit<ComponentProps<"section">, "title"> & { title?: ReactNode; aside?: ReactNode }) {
  return (
    <section className={cx("rounded-lg border bg-surface shadow-raised", className)} {...rest}>
      {(title || aside) && (
        <header className="flex items-center justify-between gap-3 border-b px-4 py-3">
          {title && <h2 className="text-sm font-semibold">{title}</h2>}
          {aside}
        </header>
      )}
      <div className="p-4">{children}</div>
    </section>
  );
}
