"use client";
import { MailCheck } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";

/** The page has done its part; what comes next is in the mail. Says the same whether the address is known or not. */
export function CheckMail({ email, children }: { email: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="rounded-lg border bg-canvas p-5">
      <MailCheck aria-hidden className="size-6 text-accent-text" />
      <h2 ref={heading} tabIndex={-1} className="mt-3 text-lg font-semibold outline-none">Check your mail</h2>
      <p className="mt-1 text-sm font-medium [overflow-wrap:anywhere]">{email}</p>
      <p className="mt-2 text-sm text-ink-2">{children}</p>
      <p className="mt-2 text-sm text-ink-3">Nothing there after a minute? Look among unwanted mail, or try again.</p>
    </div>
  );
}
