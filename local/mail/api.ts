import { timingSafeEqual } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { ApiError, json } from "./http.ts";
import type { Call, Reply } from "./http.ts";
import { htmlWithImages } from "./inline.ts";
import type { AttachmentInfo, Box, Mail } from "./mail.ts";
import { sendBatch, sendOne } from "./send.ts";
import { findMail } from "./store.ts";

type Api = { file: DatabaseSync; apiKey: string; origin: () => string; webhooks: boolean; wake: () => void };

/** The part of Resend's API that the product uses, for its official SDK. Throws ApiError. */
export function api(context: Api, call: Call): Reply {
  const { file } = context;
  requireKey(context.apiKey, call.headers.authorization);
  const [, , ...path] = call.path.split("/");
  const route = `${call.method} /emails/${path.join("/")}`.replace(/\/$/, "");
  if (route === "POST /emails") return send(context, call, sendOne);
  if (route === "POST /emails/batch") {
    if (call.headers["x-batch-validation"] === "permissive") throw new ApiError(422, "validation_error", "The local mail service validates batches strictly.");
    return send(context, call, sendBatch);
  }
  if (call.method !== "GET" || path.length === 0) throw new ApiError(405, "method_not_allowed", `The local mail service does not offer ${route}.`);
  const box: Box = path[0] === "receiving" ? "received" : "sent";
  const [id = "", attachments, attachmentId] = box === "received" ? path.slice(1) : path;
  const mail = findMail(file, id);
  if (mail?.box !== box) throw new ApiError(404, "not_found", "Email not found");
  if (attachments === undefined) return json(box === "sent" ? sentView(mail) : receivedView(context, mail, call.query.get("html_format") === "cid"));
  if (attachments !== "attachments") throw new ApiError(404, "not_found", "Nothing here");
  if (attachmentId === undefined) return json({ object: "list", has_more: false, data: mail.attachments.map((info) => attachmentView(context, mail, info)) });
  const info = mail.attachments.find((one) => one.id === attachmentId);
  if (!info) throw new ApiError(404, "not_found", "Attachment not found");
  return json({ object: "attachment", ...attachmentView(context, mail, info) });
}

function requireKey(apiKey: string, authorization: string | undefined): void {
  if (!authorization) throw new ApiError(401, "missing_api_key", "Missing API key in the authorization header.");
  const [given, expected] = [Buffer.from(authorization), Buffer.from(`Bearer ${apiKey}`)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new ApiError(403, "invalid_api_key", "API key is invalid");
}

function send({ file, webhooks, wake }: Api, call: Call, work: typeof sendOne): Reply {
  const key = call.headers["idempotency-key"];
  const answer = work(file, { body: call.body.toString(), idempotencyKey: typeof key === "string" ? key : undefined, webhooks });
  wake();
  return json(answer);
}

const orNull = (list: readonly string[]) => (list.length > 0 ? list : null);

function sharedView(mail: Mail) {
  const { id, from, to, subject, text, messageId } = mail;
  const created_at = new Date(mail.createdAt).toISOString();
  return { object: "email", id, from, to, created_at, subject, text, bcc: orNull(mail.bcc), cc: orNull(mail.cc), reply_to: orNull(mail.replyTo), message_id: messageId };
}

function sentView(mail: Mail): unknown {
  return { ...sharedView(mail), html: mail.html, last_event: mail.lastEvent, tags: mail.tags, scheduled_at: null, topic_id: null };
}

function receivedView(context: Api, mail: Mail, keepCids: boolean): unknown {
  const attachments = mail.attachments.map(({ id, filename, size, contentType, contentId, disposition }) => ({ id, filename, size, content_type: contentType, content_id: contentId, content_disposition: disposition }));
  const html = keepCids ? mail.html : htmlWithImages(context.file, mail);
  const raw = { download_url: `${context.origin()}/mail/${mail.id}/source`, expires_at: farAway };
  return { ...sharedView(mail), html, received_for: mail.to, headers: mail.headers, raw, attachments };
}

/** Local addresses do not expire; the SDK's type wants a moment. */
const farAway = "9999-12-31T23:59:59.000Z";

function attachmentView(context: Api, mail: Mail, info: AttachmentInfo) {
  const { id, filename, size, contentType, contentId, disposition } = info;
  const download_url = `${context.origin()}/mail/${mail.id}/attachments/${id}`;
  return { id, filename: filename ?? undefined, size, content_type: contentType, content_disposition: disposition, content_id: contentId ?? undefined, download_url, expires_at: farAway };
}
