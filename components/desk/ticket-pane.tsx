"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState, type RefObject } from "react";
import type { Visibility } from "@/lib/tickets/schema.ts";
import type { MessageView, StaffTicket } from "@/lib/tickets/view.ts";
import { api, ApiProblem } from "../api.ts";
import { noteTicketRead } from "../notices/queries.ts";
import { Composer } from "../thread/composer.tsx";
import { DropZone } from "../thread/drop-zone.tsx";
import { useDraft } from "../thread/drafts.ts";
import { Thread, ThreadSkeleton } from "../thread/thread.tsx";
import { draftPlace } from "../thread/uploads.ts";
import { useFreshLinks } from "../thread/use-fresh-links.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { useSend } from "./acts.ts";
import { CameBack } from "./came-back.tsx";
import { collisionWords, Viewers, Writers } from "./colleagues.tsx";
import { useDesk } from "./desk-context.tsx";
import { keys } from "./keys.ts";
import { usePolling, useTicketLive } from "./live.ts";
import { mentionable } from "./mentionable.ts";
import { usePlace } from "./place.ts";
import { usePresence, useTellWriting, type Presence } from "./presence.ts";
import { messagesOptions, renewMessages, sendingOptions, showTicket, staffOptions, ticketInLists, ticketOptions } from "./queries.ts";
import { TicketHead } from "./ticket-head.tsx";

type PaneProps = { ticketId: string; mode: Visibility; onMode: (mode: Visibility) => void; inputRef: RefObject<HTMLTextAreaElement | null>; onDetails: () => void };

/** The open ticket: head, conversation, composer. What a list already knows is shown while the rest arrives. */
export function TicketPane({ ticketId, onDetails, ...writing }: PaneProps) {
  const client = useQueryClient();
  const place = usePlace();
  const polling = usePolling();
  const ticket = useQuery({ ...ticketOptions(ticketId), refetchInterval: polling, placeholderData: () => ticketInLists(client, ticketId) });
  const messages = useQuery({ ...messagesOptions(ticketId), refetchInterval: polling });
  useTicketLive(ticketId);
  const presence = usePresence(ticketId);
  useReadMark(ticket.data, messages.data);
  const modes = ticket.data ? modesOf(ticket.data) : [];
  const kind = modes.includes(writing.mode) ? writing.mode : (modes[0] ?? null);
  const gone = ticket.error instanceof ApiProblem && ticket.error.status === 404;
  if (gone) return <EmptyState className="flex-1 justify-center" title="This ticket is not here" action={<Button onClick={place.close}>Back to the list</Button>}>It does not exist, or it is no longer yours to see.</EmptyState>;
  if (ticket.isError && !ticket.data) return <Banner tone="alert" className="m-4 self-start" action={<Button size="sm" onClick={() => ticket.refetch()}>Try again</Button>}>The ticket could not be loaded. {ticket.error.message}</Banner>;
  return (
    <article aria-label={ticket.data ? `Ticket ${ticket.data.number}: ${ticket.data.subject}` : "Ticket"} className="flex min-h-0 min-w-0 flex-1 flex-col bg-canvas">
      {ticket.data ? <TicketHead ticket={ticket.data} onDetails={onDetails} /> : <div className="h-24 border-b bg-surface" />}
      <CameBack ticketId={ticketId} />
      <DropZone place={kind && draftPlace(ticketId, kind)} words={kind === "private" ? "Drop files to attach them to a private note" : "Drop files to attach them to your reply"} className="flex min-h-0 flex-1 flex-col">
        {messages.data ? <Conversation ticketId={ticketId} messages={messages.data} presence={presence} /> : messages.isError ? <Banner tone="alert" className="m-4" action={<Button size="sm" onClick={() => messages.refetch()}>Try again</Button>}>The conversation could not be loaded. {messages.error.message}</Banner> : <ThreadSkeleton />}
        {ticket.data && <Writing ticket={ticket.data} messages={messages.data ?? []} presence={presence} {...writing} />}
      </DropZone>
    </article>
  );
}

/** What this person may write on the ticket; the first is what the composer opens with. */
const modesOf = ({ may }: StaffTicket): Visibility[] => [...(may.reply ? ["public" as const] : []), ...(may.note ? ["private" as const] : [])];

function Conversation({ ticketId, messages, presence }: { ticketId: string; messages: MessageView[]; presence: Presence }) {
  const client = useQueryClient();
  useFreshLinks(messages, (after) => void renewMessages(client, ticketId, after));
  const { data: sending } = useQuery(sendingOptions(ticketId));
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <Thread ticketId={ticketId} messages={messages} sending={sending} face="desk" />
      <Viewers viewers={presence.viewers} />
      <Writers writers={presence.writers} />
    </div>
  );
}

const sendStatuses = [
  { status: "pending", label: "Send, then wait for the customer" },
  { status: "on_hold", label: "Send, then put on hold" },
  { status: "resolved", label: "Send and resolve" },
] as const;

function Writing({ ticket, messages, presence, mode, onMode, inputRef }: { ticket: StaffTicket; messages: readonly MessageView[]; presence: Presence } & Pick<PaneProps, "mode" | "onMode" | "inputRef">) {
  const send = useSend(ticket.id);
  const { me } = useDesk();
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const modes = modesOf(ticket);
  const written = modes.includes(mode) ? mode : (modes[0] ?? "public");
  useTellWriting(ticket.id, written, useDraft(ticket.id, written), inputRef);
  const { data: staff = [] } = useQuery({ ...staffOptions, staleTime: 60_000, enabled: written === "private" && modes.length > 0 });
  const newer = startedAt === null ? undefined : messages.findLast((message) => message.seq > startedAt && !message.mine);
  if (modes.length === 0) return <p className="border-t bg-surface px-5 py-3 text-sm text-ink-2">{ticket.status === "closed" ? "This ticket is closed. A new message of the customer opens a follow-up." : "You can read this ticket. Agents and managers answer it."}</p>;
  return (
    <Composer
      ticketId={ticket.id}
      modes={modes}
      mode={mode}
      onMode={onMode}
      inputRef={inputRef}
      colleagues={mentionable(ticket, staff).filter(({ id }) => id !== me.id)}
      onStart={() => setStartedAt(messages.at(-1)?.seq ?? 0)}
      onSend={async (message) => { setStartedAt(null); await send(message); }}
      statuses={mode === "public" && ticket.may.reply && ticket.may.resolve ? sendStatuses : []}
      warning={newer ? `${newer.author.name} wrote while you were writing. Read it before you send.` : written === "public" ? collisionWords(presence.writers) : null}
      placeholder={{ public: `Reply to ${ticket.requester.name}…` }}
    />
  );
}

/** Marks the ticket as read up to what is on screen, once it is. */
function useReadMark(ticket: StaffTicket | undefined, messages: readonly MessageView[] | undefined) {
  const client = useQueryClient();
  const mark = useEffectEvent(async (shown: StaffTicket) => {
    if (document.visibilityState !== "visible") return;
    showTicket(client, { ...shown, unread: false });
    await api.put(`/tickets/${shown.id}/read`, { seq: shown.seq }).catch(() => undefined); // the next view of the ticket marks it
    void client.invalidateQueries({ queryKey: keys.counts });
    noteTicketRead(client, shown.id);
  });
  const ready = ticket !== undefined && messages !== undefined && ticket.unread;
  const seq = ticket?.seq;
  useEffect(() => {
    if (!ready || !ticket) return;
    const read = () => void mark(ticket);
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [ready, seq, ticket]);
}
