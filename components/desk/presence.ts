"use client";
import { useEffect, useRef, useState, type RefObject } from "react";
import type { PersonRef } from "@/lib/auth/view.ts";
import { channels } from "@/lib/channels.ts";
import type { Visibility } from "@/lib/tickets/schema.ts";
import { sayIn, useConnection, usePresenceChannel, type PresenceEvent } from "../use-channel.ts";
import { useDesk } from "./desk-context.tsx";

/** Who types says so this often; what was said that long ago is over. In ms. */
const repeatMs = 2500;
const lastsMs = 5000;

/** `until`: while they are typing (ms of the page's clock). Afterwards they still have something begun, until they send, drop it or leave. */
type Writing = { id: string; kind: Visibility; until: number };
type Room = { ticketId: string; here: readonly PersonRef[]; writing: readonly Writing[] };
export type Writer = PersonRef & { kind: Visibility; typing: boolean };
export type Presence = { viewers: readonly PersonRef[]; writers: readonly Writer[] };

const kindOf = (words: unknown): Visibility | null => {
  const kind = typeof words === "object" && words !== null && "kind" in words ? words.kind : null;
  return kind === "public" || kind === "private" ? kind : null;
};

function after(room: Room, event: PresenceEvent, at: number): Room {
  switch (event.name) {
    case "here":
      return { ...room, here: event.members, writing: [] };
    case "came":
      return { ...room, here: [...room.here.filter(({ id }) => id !== event.member.id), event.member] };
    case "went":
      return { ...room, here: room.here.filter(({ id }) => id !== event.id), writing: room.writing.filter(({ id }) => id !== event.id) };
    case "said": {
      const kind = kindOf(event.words);
      const others = room.writing.filter(({ id }) => id !== event.id);
      return { ...room, writing: kind === null ? others : [...others, { id: event.id, kind, until: at + lastsMs }] };
    }
  }
}

/** Which colleagues look at a ticket, and who of them writes. Oneself is never among them; nobody is while the socket is down. */
export function usePresence(ticketId: string): Presence {
  const { me } = useDesk();
  const down = useConnection() === "down";
  const [room, setRoom] = useState<Room>({ ticketId, here: [], writing: [] });
  const [now, setNow] = useState(0);
  usePresenceChannel(channels.ticketPresence(ticketId), (event) => {
    const at = performance.now();
    setNow(at);
    setRoom((before) => after(before.ticketId === ticketId ? before : { ticketId, here: [], writing: [] }, event, at));
  });
  const ends = Math.min(...room.writing.map(({ until }) => until).filter((until) => until > now));
  useEffect(() => {
    if (ends === Infinity) return;
    const timer = setTimeout(() => setNow(performance.now()), ends - performance.now() + 1);
    return () => clearTimeout(timer);
  }, [ends]);
  if (down || room.ticketId !== ticketId) return { viewers: [], writers: [] };
  const viewers = room.here.filter(({ id }) => id !== me.id);
  const writers = room.writing.flatMap(({ id, kind, until }) => viewers.filter((each) => each.id === id).map((each) => ({ ...each, kind, typing: until > now })));
  return { viewers, writers };
}

/** Tells colleagues that somebody types here, now and then while it goes on, and that it is over when the text is gone. */
export function useTellWriting(ticketId: string, mode: Visibility, text: string, input: RefObject<HTMLTextAreaElement | null>): void {
  const last = useRef({ of: "", text: "", saidAt: -Infinity });
  useEffect(() => {
    const of = `${ticketId} ${mode}`;
    const before = last.current.of === of ? last.current : { of, text, saidAt: -Infinity };
    last.current = { ...before, text };
    if (text === before.text) return;
    if (text.trim() === "") return sayIn(channels.ticketPresence(ticketId), { kind: null });
    const byHand = document.hasFocus() && document.activeElement === input.current; // not a draft that comes back, or one of another tab
    if (!byHand || performance.now() - before.saidAt < repeatMs) return;
    last.current.saidAt = performance.now();
    sayIn(channels.ticketPresence(ticketId), { kind: mode });
  }, [ticketId, mode, text, input]);
}
