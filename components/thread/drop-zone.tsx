"use client";
import { Upload } from "lucide-react";
import { useEffect, useState, type DragEvent, type ReactNode } from "react";
import { cx } from "../ui/cx.ts";
import { addFiles } from "./uploads.ts";

const carriesFiles = (transfer: DataTransfer | null) => transfer?.types.includes("Files") ?? false;

/** A region on which files may be dropped. `place` null: nothing may be attached here now. */
export function DropZone({ place, words, className, children }: { place: string | null; words: string; className?: string; children: ReactNode }) {
  const [over, setOver] = useState(false);

  useEffect(() => {
    // a file that misses the region must not replace the page, and what is written in it
    const keep = (event: globalThis.DragEvent) => { if (carriesFiles(event.dataTransfer)) event.preventDefault(); };
    window.addEventListener("dragover", keep);
    window.addEventListener("drop", keep);
    return () => {
      window.removeEventListener("dragover", keep);
      window.removeEventListener("drop", keep);
    };
  }, []);

  function onDragOver(event: DragEvent) {
    if (place === null || !carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    setOver(true);
  }
  function onDragLeave(event: DragEvent<HTMLElement>) {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
  }
  function onDrop(event: DragEvent) {
    setOver(false);
    if (place === null || !carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    addFiles(place, [...event.dataTransfer.files]);
  }
  return (
    <div onDragOver={onDragOver} onDragLeave={onDragLeave} onDrop={onDrop} className={cx("relative", className)}>
      {children}
      {over && (
        <div className="pointer-events-none absolute inset-2 z-20 grid animate-appear place-content-center justify-items-center gap-2 rounded-xl border-2 border-dashed border-accent bg-accent-soft/90 p-4 text-center text-accent-text">
          <Upload aria-hidden className="size-7" />
          <p className="text-base font-semibold">{words}</p>
        </div>
      )}
    </div>
  );
}
