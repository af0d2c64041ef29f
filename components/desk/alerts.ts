"use client";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { preferences } from "./preferences.ts";

const told = new Map<string, number>();

/** Two short notes, down for "somebody writes to you". Made by the browser; no file to load. */
export function chime(): void {
  const audio = new AudioContext();
  [659.25, 493.88].forEach((hertz, index) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + index * 0.13;
    tone.frequency.value = hertz;
    tone.type = "sine";
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.14, start + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0005, start + 0.34);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.36);
    if (index === 1) tone.onended = () => void audio.close();
  });
}

/** Tells the person of a ticket that needs them, once a change, by the ways they chose, and only if they aren't looking at it. */
export function announce(ticket: StaffTicket): void {
  if (!ticket.unread || ticket.latest.by !== "customer" || (told.get(ticket.id) ?? -1) >= ticket.seq) return;
  told.set(ticket.id, ticket.seq);
  const looking = document.visibilityState === "visible" && document.hasFocus();
  if (looking && location.pathname.endsWith(ticket.id)) return;
  const { sound, notifications } = preferences();
  if (sound) chime();
  if (!notifications || looking || !("Notification" in window) || Notification.permission !== "granted") return;
  const note = new Notification(ticket.subject, { body: `${ticket.requester.name}: ${ticket.latest.snippet}`, tag: ticket.id, icon: "/icon.svg" });
  note.onclick = () => {
    window.focus();
    window.history.pushState(null, "", `/desk/${ticket.id}`);
    note.close();
  };
}
