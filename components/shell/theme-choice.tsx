"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { cx } from "../ui/cx.ts";
import { useHydrated } from "../use-hydrated.ts";

const choices = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "As the system", icon: Monitor },
] as const;

/** Light, dark, or as the system has it; remembered in this browser. */
export function ThemeChoice({ className }: { className?: string }) {
  const { theme, setTheme } = useTheme();
  const hydrated = useHydrated();
  return (
    <div role="group" aria-label="Colours" className={cx("inline-flex rounded-md border bg-sunken p-0.5", className)}>
      {choices.map(({ value, label, icon: Icon }) => {
        const chosen = hydrated && theme === value;
        return (
          <button key={value} type="button" aria-pressed={chosen} aria-label={label} title={label} disabled={!hydrated} onClick={() => setTheme(value)} className={cx("grid h-6 w-8 place-items-center rounded-sm text-ink-3 transition-colors hover:text-ink", chosen && "bg-raised text-ink shadow-raised")}>
            <Icon aria-hidden className="size-3.5" />
          </button>
        );
      })}
    </div>
  );
}
