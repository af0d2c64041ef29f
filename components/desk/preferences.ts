"use client";
import { useSyncExternalStore } from "react";

export type Preferences = { sound: boolean; notifications: boolean; singleKeys: boolean };

const key = "twoway.preferences";
const initial: Preferences = { sound: false, notifications: false, singleKeys: true };
const listeners = new Set<() => void>();
let kept: { raw: string | null; value: Preferences } = { raw: null, value: initial };

/** The settings of this browser; the same object as long as nothing changed. */
export function preferences(): Preferences {
  const raw = localStorage.getItem(key);
  if (raw !== kept.raw) kept = { raw, value: { ...initial, ...(JSON.parse(raw ?? "{}") as Partial<Preferences>) } };
  return kept.value;
}

export function prefer(changes: Partial<Preferences>): void {
  localStorage.setItem(key, JSON.stringify({ ...preferences(), ...changes }));
  for (const listener of listeners) listener();
}

function onChange(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

export const usePreferences = (): Preferences => useSyncExternalStore(onChange, preferences, () => initial);
