"use client";
import { Paperclip } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { fileLimits, sizeWords } from "@/lib/file-size.ts";
import { UploadList } from "../thread/upload-list.tsx";
import { addFiles, useUploads } from "../thread/uploads.ts";
import { buttonLook } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { useHydrated } from "../use-hydrated.ts";

/**
 * The files of a form. With JavaScript each is uploaded as soon as it is chosen, and the form names it; without, they
 * go with the form itself, which takes 8 MB.
 */
export function FileField({ place, error }: { place: string; error: string | null }) {
  const id = useId();
  const uploads = useUploads(place);
  const hydrated = useHydrated();
  const input = useRef<HTMLInputElement>(null);

  function take() {
    addFiles(place, [...(input.current?.files ?? [])]);
    if (input.current) input.current.value = "";
  }
  // what was chosen before the page came alive
  useEffect(take, [place]);

  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className={hydrated ? cx(buttonLook({ look: "plain", size: "md" }), "cursor-pointer self-start has-[+input:focus-visible]:outline-2 has-[+input:focus-visible]:outline-accent") : "text-sm font-medium text-ink"}>
        {hydrated && <Paperclip aria-hidden />}
        {hydrated ? "Attach files" : "Files"}
      </label>
      <input ref={input} id={id} type="file" name={hydrated ? undefined : "files[]"} multiple onChange={take} aria-describedby={`${id}-hint`} className={hydrated ? "sr-only" : "text-sm"} />
      <p id={`${id}-hint`} className="text-xs text-ink-3">
        {hydrated ? `Or paste a screenshot, or drop files here. Up to ${fileLimits.perMessage} files of ${sizeWords(fileLimits.fileBytes)}.` : "Screenshots, logs, documents: 8 MB in all."}
      </p>
      <UploadList place={place} uploads={uploads} className="mt-1" />
      {error && <p role="alert" className="flex gap-1.5 text-xs font-medium text-alert-text"><span aria-hidden>▲</span>{error}</p>}
      {uploads.map(({ key, file }) => file && <input key={key} type="hidden" name="attachmentIds[]" value={file.id} />)}
    </div>
  );
}
