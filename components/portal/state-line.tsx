import { cx } from "@/components/ui/cx.ts";
import { StatusMark, statusWords } from "@/components/ui/status-badge.tsx";
import type { State } from "./words.ts";

/** Shape and words of a request's state. */
export function StateLine({ state, className }: { state: State; className?: string }) {
  return (
    <span className={cx("inline-flex items-center gap-1.5 text-sm font-medium", statusWords[state.mark].tone, className)}>
      <StatusMark status={state.mark} />
      {state.words}
    </span>
  );
}
