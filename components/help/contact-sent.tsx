"use client";
import { MailCheck } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button.tsx";

type SentProps = { id: string; number: number; email: string | null };

/** What the writer needs to know once a request is in: its number, where it goes on, and what to do about the mail. */
export function ContactSent({ id, number, email }: SentProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="max-w-xl">
      <p className="text-sm font-semibold text-good-text">Request <span data-numeric>#{number}</span></p>
      <h1 ref={heading} tabIndex={-1} className="mt-1 text-3xl font-bold outline-none">We have it.</h1>
      <p className="mt-4 text-lg text-ink-2">It is on its way to the right person now. The answer appears on your request’s page, live, while you have it open.</p>
      <div className="mt-6 flex flex-wrap items-center gap-x-5 gap-y-3">
        <Button asChild look="primary" size="lg"><Link href={`/my/${id}`}>Open your request</Link></Button>
        <Link href="/" className="rounded-sm text-sm text-ink-2 hover:text-ink hover:underline">Back to the start</Link>
      </div>
      {email !== null ? (
        <div className="mt-10 flex gap-3 border-t pt-6">
          <MailCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-accent-text" />
          <div className="text-sm text-ink-2">
            <p className="font-medium text-ink [overflow-wrap:anywhere]">We sent a mail to {email || "your address"}.</p>
            <p className="mt-1">It has the number and a link that confirms your address. Once it is confirmed you also get our answers by mail, and can open the request in any browser. Until then it opens in this one.</p>
          </div>
        </div>
      ) : null}
    </div>
  );
}
