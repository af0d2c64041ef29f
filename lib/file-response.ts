import { disposition } from "./file-names.ts";
import { openFile } from "./files.ts";

type Served = { id: string; name: string; type: string; size: number; sha256: string };

/** One range of bytes as a request asks for it, `end` not included; null for what can't be served (RFC 9110, 14.1.2). */
function rangeOf(header: string, size: number): { start: number; end: number } | null {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if (from === "" && to === "") return null;
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size : Math.min(size, Number(to) + 1);
  return start < end ? { start, end } : null;
}

/**
 * A file as an answer to GET and HEAD: whole, the one range that was asked for (206), 304 for what the reader has
 * already, 416 for a range that is not there. Shown inline it carries its type, else it is bytes to be kept; either
 * way a browser runs nothing in it, whatever it is.
 */
export function fileResponse(request: Request, { id, name, type, size, sha256 }: Served, kind: "inline" | "attachment"): Response {
  const etag = `"${sha256}"`;
  const headers = new Headers({
    "accept-ranges": "bytes",
    "cache-control": "private, max-age=1800",
    "content-disposition": disposition(kind, name),
    "content-security-policy": "default-src 'none'; sandbox",
    "content-type": kind === "inline" ? type : "application/octet-stream",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    etag,
  });
  if (request.headers.get("if-none-match")?.split(/,\s*/).some((known) => known.replace(/^W\//, "") === etag)) return new Response(null, { status: 304, headers });

  const asked = request.headers.get("range");
  const unchanged = [null, etag].includes(request.headers.get("if-range"));
  // several ranges at once, or another unit, may be answered with the whole
  const ranged = asked !== null && unchanged && /^bytes=\d*-\d*$/.test(asked.trim());
  const range = ranged ? rangeOf(asked, size) : { start: 0, end: size };
  if (range === null) {
    headers.set("content-range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-length", String(range.end - range.start));
  if (ranged) headers.set("content-range", `bytes ${range.start}-${range.end - 1}/${size}`);
  return new Response(request.method === "HEAD" ? null : openFile(id, range), { status: ranged ? 206 : 200, headers });
}
