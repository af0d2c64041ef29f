"use client";
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject, type SyntheticEvent } from "react";
import type { PersonRef } from "@/lib/auth/view.ts";
import { Avatar } from "../ui/avatar.tsx";
import { cx } from "../ui/cx.ts";
import { matching, typedMention } from "./mentions.ts";

/** As many as are offered at once. */
const mostOffered = 6;

/**
 * Offers colleagues while an @ is typed in a text: the field keeps the focus, arrows choose, Enter or Tab takes, Escape
 * closes (WAI-ARIA, editable field with a list box). What is taken becomes @Name in the text, which stays plain.
 */
export function useMentions({ text, people, onText, input }: { text: string; people: readonly PersonRef[]; onText: (text: string) => void; input: RefObject<HTMLTextAreaElement | null> }) {
  const id = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const [shutAt, setShutAt] = useState<number | null>(null);
  const placeAfter = useRef<number | null>(null);
  const typed = caret === null || people.length === 0 ? null : typedMention(text, caret);
  const offered = typed && typed.at !== shutAt ? matching(people, typed.words).slice(0, mostOffered) : [];
  const open = offered.length > 0;
  const marked = offered[Math.min(chosen, offered.length - 1)];

  useLayoutEffect(() => {
    if (placeAfter.current === null) return;
    input.current?.setSelectionRange(placeAfter.current, placeAfter.current);
    placeAfter.current = null;
  }, [text, input]);

  function follow({ currentTarget }: SyntheticEvent<HTMLTextAreaElement>) {
    const at = document.activeElement === currentTarget && currentTarget.selectionStart === currentTarget.selectionEnd ? currentTarget.selectionStart : null;
    setCaret(at);
    if (at === null || typedMention(currentTarget.value, at)?.at !== shutAt) setShutAt(null);
    if (at !== caret) setChosen(0);
  }

  function take(person: PersonRef) {
    if (!typed || caret === null) return;
    const named = `@${person.name} `;
    placeAfter.current = typed.at + named.length;
    setShutAt(typed.at);
    setCaret(placeAfter.current);
    onText(text.slice(0, typed.at) + named + text.slice(caret).replace(/^ /, ""));
    input.current?.focus();
  }

  /** Whether a key was meant for the list. */
  function press(event: KeyboardEvent): boolean {
    if (!open || !marked || event.nativeEvent.isComposing || event.metaKey || event.ctrlKey || event.altKey) return false;
    const at = offered.indexOf(marked);
    if (event.key === "ArrowDown") setChosen((at + 1) % offered.length);
    else if (event.key === "ArrowUp") setChosen((at - 1 + offered.length) % offered.length);
    else if (event.key === "Enter" || event.key === "Tab") take(marked);
    else if (event.key === "Escape") setShutAt(typed?.at ?? null);
    else return false;
    event.preventDefault();
    return true;
  }

  const option = (person: PersonRef) => `${id}-${person.id}`;
  return {
    press,
    field: people.length === 0 ? {} : {
      onSelect: follow, onBlur: () => setCaret(null),
      "aria-autocomplete": "list" as const, "aria-haspopup": "listbox" as const, "aria-controls": open ? `${id}-list` : undefined, "aria-activedescendant": open && marked ? option(marked) : undefined,
    },
    list: (
      <>
        <span role="status" className="sr-only">{open && marked ? `${marked.name}, ${offered.indexOf(marked) + 1} of ${offered.length}. Enter mentions.` : ""}</span>
        {open && (
          <ul id={`${id}-list`} role="listbox" aria-label="Colleagues to mention" className="absolute bottom-full left-0 z-30 mb-1 w-full max-w-72 animate-lift rounded-lg border bg-raised p-1 shadow-floating">
            {offered.map((person) => (
              <li key={person.id} id={option(person)} role="option" aria-selected={person === marked} onPointerDown={(event) => event.preventDefault()} onPointerMove={() => setChosen(offered.indexOf(person))} onClick={() => take(person)} className={cx("flex h-9 cursor-default items-center gap-2.5 rounded-sm px-2 text-sm", person === marked && "bg-selected")}>
                <Avatar name={person.name} side="staff" size="sm" />
                <span className="min-w-0 truncate">{person.name}</span>
              </li>
            ))}
          </ul>
        )}
      </>
    ),
  };
}
