import { ArrowRight } from "lucide-react";
import { Button } from "@/components/ui/button.tsx";
import { Input } from "@/components/ui/field.tsx";

/** The large box of the start page: the question goes with the reader to the form. Works without JavaScript. */
export function QuestionBox() {
  return (
    <form action="/contact" role="search" className="max-w-2xl">
      <label htmlFor="question" className="sr-only">Your question</label>
      <div className="flex gap-2 rounded-xl border border-line-strong bg-raised p-1.5 shadow-raised focus-within:border-accent focus-within:outline-2 focus-within:outline-accent">
        <Input id="question" name="q" required maxLength={200} dimension="lg" autoComplete="off" placeholder="Say it in a sentence" aria-describedby="question-hint" className="border-transparent bg-transparent hover:border-transparent focus-visible:border-transparent focus-visible:outline-none" />
        <Button type="submit" look="primary" size="lg" className="h-12 max-sm:aspect-square max-sm:px-0">
          <span className="max-sm:sr-only">Ask</span><ArrowRight aria-hidden />
        </Button>
      </div>
      <p id="question-hint" className="mt-3 max-w-[58ch] text-sm text-ink-2">There are no articles to search yet. Your question opens the contact form, and a person answers it.</p>
    </form>
  );
}
