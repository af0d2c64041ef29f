"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { cx } from "@/components/ui/cx.ts";
import { useHydrated } from "@/components/use-hydrated.ts";

const themes = [
  { value: "system", label: "As the system", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
] as const;

/** Light, dark or as the system; disabled until it can work. */
export function ThemeChoice() {
  const hydrated = useHydrated();
  const { theme, setTheme } = useTheme();
  return (
    <div role="group" aria-label="Colours" className="flex rounded-md border p-0.5">
      {themes.map(({ value, label, icon: Icon }) => {
        const chosen = hydrated && theme === value;
        return (
          <button key={value} type="button" aria-label={label} title={label} aria-pressed={chosen} disabled={!hydrated} onClick={() => setTheme(value)} className={cx("grid size-6 place-items-center rounded-sm", chosen ? "bg-raised text-ink shadow-raised" : "text-ink-3 hover:text-ink")}>
            <Icon aria-hidden className="size-3.5" />
          </button>
        );
      })}
    </div>
  );
}
