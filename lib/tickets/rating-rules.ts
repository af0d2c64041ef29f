import { AppError } from "../errors.ts";
import type { Act, Change } from "./rules.ts";
import type { Rating, Ticket } from "./schema.ts";

/** What may still be said of the resolution that stands: a score (with a comment), a comment alone, or nothing. */
export type MayRate = "score" | "comment" | null;
type Asking = { asked: boolean };

/** The rating of the resolution that stands; null when it has none. */
export function ratingOf({ rating, resolution }: Pick<Ticket, "rating" | "resolution">): Rating | null {
  return rating && resolution && rating.resolvedAt.getTime() === resolution.at.getTime() ? rating : null;
}

/**
 * A resolution may be rated once, and that changed until the ticket is closed. A closed one (its letter carries the
 * link too) may still get a first score, and a comment that it lacks.
 */
export function mayRate(ticket: Pick<Ticket, "status" | "rating" | "resolution">, { asked }: Asking): MayRate {
  if (!asked || !ticket.resolution) return null;
  const given = ratingOf(ticket);
  if (ticket.status === "resolved" || !given) return "score";
  return given.comment === null ? "comment" : null;
}

/**
 * Rates the resolution that stands. A comment that is not given stays as it was, null takes it away. The same rating
 * again changes nothing; what came before is in the rows. Throws 409 with the reason when it can't be rated (so) any more.
 */
export function onRate(ticket: Ticket, { score, comment: words }: { score: number; comment?: string | null | undefined }, asking: Asking, act: Act, why: string | null = null): Change {
  const given = ratingOf(ticket);
  const comment = words === undefined ? (given?.comment ?? null) : words;
  if (!asking.asked) throw new AppError("conflict", "This desk does not ask for ratings.");
  if (!ticket.resolution) throw new AppError("conflict", ticket.status === "closed" ? "This request was closed without being solved, so there is nothing to rate." : "This request is not solved. It can be rated when it is.");
  if (given && given.score === score && given.comment === comment) return { set: {}, happened: [] };
  const allowed = mayRate(ticket, asking);
  if (allowed !== "score" && given?.score !== score) throw new AppError("conflict", "This request is closed: the rating that was given stays.");
  if (allowed === null) throw new AppError("conflict", "This request is closed: the comment that was given stays.");
  const resolvedAt = ticket.resolution.at;
  return {
    set: { rating: { score, comment, at: act.at, resolvedAt } },
    happened: [{ type: "ticket/rated", public: true, quiet: true, why, data: { score, comment, resolvedAt: resolvedAt.toISOString() } }],
  };
}
