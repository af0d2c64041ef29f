"use client";
import { Menu as MenuIcon } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/dialog.tsx";
import { Logo } from "../ui/logo.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";

type FrameProps = { name: string; nav: ReactNode; /** At the end of the bar that stands where the navigation has no room. */ corner?: ReactNode; bare?: boolean; children: ReactNode };

/** A staff screen: navigation at the side, or behind a button where there is no room for it; the page in the rest. */
export function Frame({ name, nav, corner, bare = false, children }: FrameProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <a href="#main" className="skip-link rounded-md bg-accent px-3 py-2 text-sm font-medium text-accent-ink">Skip to the content</a>
      {bare && <ConnectionBanner short className="fixed inset-x-0 top-0 z-30 mx-auto w-fit rounded-b-md bg-sunken px-2.5 md:hidden" />}
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <header className="hidden w-52 shrink-0 overflow-y-auto border-r bg-canvas lg:flex lg:flex-col">{nav}</header>
        <header className={bare ? "flex h-11 shrink-0 items-center gap-2 border-b bg-canvas px-2 max-md:hidden lg:hidden" : "flex h-11 shrink-0 items-center gap-2 border-b bg-canvas px-2 lg:hidden"}>
          <Button look="quiet" square aria-label="Open the navigation" aria-expanded={open} onClick={() => setOpen(true)}><MenuIcon aria-hidden /></Button>
          <Logo name={name} className="text-sm" />
          <ConnectionBanner short className="ml-auto pr-2" />
          {corner}
        </header>
        <Drawer title="Navigation" open={open} onOpenChange={setOpen}>
          <div className="flex min-h-full flex-col" onClick={(event) => { if ((event.target as Element).closest("a")) setOpen(false); }}>{nav}</div>
        </Drawer>
        <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">{children}</main>
      </div>
    </div>
  );
}
