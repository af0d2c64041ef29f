"use client";
import { ChevronDown, Lock, SendHorizontal } from "lucide-react";
import { useRef, useState, type ClipboardEvent, type KeyboardEvent, type RefObject } from "react";
import type { PersonRef } from "@/lib/auth/view.ts";
import type { MessageInput, Visibility } from "@/lib/tickets/schema.ts";
import { ApiProblem, newKey } from "../api.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { StatusMark } from "../ui/status-badge.tsx";
import { useHydrated } from "../use-hydrated.ts";
import { AttachButton, pastedFiles } from "./attach-button.tsx";
import { keepDraft, useDraft } from "./drafts.ts";
import { UploadList, uploadsPending } from "./upload-list.tsx";
import { addFiles, draftPlace, forget, putBack, takeUploads, useUploads, type Upload } from "./uploads.ts";
import { useMentions } from "./use-mentions.tsx";

type SendStatus = NonNullable<MessageInput["status"]>;
export type Outgoing = { body: string; visibility: Visibility; status?: SendStatus; files: readonly Upload[]; key: string };

/** A message as the API takes it. */
export const toInput = ({ body, visibility, status, files }: Outgoing) => ({ body, visibility, status, attachmentIds: files.flatMap(({ file }) => file?.id ?? []) });

/** Which of its files a refusal was about. */
const lostFiles = (error: unknown): number[] => (error instanceof ApiProblem ? error.errors.flatMap(({ path }) => (path.startsWith("attachmentIds.") ? [Number(path.split(".")[1])] : [])) : []);

type ComposerProps = {
  ticketId: string;
  /** What may be written here; the first is what the composer opens with. */
  modes: readonly Visibility[];
  mode?: Visibility;
  onMode?: (mode: Visibility) => void;
  /** Stores the message. Rejects when it was not stored: the text then comes back. A repeated act has the same key. */
  onSend: (message: Outgoing) => Promise<void>;
  statuses?: readonly { status: SendStatus; label: string }[];
  /** A sentence about what changed while this was being written. */
  warning?: string | null;
  placeholder?: Partial<Record<Visibility, string>>;
  /** Colleagues who are offered when an @ is typed in a private note. */
  colleagues?: readonly PersonRef[];
  onStart?: () => void;
  inputRef?: RefObject<HTMLTextAreaElement | null>;
  className?: string;
};

const words = { public: { tab: "Reply", send: "Send", placeholder: "Write a reply…" }, private: { tab: "Private note", send: "Add note", placeholder: "Write a note. Only staff will see it. @ tells a colleague." } } as const;

