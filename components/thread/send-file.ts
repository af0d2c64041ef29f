import type { Problem } from "@/lib/errors.ts";
import type { AttachedFile } from "@/lib/tickets/schema.ts";

type Told = { progress: (share: number) => void; done: (file: AttachedFile) => void; failed: (problem: string, retry: boolean) => void };

/**
 * Uploads one file and tells how far it is; `key` makes a repeated request harmless. Answers how to cancel it, after
 * which nothing is told. (fetch can't say how much of a body was sent; XMLHttpRequest can.)
 */
export function sendFile(file: File, key: string, told: Told): () => void {
  const request = new XMLHttpRequest();
  request.open("POST", "/api/v1/attachments");
  request.responseType = "json";
  request.setRequestHeader("idempotency-key", key);
  request.upload.onprogress = ({ loaded, total }) => told.progress(total > 0 ? loaded / total : 0);
  request.onerror = () => told.failed("The connection was lost.", true);
  request.onload = () => {
    if (request.status === 201) return told.done(request.response as AttachedFile);
    const problem = request.response as Problem | null;
    told.failed(problem?.detail ?? `The desk answered with ${request.status}.`, request.status >= 429);
  };
  const form = new FormData();
  form.append("file", file, file.name);
  request.send(form);
  return () => {
    request.onload = request.onerror = request.upload.onprogress = null;
    request.abort();
  };
}
