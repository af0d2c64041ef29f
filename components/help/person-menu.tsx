"use client";
import { useEffect, useRef } from "react";
import { SignOutForms } from "@/components/auth/sign-out-forms.tsx";
import { Avatar } from "@/components/ui/avatar.tsx";

/** The reader's account, as a disclosure that opens without JavaScript; with it, Escape and a click elsewhere close it. */
export function PersonMenu({ name, email, staff }: { name: string; email: string; staff: boolean }) {
  const room = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = () => room.current?.removeAttribute("open");
    const onPointer = ({ target }: PointerEvent) => { if (target instanceof Node && !room.current?.contains(target)) close(); };
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== "Escape" || !room.current?.open) return;
      close();
      room.current.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
  return (
    <details ref={room} className="relative">
      <summary className="flex list-none items-center gap-2 rounded-md py-1 pr-1 text-sm font-medium text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
        <Avatar name={name} side={staff ? "staff" : "customer"} size="sm" />
        <span className="max-w-40 truncate max-sm:sr-only">{name}</span>
        <span className="sr-only">: account</span>
      </summary>
      <div className="absolute right-0 z-30 mt-1.5 w-64 rounded-lg border bg-raised p-1.5 shadow-floating">
        <p className="px-2.5 pt-1.5 pb-2.5 text-sm">
          <span className="block truncate font-medium">{name}</span>
          <span className="block truncate text-ink-3">{email}</span>
        </p>
        <SignOutForms look="menu" />
      </div>
    </details>
  );
}
