import type { DatabaseSync } from "node:sqlite";
import type { Mail } from "./mail.ts";
import { contentOf } from "./store.ts";

/** The mail's HTML with its `cid:` images written into it as data addresses. */
export function htmlWithImages(file: DatabaseSync, mail: Mail): string | null {
  return mail.html?.replace(/cid:([^"'\s)>]+)/gi, (whole, encoded: string) => {
    const image = mail.attachments.find(({ contentId }) => contentId === encoded || contentId === safelyDecoded(encoded));
    if (!image?.contentType.startsWith("image/")) return whole;
    return `data:${image.contentType};base64,${contentOf(file, image).toString("base64")}`;
  }) ?? null;
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % belongs to the id itself
  }
}
