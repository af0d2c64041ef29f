"use client";
import { ArrowDown } from "lucide-react";
import { Fragment, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import type { MessageView } from "@/lib/tickets/view.ts";
import { cx } from "../ui/cx.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { CustomerMessage, DeskMessage, type Sending } from "./message-item.tsx";
import { dayWords } from "./day-words.ts";

/** How close to the end, in px, still counts as reading the end. */
const nearPx = 60;
const followMs = 5 * 60_000;
const places = new Map<string, number>();

const glide = (): ScrollBehavior => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

type ThreadProps = {
  ticketId: string;
  messages: readonly MessageView[];
  sending?: readonly Sending[];
  face: "desk" | "customer";
  /** Above the first message, inside the scrolling room. */
  head?: ReactNode;
  /** Below the last message, inside the scrolling room. */
  foot?: ReactNode;
  className?: string;
};

/**
 * The conversation, oldest first, in its own scrolling room that fills its parent. Keeps its place per ticket; a new
 * message scrolls into view when the reader is at the end or wrote it, else a pill counts what came.
 */
export function Thread({ ticketId, messages, sending = [], face, head, foot, className }: ThreadProps) {
  const room = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const known = useRef(messages.length);
  const [away, setAway] = useState(false);
  const [seen, setSeen] = useState(messages.length);
  const fresh = away ? messages.slice(seen).filter((message) => !message.mine).length : 0;
  const last = messages.at(-1);
  const footed = Boolean(foot);

  const toEnd = () => room.current?.scrollTo({ top: room.current.scrollHeight, behavior: glide() });

  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const place = places.get(ticketId);
    element.scrollTop = place ?? element.scrollHeight;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    // the room shrinks when the composer grows, and grows when images of text settle: who reads the end stays there
    const watcher = new ResizeObserver(() => { if (atEnd.current) element.scrollTop = element.scrollHeight; });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [ticketId]);

  useEffect(() => {
    const grew = messages.length > known.current;
    known.current = messages.length;
    if (sending.length > 0 || (grew && (atEnd.current || last?.mine))) room.current?.scrollTo({ top: room.current.scrollHeight, behavior: glide() });
  }, [messages.length, sending.length, last?.mine]);

  useEffect(() => {
    if (footed && atEnd.current) room.current?.scrollTo({ top: room.current.scrollHeight, behavior: glide() });
  }, [footed]);

  function noteScroll() {
    const element = room.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    if (atEnd.current) places.delete(ticketId);
    else places.set(ticketId, element.scrollTop);
    if (away === atEnd.current) {
      setAway(!atEnd.current);
      setSeen(messages.length);
    }
  }

  const Item = face === "desk" ? DeskMessage : CustomerMessage;
  return (
    <div className={cx("relative min-h-0 flex-1", className)}>
      <div ref={room} onScroll={noteScroll} role="log" aria-label="Conversation" tabIndex={0} className="focus-inset absolute inset-0 overflow-y-auto overscroll-contain px-4 pb-5 sm:px-6">
        {head}
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const newDay = !before || dayWords(before.at) !== dayWords(message.at);
          const follows = !newDay && before.author.name === message.author.name && before.visibility === message.visibility && Date.parse(message.at) - Date.parse(before.at) < followMs;
          return (
            <Fragment key={message.id}>
              {newDay && <p suppressHydrationWarning className="mt-5 text-center text-xs font-medium text-ink-3 first:mt-3">{dayWords(message.at)}</p>}
              <Item message={message} follows={follows} />
            </Fragment>
          );
        })}
        {sending.map((one) => (
          <Item key={one.key} sending follows={false} message={{ id: one.key, visibility: one.visibility, author: { kind: "person", id: null, name: "You" }, side: face === "desk" ? "staff" : "customer", body: one.body, attachments: one.attachments, mine: true, seq: 0, at: one.at }} />
        ))}
        {foot}
      </div>
      {fresh > 0 && (
        <button type="button" onClick={toEnd} className="absolute bottom-3 left-1/2 inline-flex h-8 -translate-x-1/2 animate-lift items-center gap-1.5 rounded-full bg-accent px-3.5 text-sm font-medium text-accent-ink shadow-floating hover:bg-accent-hover">
          <ArrowDown aria-hidden className="size-4" />
          {fresh === 1 ? "1 new reply" : `${fresh} new replies`}
        </button>
      )}
    </div>
  );
}

/** The thread before its messages are there, in their real places. */
export const ThreadSkeleton = () => (
  <div role="status" className="min-h-0 flex-1 space-y-4 overflow-hidden px-4 py-6 sm:px-6">
    <span className="sr-only">Loading the conversation</span>
    {["w-3/4", "ml-auto w-2/3", "w-4/5"].map((width) => (
      <div key={width} className={cx("space-y-2.5 rounded-lg border bg-surface p-4", width)}>
        <Skeleton className="w-32" />
        <Skeleton className="w-full" />
        <Skeleton className="w-2/3" />
      </div>
    ))}
  </div>
);
