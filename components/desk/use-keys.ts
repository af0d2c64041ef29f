"use client";
import { useEffect, useEffectEvent } from "react";
import type { CommandId } from "./command-context.tsx";
import { commands } from "./commands.ts";
import { preferences } from "./preferences.ts";

/** After g, the letter of a view must come within this many ms. */
const chordMs = 1200;
const synonyms: Record<string, string> = { ArrowDown: "j", ArrowUp: "k" };

const isWriting = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
const isBusy = () => document.querySelector('[role="dialog"],[role="menu"],[role="listbox"]') !== null;

/** Listens for the desk's keys. Nothing is caught while somebody writes or a dialog is open; single keys can be switched off. */
export function useKeys(run: (id: CommandId) => void, goTo: (letter: string) => void): void {
  const press = useEffectEvent((event: KeyboardEvent, chord: { until: number }) => {
    if (event.defaultPrevented) return;
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return run("palette");
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isBusy()) return;
    if (isWriting(event.target)) {
      if (event.key === "Escape") (event.target as HTMLElement).blur();
      return;
    }
    if (event.key !== "Escape" && !preferences().singleKeys) return;
    if (Date.now() < chord.until) {
      chord.until = 0;
      return goTo(event.key.toLowerCase());
    }
    if (event.key === "g") {
      chord.until = Date.now() + chordMs;
      return;
    }
    const onControl = event.target instanceof HTMLElement && event.target.closest("a,button,summary,[role=log],[role=tab],[role=radio]") !== null;
    if (onControl && ["Enter", "ArrowDown", "ArrowUp"].includes(event.key)) return;
    const key = synonyms[event.key] ?? event.key;
    const command = commands.find((one) => one.key === key || one.key === key.toLowerCase());
    if (!command) return;
    event.preventDefault();
    run(command.id);
  });
  useEffect(() => {
    const chord = { until: 0 };
    const listen = (event: KeyboardEvent) => press(event, chord);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
