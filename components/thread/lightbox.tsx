import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { KeyboardEvent } from "react";
import { sizeWords } from "@/lib/file-size.ts";
import type { AttachmentView } from "@/lib/tickets/view.ts";
import { Button } from "../ui/button.tsx";
import { FileName } from "./file-name.tsx";

export type Picture = AttachmentView & { preview: string };

type LightboxProps = { pictures: readonly Picture[]; at: number; onMove: (at: number) => void; onClose: () => void; onClosed: () => void };

/** One picture of a message over the whole page; arrows go to its neighbours, Escape and the shade close it. A tall one is scrolled. `onClosed` gives the focus back. */
export function Lightbox({ pictures, at, onMove, onClose, onClosed }: LightboxProps) {
  const picture = pictures[at];
  if (!picture) return null;
  const step = (by: 1 | -1) => { if (pictures[at + by]) onMove(at + by); };
  function onKey(event: KeyboardEvent) {
    if (event.key === "ArrowLeft") step(-1);
    else if (event.key === "ArrowRight") step(1);
    else return;
    event.preventDefault();
  }
  return (
    <Radix.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-canvas" />
        <Radix.Content aria-describedby={undefined} onKeyDown={onKey} onCloseAutoFocus={(event) => { event.preventDefault(); onClosed(); }} className="fixed inset-0 z-50 flex animate-appear flex-col outline-none">
          <header className="flex items-center gap-2 border-b bg-surface py-2 pr-2 pl-4">
            <Radix.Title className="min-w-0 text-sm font-semibold text-ink"><FileName name={picture.name} /></Radix.Title>
            <span className="mr-auto shrink-0 text-xs text-ink-3 tabular-nums">{sizeWords(picture.size)}</span>
            {pictures.length > 1 && (
              <>
                <Button look="quiet" square disabled={at === 0} aria-label="Picture before" onClick={() => step(-1)}><ChevronLeft aria-hidden /></Button>
                <span className="text-xs text-ink-2 tabular-nums">{at + 1} of {pictures.length}</span>
                <Button look="quiet" square disabled={at === pictures.length - 1} aria-label="Next picture" onClick={() => step(1)}><ChevronRight aria-hidden /></Button>
              </>
            )}
            {picture.url !== "" && <Button asChild look="quiet" square><a href={picture.url} download={picture.name} aria-label="Download"><Download aria-hidden className="size-4" /></a></Button>}
            <Radix.Close asChild><Button look="quiet" square aria-label="Close"><X aria-hidden /></Button></Radix.Close>
          </header>
          {/* a click beside the picture closes, as everywhere; the button and Escape are the ways for a keyboard */}
          <div className="grid min-h-0 flex-1 place-items-center overflow-auto p-4" onClick={(event) => { if (event.target === event.currentTarget) onClose(); }}>
            <img key={picture.id} src={picture.preview} alt={picture.name} className="max-w-full rounded-xs bg-raised shadow-floating [max-height:max(100%,60rem)]" />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
