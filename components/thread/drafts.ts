"use client";
import { useSyncExternalStore } from "react";
import type { Visibility } from "@/lib/tickets/schema.ts";

const listeners = new Set<() => void>();
const keyOf = (ticketId: string, visibility: Visibility) => `twoway.draft.${ticketId}.${visibility}`;

function read(key: string): string {
  return localStorage.getItem(key) ?? "";
}

function onDraft(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** Keeps what somebody is writing in this browser, until it is sent. Empty text forgets the draft. */
export function keepDraft(ticketId: string, visibility: Visibility, text: string): void {
  if (text === "") localStorage.removeItem(keyOf(ticketId, visibility));
  else localStorage.setItem(keyOf(ticketId, visibility), text);
  for (const listener of listeners) listener();
}

export const draftOf = (ticketId: string, visibility: Visibility): string => read(keyOf(ticketId, visibility));

/** The draft of one ticket and kind of message, alive across tabs; empty on the server. */
export const useDraft = (ticketId: string, visibility: Visibility): string =>
  useSyncExternalStore(onDraft, () => read(keyOf(ticketId, visibility)), () => "");

/** Whether anything unsent is kept for a ticket. */
export const useHasDraft = (ticketId: string): boolean =>
  useSyncExternalStore(onDraft, () => read(keyOf(ticketId, "public")) + read(keyOf(ticketId, "private")) !== "", () => false);
