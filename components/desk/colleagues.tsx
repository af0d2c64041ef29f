import { PencilLine } from "lucide-react";
import type { PersonRef } from "@/lib/auth/view.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import type { Writer } from "./presence.ts";

/** As many faces as are worth their room. */
const shownFaces = 3;

const firstName = ({ name }: PersonRef) => name.trim().split(/\s+/)[0] ?? name;

/** "Mia", "Mia and Omar", "Mia and 2 more". */
function together(names: readonly string[]): string {
  if (names.length <= 2) return names.join(" and ");
  return `${names[0]} and ${names.length - 1} more`;
}

/** Colleagues who have the ticket open. Hangs from the head over the conversation, so that nothing moves when they come and go. */
export function Viewers({ viewers }: { viewers: readonly PersonRef[] }) {
  if (viewers.length === 0) return null;
  return (
    <Tooltip text={`Also looking at this: ${viewers.map(({ name }) => name).join(", ")}`}>
      <p className="absolute top-0 right-3 flex h-6 max-w-[calc(100%-1.5rem)] animate-appear items-center gap-1.5 rounded-b-md border border-t-0 bg-surface px-1.5 text-xs text-ink-2 sm:right-5">
        {viewers.slice(0, shownFaces).map(({ id, name }) => <Avatar key={id} name={name} side="staff" size="2xs" className="-mr-0.5" />)}
        <span className="truncate pl-0.5">{together(viewers.map(firstName))} {viewers.length === 1 ? "is" : "are"} viewing</span>
      </p>
    </Tooltip>
  );
}

/** Who is typing, over the end of the conversation, where it moves nothing. */
export function Writers({ writers }: { writers: readonly Writer[] }) {
  const typing = writers.filter((writer) => writer.typing);
  if (typing.length === 0) return null;
  const what = typing.every(({ kind }) => kind === "private") ? (typing.length === 1 ? "a note" : "notes") : typing.length === 1 ? "a reply" : "replies";
  return (
    <p className="pointer-events-none absolute bottom-0 left-3 flex h-5 max-w-[calc(100%-1.5rem)] animate-appear items-center gap-1.5 rounded-t-md bg-canvas px-1.5 text-xs text-ink-2 sm:left-5">
      <PencilLine aria-hidden className="size-3 shrink-0 animate-breathe" />
      <span className="truncate">{together(typing.map(firstName))} {typing.length === 1 ? "is" : "are"} writing {what}…</span>
    </p>
  );
}

/** The warning for somebody who writes a public reply while a colleague has begun one; null when nobody has. */
export function collisionWords(writers: readonly Writer[]): string | null {
  const others = writers.filter(({ kind }) => kind === "public");
  if (others.length === 0) return null;
  return `${together(others.map(firstName))} ${others.length === 1 ? "has" : "have"} begun a reply too. Agree on who answers before you send.`;
}
