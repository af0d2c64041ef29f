"use client";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Composer, type Outgoing } from "@/components/thread/composer.tsx";
import { DropZone } from "@/components/thread/drop-zone.tsx";
import { RatingCard } from "@/components/thread/rating-card.tsx";
import { Thread } from "@/components/thread/thread.tsx";
import { draftPlace } from "@/components/thread/uploads.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { useRealtime } from "@/components/use-channel.ts";
import type { RealtimeConfig } from "@/lib/realtime.ts";
import type { CustomerTicket, MessageView } from "@/lib/tickets/view.ts";
import { RequestState } from "./request-state.tsx";
import { StateLine } from "./state-line.tsx";
import { useNewsInTitle } from "./use-news-in-title.ts";
import { useRequest } from "./use-request.ts";
import { stateOf } from "./words.ts";

type RequestRoomProps = { first: { ticket: CustomerTicket; messages: MessageView[] }; realtime: RealtimeConfig; signedIn: boolean };

/** One request as a conversation: live, with its state in plain words beside it. */
export function RequestRoom({ first, realtime, signedIn }: RequestRoomProps) {
  const router = useRouter();
  useRealtime(realtime, signedIn);
  const { ticket, messages, sending, down, gone, send, solve, reopen, rate } = useRequest(first);
  useNewsInTitle(`${ticket.subject} (#${ticket.number})`, messages);
  const closed = ticket.status === "closed";
  const asked = ticket.rating !== null || ticket.mayRate !== null;

  async function write(message: Outgoing) {
    const { followUp } = await send(message);
    if (followUp) router.push(`/my/${followUp.id}`);
  }

  const state = <RequestState ticket={ticket} signedIn={signedIn} onSolve={solve} onReopen={reopen} />;
  return (
    <div className="mx-auto flex min-h-0 w-full flex-1 lg:max-w-[calc(72rem+10px)]">
      <section aria-labelledby="subject" className="flex min-w-0 flex-1 flex-col border-line bg-canvas lg:border-x">
        <header className="border-b bg-surface px-4 pt-3 pb-3 sm:px-6">
          <Link href="/my" className="inline-flex items-center gap-1 rounded-sm text-sm text-ink-2 hover:text-ink"><ArrowLeft aria-hidden className="size-3.5" />My requests</Link>
          <h1 id="subject" className="mt-1 line-clamp-2 text-lg font-bold [overflow-wrap:anywhere] sm:text-xl" title={ticket.subject}>{ticket.subject}</h1>
          <details className="group mt-1 lg:hidden">
            <summary className="flex list-none flex-wrap items-center gap-x-3 rounded-sm [&::-webkit-details-marker]:hidden">
              <StateLine state={stateOf(ticket)} />
              <span className="text-sm text-accent-text underline decoration-accent-line underline-offset-3"><span className="group-open:hidden">Details</span><span className="hidden group-open:inline">Less</span></span>
            </summary>
            <div className="max-h-[55dvh] overflow-y-auto pt-4 pb-2">{state}</div>
          </details>
        </header>
        {gone ? <Banner tone="alert" className="m-4">This request can’t be opened here any more. <Link href="/sign-in" className="underline">Sign in</Link> to see whether it is yours.</Banner> : null}
        {down ? <Banner tone="wait" className="rounded-none">The live connection is interrupted. We look for news every few seconds, and nothing gets lost.</Banner> : null}
        <DropZone place={draftPlace(ticket.id, "public")} words="Drop files to attach them to your message" className="flex min-h-0 flex-1 flex-col">
          <Thread ticketId={ticket.id} messages={messages} sending={sending} face="customer" foot={asked ? <RatingCard rating={ticket.rating} mayRate={ticket.mayRate} onRate={rate} /> : null} />
          <noscript><p className="border-t bg-surface px-6 py-3 text-sm">To answer here, your browser has to run JavaScript.</p></noscript>
          {closed ? <p className="border-t bg-surface px-4 pt-3 text-sm text-ink-2 sm:px-6">This request is closed. What you write now opens a new one that follows it.</p> : null}
          <Composer ticketId={ticket.id} modes={["public"]} onSend={write} placeholder={{ public: closed ? "Write about it again…" : "Write a message…" }} className={closed ? "border-t-0" : ""} />
        </DropZone>
      </section>
      <aside aria-label="This request" className="hidden w-72 shrink-0 overflow-y-auto border-r bg-surface px-6 py-6 lg:block">{state}</aside>
    </div>
  );
}
