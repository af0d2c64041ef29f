import { scoreWord } from "@/lib/score-words.ts";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { Badge } from "../ui/badge.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";

const toneOf = (score: number) => (score <= 2 ? "alert" : score === 3 ? "plain" : "good");

/** What the customer thought of the solution, or of the one before the ticket was opened again. */
export function Rating({ rating, resolvedAt }: { rating: NonNullable<StaffTicket["rating"]>; resolvedAt: string | null }) {
  const earlier = resolvedAt === null || resolvedAt > rating.at;
  return (
    <>
      <p className="flex items-center gap-2 text-sm">
        <Badge tone={toneOf(rating.score)}>{scoreWord(rating.score)}</Badge>
        <span data-numeric>{rating.score} of 5</span>
        <RelativeTime at={rating.at} className="ml-auto text-xs text-ink-3" />
      </p>
      {rating.comment ? <p className="mt-2 border-l-2 pl-2.5 text-sm whitespace-pre-wrap text-ink-2 wrap-anywhere">{rating.comment}</p> : null}
      {earlier ? <p className="mt-1.5 text-xs text-ink-3">Given before the ticket was opened again.</p> : null}
    </>
  );
}