/** Writes one message at a time. Drafts stay in this browser per ticket; what could not be sent is put back, word for word. */
export function Composer({ ticketId, modes, mode: chosen, onMode, onSend, statuses = [], warning, placeholder, colleagues = [], onStart, inputRef, className }: ComposerProps) {
  const mode = chosen && modes.includes(chosen) ? chosen : (modes[0] ?? "public");
  const text = useDraft(ticketId, mode);
  const [problem, setProblem] = useState<string | null>(null);
  const hydrated = useHydrated();
  const last = useRef<Outgoing | null>(null);
  const note = mode === "private";
  const place = draftPlace(ticketId, mode);
  const uploads = useUploads(place);
  const pending = uploadsPending(uploads);
  const empty = text.trim() === "" && uploads.length === 0;
  const ready = hydrated && !empty && pending === null;
  const own = useRef<HTMLTextAreaElement>(null);
  const input = inputRef ?? own;
  const mentions = useMentions({ text, people: note ? colleagues : [], onText: (next) => keepDraft(ticketId, mode, next), input });

  async function send(status?: SendStatus) {
    const body = text.trim();
    if (!ready) return;
    const files = takeUploads(place);
    const same = last.current?.body === body && last.current.visibility === mode && last.current.status === status && last.current.files.map(({ key }) => key).join() === files.map(({ key }) => key).join();
    const message: Outgoing = { body, visibility: mode, files, key: same && last.current ? last.current.key : newKey(), ...(status ? { status } : {}) };
    last.current = message;
    setProblem(null);
    keepDraft(ticketId, mode, "");
    try {
      await onSend(message);
      last.current = null;
      forget(files);
    } catch (error) {
      // Edge: the person decides what happens with a message that was refused; their words must not be lost.
      keepDraft(ticketId, mode, text);
      putBack(place, files, lostFiles(error));
      setProblem(error instanceof ApiProblem ? error.message : "The message could not be sent.");
    }
  }

  function onKey(event: KeyboardEvent) {
    if (mentions.press(event)) return;
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    void send();
  }

  function onPaste(event: ClipboardEvent) {
    const files = pastedFiles(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    addFiles(place, files);
  }

  return (
    <section aria-label="Write" className={cx("border-t px-3 pt-2 pb-3 sm:px-5", note ? "bg-note-soft" : "bg-surface", className)}>
      {problem && <Banner tone="alert" className="mb-2" action={<Button size="sm" look="quiet" onClick={() => send()}>Try again</Button>}>Not sent. {problem} Your text is kept below.</Banner>}
      {warning && !empty && <Banner tone="wait" className="mb-2">{warning}</Banner>}
      {modes.length > 1 && (
        <div role="group" aria-label="Kind of message" className="mb-1.5 flex gap-1">
          {modes.map((one) => (
            <button key={one} type="button" aria-pressed={mode === one} onClick={() => onMode?.(one)} className={cx("inline-flex h-7 items-center gap-1.5 rounded-md px-2.5 text-xs font-medium transition-colors", mode !== one ? "text-ink-2 hover:bg-hover" : one === "private" ? "bg-note-line/40 text-note-text" : "bg-accent-soft text-accent-text")}>
              {one === "private" && <Lock aria-hidden className="size-3" />}
              {words[one].tab}
            </button>
          ))}
        </div>
      )}
      <div className={cx("relative rounded-lg border bg-raised has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:-outline-offset-1 has-[textarea:focus-visible]:outline-accent", note ? "border-note-line" : "border-line-strong")}>
        {mentions.list}
        <textarea
          ref={input}
          {...mentions.field}
          aria-label={words[mode].tab}
          value={text}
          disabled={!hydrated}
          maxLength={50_000}
          onChange={(event) => { if (text === "") onStart?.(); keepDraft(ticketId, mode, event.target.value); }}
          onKeyDown={onKey}
          onPaste={onPaste}
          placeholder={placeholder?.[mode] ?? words[mode].placeholder}
          className="field-sizing-content max-h-[38dvh] min-h-17 w-full resize-none bg-transparent px-3.5 py-2.5 text-sm/[1.45rem] outline-none placeholder:text-ink-3"
        />
        <UploadList place={place} uploads={uploads} className="max-h-[30dvh] overflow-y-auto px-2 pb-2" />
        <div className="flex items-center justify-end gap-1 px-2 pb-2">
          <div className="mr-auto flex min-w-0 items-center gap-1">
            <AttachButton place={place} disabled={!hydrated} />
            <span role="status" className={cx("text-xs", pending ? "text-ink-2" : "text-ink-3 max-sm:sr-only")}>{pending ?? (note ? "Seen by staff only" : empty ? "" : "Draft kept")}</span>
          </div>
          <Button look={note ? "note" : "primary"} disabled={!ready} onClick={() => send()} className={statuses.length > 0 ? "rounded-r-xs" : ""}>
            {note ? <Lock aria-hidden /> : <SendHorizontal aria-hidden />}
            {words[mode].send}
          </Button>
          {statuses.length > 0 && (
            <Menu align="end" side="top" trigger={<Button look={note ? "note" : "primary"} square disabled={!ready} aria-label="Send and set a status" className="rounded-l-xs"><ChevronDown aria-hidden /></Button>}>
              {statuses.map(({ status, label }) => (
                <MenuItem key={status} icon={<StatusMark status={status} />} onSelect={() => send(status)}>{label}</MenuItem>
              ))}
            </Menu>
          )}
        </div>
      </div>
    </section>
  );
}
