"use client";
import { Paperclip } from "lucide-react";
import { useRef } from "react";
import { Button } from "../ui/button.tsx";
import { addFiles } from "./uploads.ts";

/** Chooses files to attach; the same way as pasting and dropping them. */
export function AttachButton({ place, disabled = false }: { place: string; disabled?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          addFiles(place, [...(target.files ?? [])]);
          target.value = ""; // the same file may be chosen again
        }}
      />
      <Button look="quiet" square disabled={disabled} aria-label="Attach files" title="Attach files (or paste, or drop them)" onClick={() => input.current?.click()}><Paperclip aria-hidden /></Button>
    </>
  );
}

/** Files in the clipboard, a screenshot named by its time. Words beside them (as office programs put them there) come first. */
export function pastedFiles(clipboard: DataTransfer): File[] {
  if (clipboard.getData("text/plain") !== "") return [];
  const time = new Date().toLocaleTimeString("en-GB").replaceAll(":", ".");
  return [...clipboard.files].map((file, index) => (/^image\.\w+$/.test(file.name) ? new File([file], `Screenshot ${time}${index > 0 ? ` (${index + 1})` : ""}.${file.name.split(".").at(-1) ?? "png"}`, { type: file.type }) : file));
}
