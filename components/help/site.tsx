import type { ReactNode } from "react";
import type { Reader } from "./reader.ts";
import { SiteFooter } from "./site-footer.tsx";
import { SiteHeader } from "./site-header.tsx";

type SiteProps = { deskName: string; reader: Reader; room?: boolean; children: ReactNode };

/** The frame of the public pages. A `room` fills the window and scrolls inside itself: no foot. */
export function Site({ deskName, reader, room = false, children }: SiteProps) {
  return (
    <div className={room ? "flex h-dvh flex-col" : "flex min-h-dvh flex-col"}>
      <SiteHeader deskName={deskName} reader={reader} />
      <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">{children}</main>
      {room ? null : <SiteFooter deskName={deskName} />}
    </div>
  );
}
