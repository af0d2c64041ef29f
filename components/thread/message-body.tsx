import { Fragment, type ReactNode } from "react";
import type { PersonRef } from "@/lib/auth/view.ts";
import { cx } from "../ui/cx.ts";
import { cutByMentions } from "./mentions.ts";

const link = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

function withLinks(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(link)) {
    parts.push(text.slice(end, match.index));
    parts.push(<a key={match.index} href={match[0]} target="_blank" rel="noopener noreferrer nofollow" className="text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">{match[0]}</a>);
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts;
}

const rich = (text: string, mentions: readonly PersonRef[]): ReactNode[] =>
  cutByMentions(text, mentions).flatMap((part, index) => (typeof part === "string" ? <Fragment key={index}>{withLinks(part)}</Fragment> : <span key={index} className="font-semibold">@{part.person.name}</span>));

type Block = { kind: "text" | "quote" | "code"; lines: string[] };

/** Cuts plain text into paragraphs, quoted lines ("> …") and fenced code, as people write them in mail. */
export function blocksOf(body: string): Block[] {
  const blocks: Block[] = [];
  let fenced = false;
  for (const line of body.replace(/\r\n?/g, "\n").split("\n")) {
    if (line.startsWith("```")) {
      fenced = !fenced;
      if (fenced) blocks.push({ kind: "code", lines: [] });
      continue;
    }
    const kind = fenced ? "code" : line.startsWith(">") ? "quote" : "text";
    const last = blocks.at(-1);
    const shown = kind === "quote" ? line.replace(/^>\s?/, "") : line;
    if (last?.kind === kind) last.lines.push(shown);
    else blocks.push({ kind, lines: [shown] });
  }
  return blocks.filter((block) => block.lines.some((line) => line.trim() !== ""));
}

/** The words of a message, as text: nothing in it is ever taken for markup but links, quotes, fenced code and the names of who was mentioned. */
export function MessageBody({ body, mentions = [], className }: { body: string; mentions?: readonly PersonRef[] | undefined; className?: string }) {
  return (
    <div className={cx("flex max-w-[70ch] flex-col gap-2.5 text-sm/[1.45rem] wrap-anywhere text-ink", className)}>
      {blocksOf(body).map((block, index) => {
        const text = block.lines.join("\n").trim();
        if (block.kind === "code") return <pre key={index} tabIndex={0} className="overflow-x-auto rounded-sm border bg-sunken px-2.5 py-2 font-mono text-xs leading-relaxed wrap-normal">{block.lines.join("\n")}</pre>;
        if (block.kind === "quote") return <blockquote key={index} className="border-l-2 border-line-strong/50 pl-3 whitespace-pre-wrap text-ink-2">{rich(text, mentions)}</blockquote>;
        return <Fragment key={index}>{text.split(/\n{2,}/).map((paragraph, at) => <p key={at} className="whitespace-pre-wrap">{rich(paragraph, mentions)}</p>)}</Fragment>;
      })}
    </div>
  );
}
