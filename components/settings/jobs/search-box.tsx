"use client";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { Input } from "@/components/ui/field.tsx";

/** A search that asks when the typing pauses, so that the address and the server are left in peace meanwhile. */
export function SearchBox({ label, placeholder, value, onSearch }: { label: string; placeholder: string; value: string; onSearch: (q: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    // The address changed by other means: a filter was cleared, or the reader went back.
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === value) return undefined;
    const pause = setTimeout(() => onSearch(typed.trim()), 300);
    return () => clearTimeout(pause);
  }, [typed, value, onSearch]);
  return (
    <div className="relative min-w-0">
      <Search aria-hidden className="absolute top-2.5 left-2.5 size-4 text-ink-3" />
      <Input type="search" aria-label={label} placeholder={placeholder} value={typed} onChange={(event) => setTyped(event.target.value)} className="pl-8" />
    </div>
  );
}
