"use client";
import { Angry, Check, Frown, Laugh, Meh, Smile } from "lucide-react";
import { useRef, type KeyboardEvent } from "react";
import { scoreWords } from "@/lib/score-words.ts";
import { cx } from "../ui/cx.ts";
import { useHydrated } from "../use-hydrated.ts";

const faces = [Angry, Frown, Meh, Smile, Laugh] as const;
const moves: Record<string, (from: number) => number> = {
  ArrowRight: (from) => (from + 1) % 5, ArrowDown: (from) => (from + 1) % 5, ArrowLeft: (from) => (from + 4) % 5, ArrowUp: (from) => (from + 4) % 5, Home: () => 0, End: () => 4,
};

/**
 * Five scores in words, each a button that submits the form around it with its `score`: one click, also without
 * JavaScript. To a screen reader they are radio buttons; arrows move between them and choose nothing, as each choice is sent.
 */
export function ScoreChoice({ value, label, busy = false }: { value: number | null; label: string; busy?: boolean }) {
  const group = useRef<HTMLDivElement>(null);
  const hydrated = useHydrated();
  const reached = value ?? 1;

  function move(event: KeyboardEvent) {
    const buttons = [...(group.current?.querySelectorAll("button") ?? [])];
    const to = moves[event.key]?.(buttons.indexOf(document.activeElement as HTMLButtonElement));
    if (to === undefined) return;
    event.preventDefault();
    buttons[to]?.focus();
  }

  return (
    <div ref={group} role="radiogroup" aria-label={label} onKeyDown={move} className="grid grid-cols-5 gap-1.5 sm:gap-2">
      {scoreWords.map((word, index) => {
        const [score, Face] = [index + 1, faces[index] ?? Meh];
        const chosen = value === score;
        return (
          <button
            key={word}
            type="submit"
            name="score"
            value={score}
            role="radio"
            aria-checked={chosen}
            aria-label={`${score} of 5, ${word}`}
            aria-disabled={busy || undefined}
            {...(hydrated ? { tabIndex: reached === score ? 0 : -1 } : {})}
            className={cx(
              "relative flex min-w-0 flex-col items-center gap-1 rounded-lg border px-0.5 pt-2.5 pb-2 text-xs font-medium transition-colors select-none sm:text-sm",
              chosen ? "border-accent bg-accent-soft font-semibold text-accent-text ring-1 ring-accent" : "border-line-strong/60 bg-raised text-ink-2 hover:bg-hover hover:text-ink",
            )}
          >
            <Face aria-hidden className="size-6" strokeWidth={1.75} />
            {word}
            {chosen ? <Check aria-hidden className="absolute top-1 right-1 size-3.5" strokeWidth={3} /> : null}
          </button>
        );
      })}
    </div>
  );
}
