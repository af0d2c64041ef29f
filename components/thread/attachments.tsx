"use client";
import { Download } from "lucide-react";
import { useRef, useState } from "react";
import { sizeWords } from "@/lib/file-size.ts";
import type { AttachmentView } from "@/lib/tickets/view.ts";
import { cx } from "../ui/cx.ts";
import { FileIcon } from "./file-icon.tsx";
import { FileName } from "./file-name.tsx";
import { Lightbox, type Picture } from "./lightbox.tsx";
import type { Upload } from "./uploads.ts";

/** Files that are on their way, as a message shows its own. */
export const attachmentsOf = (uploads: readonly Upload[]): AttachmentView[] => uploads.flatMap(({ file, picture }) => (file ? [{ ...file, url: "", preview: picture }] : []));

/** A picture smaller than its tile is shown as it is, not blown up. */
const noteSmall = (image: HTMLImageElement) => image.toggleAttribute("data-small", image.naturalWidth < 160 && image.naturalHeight < 120);
/** Also for a picture that arrived before the page came alive. */
const noteIfThere = (image: HTMLImageElement | null) => { if (image?.complete) noteSmall(image); };

/** The files of a message: pictures as tiles of a fixed size, so that nothing jumps when they arrive, the others as rows. */
export function Attachments({ files }: { files: readonly AttachmentView[] }) {
  const [open, setOpen] = useState<number | null>(null);
  const tiles = useRef<HTMLUListElement>(null);
  if (files.length === 0) return null;
  const pictures = files.filter((file): file is Picture => file.preview !== null);
  const others = files.filter((file) => file.preview === null);
  return (
    <div className="mt-2.5 flex flex-col gap-2 first:mt-0">
      {pictures.length > 0 && (
        <ul ref={tiles} aria-label="Pictures" className={pictures.length === 1 ? "grid grid-cols-[minmax(0,18rem)]" : "flex flex-wrap gap-2"}>
          {pictures.map((picture, index) => (
            <li key={picture.id}>
              <button type="button" onClick={() => setOpen(index)} aria-label={`Show ${picture.name}`} title={picture.name} className={cx("block cursor-zoom-in overflow-hidden rounded-md border bg-sunken", pictures.length === 1 ? "h-44 w-full" : "size-28")}>
                <img src={picture.preview} alt="" loading="lazy" decoding="async" ref={noteIfThere} onLoad={(event) => noteSmall(event.currentTarget)} className="size-full object-cover object-top transition-opacity hover:opacity-90 data-small:object-scale-down data-small:object-center" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul aria-label="Files" className="grid grid-cols-[minmax(0,20rem)] gap-1.5">
          {others.map((file) => (
            <li key={file.id}>
              <a href={file.url || undefined} download={file.name} className="group flex items-center gap-2.5 rounded-md border bg-raised px-2.5 py-2 text-sm hover:bg-hover">
                <FileIcon type={file.type} className="size-5 shrink-0 text-ink-3" />
                <FileName name={file.name} className="flex-1 font-medium text-ink" />
                <span className="shrink-0 text-xs text-ink-3 tabular-nums">{sizeWords(file.size)}</span>
                <Download aria-hidden className="size-4 shrink-0 text-ink-3 group-hover:text-ink" />
              </a>
            </li>
          ))}
        </ul>
      )}
      {open !== null && <Lightbox pictures={pictures} at={open} onMove={setOpen} onClose={() => setOpen(null)} onClosed={() => tiles.current?.querySelectorAll("button")[open]?.focus()} />}
    </div>
  );
}
