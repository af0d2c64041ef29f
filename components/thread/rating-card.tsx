"use client";
import { useState } from "react";
import type { CustomerTicket } from "@/lib/tickets/view.ts";
import { ApiProblem } from "../api.ts";
import { cx } from "../ui/cx.ts";
import { RatingForm } from "./rating-form.tsx";

type RatingCardProps = Pick<CustomerTicket, "rating" | "mayRate"> & { onRate: (given: { score: number; comment?: string }) => Promise<void> };

/** Asks at the end of a conversation how it went, and shows what was said. Where nothing is asked and nothing was said it has no place. */
export function RatingCard({ rating, mayRate, onRate }: RatingCardProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function rate(form: FormData) {
    const comment = form.get("comment");
    setBusy(true);
    setProblem(null);
    try {
      await onRate({ score: Number(form.get("score")), ...(typeof comment === "string" ? { comment } : {}) });
    } catch (error) {
      // edge: the person reads why and may choose again
      setProblem(error instanceof ApiProblem ? error.message : "That did not work. Please try again.");
    } finally {
      setBusy(false);
    }
  }

  return (
    // inside a conversation that is read out as it grows: this speaks for itself
    <section aria-label="Your rating" aria-live="off" className="mx-auto mt-8 max-w-md animate-lift rounded-xl border bg-surface p-4 shadow-raised sm:p-5">
      <h2 className={cx("text-base font-semibold", rating ? "mb-3" : "mb-1")}>{rating ? "Thank you" : "How did we do?"}</h2>
      {rating ? null : <p className="mb-3.5 text-sm text-ink-2">One click is enough.</p>}
      <RatingForm {...{ rating, mayRate, rate, busy, problem }} />
    </section>
  );
}
