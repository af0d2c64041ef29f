"use client";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { usePlace } from "./place.ts";

const shownAtFirst = 6;
const most = 40;

/** The tags of a ticket; Enter adds, the cross removes, a click on one shows every ticket that has it. */
export function TagEditor({ tags, fixed, onChange }: { tags: string[]; fixed: boolean; onChange: (tags: string[]) => void }) {
  const place = usePlace();
  const [adding, setAdding] = useState(false);
  const [all, setAll] = useState(false);
  const shown = all ? tags : tags.slice(0, shownAtFirst);
  function add(text: string) {
    const tag = text.trim().toLowerCase().slice(0, 40);
    setAdding(false);
    if (tag && !tags.includes(tag)) onChange([...tags, tag]);
  }
  return (
    <ul className="flex min-w-0 flex-wrap items-center gap-1 py-1">
      {shown.map((tag) => (
        <li key={tag} className="min-w-0">
          <span className="flex h-6 items-center rounded-sm bg-sunken text-xs font-medium text-ink-2">
            <button type="button" className="h-6 max-w-36 truncate rounded-sm px-2 hover:text-ink hover:underline" title={`Show tickets with ${tag}`} onClick={() => place.narrow({ tag })}>{tag}</button>
            {!fixed && <button type="button" aria-label={`Remove the tag ${tag}`} onClick={() => onChange(tags.filter((other) => other !== tag))} className="-ml-1 grid size-6 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"><X aria-hidden className="size-3" /></button>}
          </span>
        </li>
      ))}
      {tags.length > shown.length && <li><button type="button" onClick={() => setAll(true)} className="h-6 rounded-sm px-1.5 text-xs font-medium text-accent-text hover:bg-hover">and {tags.length - shown.length} more</button></li>}
      {tags.length === 0 && fixed && <li className="text-ink-3">None</li>}
      {!fixed && tags.length < most && (
        <li>
          {adding ? (
            <input
              autoFocus
              aria-label="New tag"
              maxLength={40}
              onBlur={(event) => add(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter") add(event.currentTarget.value);
                if (event.key === "Escape") { event.currentTarget.value = ""; setAdding(false); }
              }}
              className="h-6 w-28 rounded-sm border border-line-strong bg-raised px-1.5 text-xs"
            />
          ) : (
            <button type="button" onClick={() => setAdding(true)} className="inline-flex h-6 min-w-6 items-center justify-center gap-0.5 rounded-sm px-1 text-xs text-ink-3 hover:bg-hover hover:text-ink"><Plus aria-hidden className="size-3" />{tags.length === 0 ? "Add a tag" : <span className="sr-only">Add a tag</span>}</button>
          )}
        </li>
      )}
    </ul>
  );
}
