"use client";
import { useState, type ReactNode } from "react";
import { scoreWord } from "@/lib/score-words.ts";
import type { CustomerTicket, RatingView } from "@/lib/tickets/view.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { Field, Textarea } from "../ui/field.tsx";
import { useHydrated } from "../use-hydrated.ts";
import { ScoreChoice } from "./score-choice.tsx";

type RatingFormProps = Pick<CustomerTicket, "rating" | "mayRate"> & {
  /** Takes a form with `score` and, once that is given, `comment`: a server action, or a callback. */
  rate: (form: FormData) => void | Promise<void>;
  busy: boolean;
  problem: string | null;
  /** Sent along with each form. */
  token?: string;
  /** A score that is being sent as this appears. */
  choosing?: number | null;
  /** A comment that was refused. */
  typed?: string | undefined;
};

/** Five choices of which one click is enough, then room for a comment; what was given, changeable while it may be. */
export function RatingForm({ rating, mayRate, rate, busy, problem, token, choosing = null, typed }: RatingFormProps) {
  const [clicked, setClicked] = useState(choosing);
  const along = token === undefined ? null : <input type="hidden" name="token" value={token} />;
  return (
    <div className="flex flex-col gap-4">
      {problem ? <Banner tone="alert">{problem}</Banner> : null}
      {mayRate === "score" ? (
        <form action={rate} onSubmit={({ nativeEvent }) => setClicked(Number((nativeEvent as SubmitEvent).submitter?.getAttribute("value")))}>
          {along}
          <ScoreChoice value={busy && clicked !== null ? clicked : (rating?.score ?? null)} label="Your rating" busy={busy} />
        </form>
      ) : null}
      <p role="status" className={rating ? "text-sm text-ink-2" : "sr-only"}>
        {rating ? <>You chose <strong className="font-semibold text-ink">{scoreWord(rating.score)}</strong>, {rating.score} of 5. {mayRate === "score" ? "You can change it until the request is closed." : "The request is closed, so this stays."}</> : null}
      </p>
      {rating ? <Comment key={rating.comment} {...{ rating, mayRate, rate, busy, along, typed }} /> : null}
    </div>
  );
}

type CommentProps = Pick<RatingFormProps, "mayRate" | "rate" | "busy" | "typed"> & { rating: RatingView; along: ReactNode };

function Comment({ rating, mayRate, rate, busy, along, typed }: CommentProps) {
  const hydrated = useHydrated();
  const [writing, setWriting] = useState(rating.comment === null || typed !== undefined);
  const [words, setWords] = useState(typed ?? rating.comment ?? "");
  if (mayRate === null || !writing) {
    return rating.comment === null ? null : (
      <div className="flex items-start gap-3 border-l-2 pl-3">
        <p className="min-w-0 flex-1 text-sm whitespace-pre-wrap wrap-anywhere"><span className="sr-only">Your comment: </span>{rating.comment}</p>
        {mayRate === "score" && hydrated ? <Button size="sm" look="quiet" className="-my-1" onClick={() => setWriting(true)}>Change</Button> : null}
      </div>
    );
  }
  return (
    <form action={rate} className="space-y-2.5">
      {along}
      <input type="hidden" name="score" value={rating.score} />
      <Field label={rating.score <= 2 ? "What could we have done better?" : "Anything to add?"} optional>
        <Textarea name="comment" maxLength={2000} rows={3} value={words} onChange={(event) => setWords(event.target.value)} />
      </Field>
      <Button type="submit" busy={busy} disabled={hydrated && (words.trim() === "" || words.trim() === rating.comment)}>Send comment</Button>
    </form>
  );
}
