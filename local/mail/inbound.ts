import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import PostalMime from "postal-mime";
import type { Address, Attachment as Part } from "postal-mime";
import { ApiError } from "./http.ts";
import type { Attachment, Mail } from "./mail.ts";
import { atomically, insertMail } from "./store.ts";
import { addEvents } from "./webhooks.ts";

/**
 * Takes a raw MIME message as if it had arrived by mail: parsed, kept with its source, and announced as `email.received`.
 * On disk when this resolves, with the new id. Throws ApiError 422 for what is no mail (no From, or not parseable).
 */
export async function receiveMail(file: DatabaseSync, raw: Buffer, webhooks: boolean): Promise<string> {
  const parsed = await PostalMime.parse(raw, { rfc822Attachments: true }).catch((cause: unknown) => {
    throw Object.assign(new ApiError(422, "validation_error", "This is not a readable MIME message."), { cause });
  });
  const [from] = mailboxes(parsed.from ? [parsed.from] : []);
  if (from === undefined) throw new ApiError(422, "validation_error", "The message has no From header.");
  const id = randomUUID();
  const attachments = parsed.attachments.map(kept);
  const mail: Mail = {
    id,
    box: "received",
    createdAt: Date.now(),
    from,
    to: mailboxes(parsed.to),
    cc: mailboxes(parsed.cc),
    bcc: mailboxes(parsed.bcc),
    replyTo: mailboxes(parsed.replyTo),
    subject: parsed.subject ?? "",
    text: parsed.text ?? null,
    html: parsed.html ?? null,
    // A header that comes several times keeps its first value, as the newest Received is on top.
    headers: Object.fromEntries([...parsed.headers].reverse().map(({ key, value }) => [key, value])),
    tags: [],
    messageId: parsed.messageId ?? `<${id}@mail.twoway.local>`,
    lastEvent: "received",
    attachments: attachments.map(({ content: _, ...info }) => info),
  };
  atomically(file, () => {
    insertMail(file, mail, attachments, raw);
    if (webhooks) addEvents(file, mail);
  });
  return id;
}

function mailboxes(addresses: readonly Address[] | undefined): string[] {
  const flat = (addresses ?? []).flatMap((entry) => entry.group ?? [entry]);
  return flat.flatMap(({ name, address }) => (address ? [name ? `${name} <${address}>` : address] : []));
}

function kept(part: Part): Attachment {
  const content = typeof part.content === "string" ? Buffer.from(part.content) : new Uint8Array(part.content);
  const contentId = part.contentId?.replace(/^<|>$/g, "") ?? null;
  const disposition = part.disposition ?? (contentId && part.related ? "inline" : "attachment");
  return { id: randomUUID(), filename: part.filename, contentType: part.mimeType, contentId, disposition, size: content.byteLength, content };
}
