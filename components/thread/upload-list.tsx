import { RotateCw, X } from "lucide-react";
import { sizeWords } from "@/lib/file-size.ts";
import { Button } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { FileIcon } from "./file-icon.tsx";
import { FileName } from "./file-name.tsx";
import { removeUpload, retryUpload, type Upload } from "./uploads.ts";

/** What is about to be sent along: each file with its state, and a way to try again or take it off. */
export function UploadList({ place, uploads, className }: { place: string; uploads: readonly Upload[]; className?: string }) {
  if (uploads.length === 0) return null;
  return (
    <ul aria-label="Files to send" className={cx("flex flex-wrap gap-1.5", className)}>
      {uploads.map((upload) => <Row key={upload.key} place={place} upload={upload} />)}
    </ul>
  );
}

function Row({ place, upload }: { place: string; upload: Upload }) {
  const { key, name, size, state, sent, problem, retry, picture, file } = upload;
  const percent = Math.round(sent * 100);
  const failed = state === "failed";
  return (
    <li className={cx("relative flex max-w-full min-w-0 items-center gap-2 overflow-hidden rounded-md border py-1 pr-1 pl-1.5 text-xs", failed ? "w-full border-alert bg-alert-soft" : "w-60 bg-sunken")}>
      {picture ? (
        <img src={picture} alt="" className="size-8 shrink-0 rounded-xs border bg-raised object-cover" />
      ) : (
        <FileIcon type={file?.type ?? ""} className="size-4 shrink-0 text-ink-3" />
      )}
      <span className="min-w-0 flex-1">
        <FileName name={name} className="font-medium text-ink" />
        {failed ? (
          <span role="alert" className="block text-alert-text">{problem}</span>
        ) : (
          <span className="block text-ink-3 tabular-nums">{state === "sending" ? `${percent} % of ${sizeWords(size)}` : state === "waiting" ? "Waits for its turn" : sizeWords(size)}</span>
        )}
      </span>
      {failed && retry && <Button size="sm" look="quiet" onClick={() => retryUpload(place, key)}><RotateCw aria-hidden />Retry<span className="sr-only"> {name}</span></Button>}
      <Button size="sm" look="quiet" square aria-label={`${state === "sending" || state === "waiting" ? "Cancel" : "Remove"} ${name}`} onClick={() => removeUpload(place, key)}><X aria-hidden /></Button>
      {state === "sending" && (
        <span role="progressbar" aria-label={`Uploading ${name}`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} className="absolute inset-x-0 bottom-0 h-0.5 bg-line">
          <span className="block h-full bg-accent transition-[width] duration-150" style={{ width: `${percent}%` }} />
        </span>
      )}
    </li>
  );
}

/** What keeps a message from being sent, in words; null when nothing does. */
export function uploadsPending(uploads: readonly Upload[]): string | null {
  const under = uploads.filter(({ state }) => state === "waiting" || state === "sending").length;
  if (under > 0) return under === 1 ? "One file is still uploading." : `${under} files are still uploading.`;
  const failed = uploads.filter(({ state }) => state === "failed").length;
  if (failed > 0) return failed === 1 ? "One file could not be uploaded: retry or remove it." : `${failed} files could not be uploaded: retry or remove them.`;
  return null;
}
