import type { ReactNode } from "react";
import type { Reader } from "./reader.ts";
import { SiteFooter } from "./site-footer.tsx";
import { SiteHeader } from "./site-header.tsx";

/** The frame of the public pages. */
export function Site({ deskName, reader, children }: { deskName: string; reader: Reader; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader deskName={deskName} reader={reader} />
      <main id="content" tabIndex={-1} className="flex flex-1 flex-col outline-none">{children}</main>
      <SiteFooter deskName={deskName} />
    </div>
  );
}
