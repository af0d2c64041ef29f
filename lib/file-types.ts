/** How many bytes of a file's beginning `typeOf` wants to see. */
export const headBytes = 4096;

/** Types that a page may show inline. Every other file is only ever downloaded. */
const shownInline: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
export const isPreviewed = (type: string): boolean => shownInline.has(type);

/** Type, where its mark stands, and the mark (latin1): from the formats' own specifications. */
const marks: readonly (readonly [type: string, at: number, mark: string])[] = [
  ["image/png", 0, "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", 0, "\xff\xd8\xff"],
  ["image/gif", 0, "GIF87a"],
  ["image/gif", 0, "GIF89a"],
  ["image/webp", 8, "WEBPVP8"],
  ["image/avif", 4, "ftypavif"],
  ["image/heic", 4, "ftyphei"],
  ["image/tiff", 0, "II*\0"],
  ["image/tiff", 0, "MM\0*"],
  ["application/pdf", 0, "%PDF-"],
  ["application/zip", 0, "PK\x03\x04"],
  ["application/zip", 0, "PK\x05\x06"],
  ["application/gzip", 0, "\x1f\x8b\x08"],
  ["application/x-7z-compressed", 0, "7z\xbc\xaf\x27\x1c"],
  ["application/vnd.rar", 0, "Rar!\x1a\x07"],
  ["application/x-msdownload", 0, "MZ"],
  ["application/x-elf", 0, "\x7fELF"],
  ["video/quicktime", 4, "ftypqt"],
  ["video/mp4", 4, "ftyp"],
  ["video/webm", 0, "\x1a\x45\xdf\xa3"],
  ["audio/mpeg", 0, "ID3"],
  ["audio/ogg", 0, "OggS"],
  ["audio/wav", 8, "WAVEfmt"],
];

/**
 * What a file is by its first bytes, never by what a client says of it. What has no mark is text when it is Unicode
 * without control characters, else unknown bytes.
 */
export function typeOf(head: Uint8Array): string {
  const raw = Buffer.from(head.subarray(0, 64)).toString("latin1");
  const known = marks.find(([, at, mark]) => raw.startsWith(mark, at));
  if (known) return known[0];
  const text = textOf(head);
  if (text === null) return "application/octet-stream";
  const start = text.replace(/^\s*(<\?xml[^>]*>|<!--[\s\S]*?-->|\s)*/i, "").slice(0, 200).toLowerCase();
  if (/^<svg[\s>]|^<!doctype svg/.test(start)) return "image/svg+xml";
  return /^<(!doctype html|html|head|body|script)[\s>]/.test(start) ? "text/html" : "text/plain";
}

/** The head as text, if it is some: UTF-8, or UTF-16 with its mark. A letter that the end cut in two is no fault. */
function textOf(head: Uint8Array): string | null {
  const sixteen = head[0] === 0xff && head[1] === 0xfe ? "utf-16le" : head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    const text = new TextDecoder(sixteen, { fatal: true }).decode(head, { stream: true });
    return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text;
  } catch {
    // bytes that are no text are an answer, not a fault
    return null;
  }
}
