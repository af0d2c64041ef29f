"use client";
import { Check, RotateCcw } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { ApiProblem } from "@/components/api.ts";
import { Avatar } from "@/components/ui/avatar.tsx";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";
import { filesWords } from "@/lib/file-size.ts";
import type { CustomerTicket } from "@/lib/tickets/view.ts";
import { StateLine } from "./state-line.tsx";
import { stateOf } from "./words.ts";

type RequestStateProps = { ticket: CustomerTicket; signedIn: boolean; onSolve: () => Promise<void>; onReopen: () => Promise<void> };

/** Where a request stands, who answers, and what its writer may do about it. */
export function RequestState({ ticket, signedIn, onSolve, onReopen }: RequestStateProps) {
  const state = stateOf(ticket);
  const hydrated = useHydrated();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function act(run: () => Promise<void>) {
    setBusy(true);
    setProblem(null);
    try {
      await run();
    } catch (error) {
      // edge: the person reads why and may press again
      setProblem(error instanceof ApiProblem ? error.message : "That did not work. Please try again.");
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="space-y-6">
      <div role="status">
        <StateLine state={state} className="text-base font-semibold max-lg:sr-only" />
        <p className="mt-1 text-sm text-ink-2">{state.detail}</p>
      </div>
      <div className="flex items-center gap-3">
        {ticket.assignee ? (
          <>
            <Avatar name={ticket.assignee.name} side="staff" />
            <p className="min-w-0 text-sm"><span className="block truncate font-medium">{ticket.assignee.name}</span><span className="text-ink-3">{state.turn === "nobody" ? "answered you" : "answers you"}</span></p>
          </>
        ) : (
          <p className="text-sm text-ink-2">{state.turn === "nobody" ? "Our team answered you." : "Nobody has it in hand yet. You see here who takes it."}</p>
        )}
      </div>
      {problem ? <Banner tone="alert">{problem}</Banner> : null}
      {signedIn && ticket.status === "resolved" ? <Button className="w-full" busy={busy} disabled={!hydrated} onClick={() => void act(onReopen)}><RotateCcw aria-hidden />It is not solved</Button> : null}
      {signedIn && ticket.status !== "resolved" && ticket.status !== "closed" ? <Button className="w-full" busy={busy} disabled={!hydrated} onClick={() => void act(onSolve)}><Check aria-hidden />Mark as solved</Button> : null}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 border-t pt-4 text-sm">
        <dt className="text-ink-3">Number</dt><dd data-numeric>#{ticket.number}</dd>
        <dt className="text-ink-3">Written</dt><dd><RelativeTime at={ticket.createdAt} /></dd>
        {ticket.attached.count > 0 ? <><dt className="text-ink-3">Files</dt><dd data-numeric>{filesWords(ticket.attached)}</dd></> : null}
        {ticket.follows ? (
          <>
            <dt className="text-ink-3">Follows</dt>
            <dd><Link href={`/my/${ticket.follows.id}`} className="rounded-sm text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current" data-numeric>#{ticket.follows.number}</Link></dd>
          </>
        ) : null}
      </dl>
      {signedIn ? null : (
        <p className="border-t pt-4 text-sm text-ink-2 [overflow-wrap:anywhere]">
          This browser may open the request for 30 days. To open it anywhere, and to get our answers by mail, use the link that we sent to <span className="font-medium text-ink">{ticket.requester.email}</span>.
        </p>
      )}
    </div>
  );
}
