"use client";
import Link from "next/link";
import { useActionState, useRef, useState, type ReactNode } from "react";
import { RatingForm } from "@/components/thread/rating-form.tsx";
import { Button } from "@/components/ui/button.tsx";
import { rateAction } from "@/lib/tickets/actions.ts";
import { scoreWord } from "@/lib/score-words.ts";
import type { RatingPage } from "@/lib/tickets/view.ts";
import { useWhenSeen } from "./use-when-seen.ts";

type RatePageProps = { token: string; first: RatingPage; clicked: number | null };

/**
 * What a link in a letter opens. The score that was clicked there is sent when its reader has the page before them;
 * until then, and without JavaScript, it is a button.
 */
export function RatePage({ token, first, clicked }: RatePageProps) {
  const [outcome, rate, busy] = useActionState(rateAction, null);
  const [sent, setSent] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const page = outcome?.ok ? outcome.value : first;
  const refused = outcome && !outcome.ok ? outcome : null;
  const { request, rating, mayRate } = page;
  const wanted = clicked !== null && mayRate === "score" && outcome === null && !sent && clicked !== rating?.score;
  useWhenSeen(() => form.current?.requestSubmit(), wanted);

  if (page.state !== "asked") return <Closing page={page} />;
  const kept = clicked !== null && rating !== null && mayRate !== "score" && clicked !== rating.score && outcome === null;
  return (
    <Frame title={rating && !wanted ? "Thank you" : "How did we do?"} request={request}>
      {kept ? <p className="mb-4 text-sm">You had rated this request already when it was closed.</p> : null}
      {!rating && page.closed ? <p className="mb-4 text-sm text-ink-2">The request is closed now. You can rate it once.</p> : null}
      {wanted ? (
        <form ref={form} action={rate} onSubmit={() => { setSent(true); forgetClicked(); }} className="mb-5">
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="score" value={clicked} />
          <Button type="submit" look="primary" size="lg" className="w-full">Send {clicked} of 5: {scoreWord(clicked)}</Button>
          <p className="mt-5 text-sm text-ink-2">Or choose another:</p>
        </form>
      ) : null}
      <RatingForm {...{ rating, mayRate, rate, busy, token, choosing: clicked }} problem={refused?.problem.detail ?? null} typed={refused?.input?.comment} />
    </Frame>
  );
}

/** A page that is loaded again must not send again what was clicked before the reader changed their mind. */
const forgetClicked = () => window.history.replaceState(null, "", window.location.pathname);

function Closing({ page: { state, request } }: { page: RatingPage }) {
  if (state === "off") return <Frame title="No rating needed" request={request}><p>This desk does not ask for ratings at the moment. Thank you for wanting to give one.</p></Frame>;
  if (state === "reopened") return <Frame title="This request is open again" request={request}><p>We work on it. When it is solved, we ask you anew.</p></Frame>;
  return <Frame title="This letter is an older one" request={request}><p>The request was opened again since. The newest letter about it has the links for the newest answer.</p></Frame>;
}

function Frame({ title, request, children }: { title: string; request: RatingPage["request"]; children: ReactNode }) {
  return (
    <>
      <h1 className="text-2xl font-bold">{title}</h1>
      <p className="mt-1.5 text-sm text-ink-2 wrap-anywhere">{request.subject} <span className="text-ink-3" data-numeric>#{request.number}</span></p>
      <div className="mt-6">{children}</div>
      <p className="mt-8 border-t pt-4 text-sm"><Link href={`/my/${request.id}`} prefetch={false} className="rounded-sm text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">Open your request</Link></p>
    </>
  );
}
