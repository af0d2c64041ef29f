import { ArrowDownLeft, ArrowUpRight, Lock } from "lucide-react";
import type { AttachmentView, MessageView } from "@/lib/tickets/view.ts";
import { Avatar } from "../ui/avatar.tsx";
import { cx } from "../ui/cx.ts";
import { RelativeTime } from "../ui/relative-time.tsx";
import { Attachments } from "./attachments.tsx";
import { MessageBody } from "./message-body.tsx";

/** A message on its way: shown at once, not yet acknowledged. */
export type Sending = { key: string; body: string; visibility: "public" | "private"; attachments: AttachmentView[]; at: string };

type Props = { message: MessageView; follows: boolean; sending?: boolean };

/** A line of the desk itself between the messages. */
const SystemLine = ({ message }: Props) => (
  <article className="mx-auto flex max-w-[60ch] items-baseline gap-2 py-1 text-xs text-ink-3">
    <span className="wrap-anywhere">{message.body}</span>
    <RelativeTime at={message.at} className="shrink-0" />
  </article>
);

/** In the desk a message reads like mail: what came in hangs on the left, what went out on the right, notes on yellow paper. */
export function DeskMessage(props: Props) {
  const { message, follows, sending = false } = props;
  if (message.side === "system" && message.visibility === "public") return <SystemLine {...props} />;
  const note = message.visibility === "private";
  const out = message.side !== "customer";
  return (
    <article
      aria-label={`${note ? "Private note" : out ? "Reply" : "Message"} by ${message.author.name}`}
      className={cx("w-fit max-w-[calc(100%-1.5rem)] min-w-[min(22rem,100%-1.5rem)] sm:max-w-[calc(100%-3rem)]", out && "ml-auto", follows ? "mt-1.5" : "mt-4", sending && "opacity-60")}
    >
      <div className={cx("rounded-lg border px-4 py-3", note ? "border-dashed border-note-line bg-note-soft" : out ? "rounded-tr-xs border-accent-line/70 bg-accent-soft" : "rounded-tl-xs bg-surface shadow-raised")}>
        <header className={cx("mb-1.5 flex items-center gap-2 text-xs text-ink-2", follows && !note && "sr-only")}>
          <Avatar name={message.author.name} side={message.side} size="xs" />
          <span className="min-w-0 truncate text-sm font-semibold text-ink">{message.author.name}</span>
          {note ? (
            <span className="inline-flex shrink-0 items-center gap-1 font-medium text-note-text"><Lock aria-hidden className="size-3" />Private note<span className="max-lg:sr-only">· only staff see this</span></span>
          ) : out ? (
            <ArrowUpRight aria-hidden className="size-3.5 shrink-0 text-accent-text" />
          ) : (
            <ArrowDownLeft aria-hidden className="size-3.5 shrink-0 text-ink-3" />
          )}
          <span className="ml-auto shrink-0 pl-2">{sending ? "Sending…" : <RelativeTime at={message.at} />}</span>
        </header>
        <MessageBody body={message.body} mentions={message.mentions} />
        <Attachments files={message.attachments} />
      </div>
    </article>
  );
}

/** For the customer it feels like messaging: own words right, the desk's left under a name. */
export function CustomerMessage(props: Props) {
  const { message, follows, sending = false } = props;
  if (message.side === "system") return <SystemLine {...props} />;
  const own = message.side === "customer";
  return (
    <article aria-label={`Message by ${own ? "you" : message.author.name}`} className={cx("flex gap-2.5", own ? "flex-row-reverse" : "", follows ? "mt-1" : "mt-5", sending && "opacity-60")}>
      {!own && (follows ? <span className="w-8 shrink-0" /> : <Avatar name={message.author.name} side="staff" />)}
      <div className={cx("min-w-0 max-w-[min(85%,36rem)]", own && "text-right")}>
        {!follows && (
          <header className={cx("mb-1 flex items-baseline gap-2 px-1 text-xs text-ink-3", own && "justify-end")}>
            <span className="font-semibold text-ink-2">{own ? "You" : message.author.name}</span>
            {sending ? <span>Sending…</span> : <RelativeTime at={message.at} />}
          </header>
        )}
        <div className={cx("inline-block rounded-xl px-4 py-2.5 text-left", own ? "rounded-tr-xs bg-accent-soft" : "rounded-tl-xs border bg-surface")}>
          <MessageBody body={message.body} className="text-[0.9375rem]/6" />
          <Attachments files={message.attachments} />
        </div>
      </div>
    </article>
  );
}
