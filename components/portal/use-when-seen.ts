"use client";
import { useEffect, useEffectEvent } from "react";

/** How long a page stays before its reader before they have seen it. */
const settledMs = 700;

/**
 * Runs `act` once a person has this page before them: visible, focused, not rendered ahead, for a moment. Never in a
 * browser that says a program drives it (WebDriver): mail scanners open every link of a letter, people one.
 */
export function useWhenSeen(act: () => void, wanted: boolean): void {
  const seen = useEffectEvent(act);
  useEffect(() => {
    if (!wanted || navigator.webdriver) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      const ahead = "prerendering" in document && document.prerendering === true;
      if (!ahead && document.visibilityState === "visible" && document.hasFocus()) timer = setTimeout(() => seen(), settledMs);
    };
    look();
    const until = new AbortController();
    for (const name of ["prerenderingchange", "visibilitychange"]) document.addEventListener(name, look, until);
    for (const name of ["focus", "blur"]) window.addEventListener(name, look, until);
    return () => {
      clearTimeout(timer);
      until.abort();
    };
  }, [wanted]);
}
