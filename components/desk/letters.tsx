"use client";
import { useQuery } from "@tanstack/react-query";
import { Hash, Mail } from "lucide-react";
import { useState } from "react";
import type { LetterView } from "@/lib/notifications/view.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { lettersOptions } from "./queries.ts";

const kinds: Record<LetterView["kind"], string> = {
  receipt: "Receipt", reply: "Reply", resolved: "Marked solved", "closing-soon": "Closing soon", closed: "Closed", link: "Sign-in link", reset: "New password", invitation: "Invitation", "already-registered": "Account exists",
  assigned: "Assignment", mention: "Mention", "customer-replied": "Customer’s reply", escalated: "Escalation", reminder: "Reminder", breach: "Breach", "breach-repeated": "Breach, again", "low-rating": "Low rating", bounced: "Mail came back", digest: "Digest",
};
const states = {
  held: ["wait", "Held"], queued: ["info", "On its way"], sent: ["plain", "Sent"], delivered: ["good", "Delivered"], bounced: ["alert", "Came back"], complained: ["alert", "Called unwanted"], dropped: ["plain", "Not sent"],
} as const;

/** What was sent about a ticket. It is asked for once somebody wants to know (`asked`: they do); what is on its way is asked for again. */
export function Letters({ ticketId, asked = false }: { ticketId: string; asked?: boolean }) {
  const [open, setOpen] = useState(asked);
  const [all, setAll] = useState(false);
  const { data, isError, refetch } = useQuery({ ...lettersOptions(ticketId), enabled: open, refetchInterval: ({ state }) => (state.data?.some((letter) => letter.state === "queued" || letter.state === "sent") ? 10_000 : false) });
  if (!open) return <Button look="link" size="sm" onClick={() => setOpen(true)}>Show what was sent</Button>;
  if (!data) return isError ? <p className="text-sm text-ink-2">What was sent could not be loaded. <Button look="link" onClick={() => refetch()}>Try again</Button></p> : <Skeleton className="w-full" />;
  if (data.length === 0) return <p className="text-sm text-ink-2">Nothing was sent about this ticket yet.</p>;
  const shown = all ? data : data.slice(0, 6);
  return (
    <>
      <ul className="space-y-3.5">{shown.map((letter) => <Row key={letter.id} letter={letter} />)}</ul>
      {data.length > shown.length && <Button look="link" size="sm" className="mt-3" onClick={() => setAll(true)}>Show all {data.length}</Button>}
    </>
  );
}

function Row({ letter }: { letter: LetterView }) {
  const [tone, word] = states[letter.state];
  const Icon = letter.channel === "slack" ? Hash : Mail;
  const to = letter.channel === "slack" ? "To Slack" : `To ${letter.to.name ?? letter.to.address}`;
  const tried = letter.state === "queued" && letter.attempts > 0;
  return (
    <li className="text-xs">
      <p className="flex items-center gap-2 text-sm">
        <Icon aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        <span className="min-w-0 flex-1 truncate font-medium">{kinds[letter.kind]}</span>
        <Badge tone={tried ? "wait" : tone}>{tried ? "Trying again" : word}</Badge>
      </p>
      <p className="mt-0.5 text-ink-2 wrap-anywhere"><span title={letter.channel === "mail" ? letter.to.address : undefined}>{to}</span> · <RelativeTime at={letter.sentAt ?? letter.at} className="text-ink-3" /></p>
      <p className="mt-0.5 text-ink-3 wrap-anywhere">{letter.why}</p>
      {letter.state === "held" && <p className="mt-0.5 text-ink-2">Goes out once the address is confirmed.</p>}
      {letter.trouble && <p className="mt-0.5 text-ink-2 wrap-anywhere">{letter.trouble}</p>}
      {letter.text && (
        <details className="mt-1">
          <summary className="w-fit cursor-pointer rounded-sm text-accent-text">Read it</summary>
          <div className="mt-1.5 max-h-72 overflow-y-auto rounded-md bg-sunken p-3 whitespace-pre-wrap text-ink-2 wrap-anywhere" tabIndex={0}>
            {letter.subject && <p className="mb-2 font-medium text-ink">{letter.subject}</p>}
            {letter.text}
          </div>
        </details>
      )}
    </li>
  );
}
