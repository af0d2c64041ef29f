import { createHash, randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { addressParser } from "postal-mime";
import { z } from "zod";
import { ApiError } from "./http.ts";
import type { Attachment, Mail } from "./mail.ts";
import { bareAddresses } from "./mail.ts";
import { atomically, insertMail } from "./store.ts";
import { addEvents } from "./webhooks.ts";

const day = 24 * 60 * 60 * 1000;

const oneLine = z.string().regex(/^[^\r\n\0]*$/, "must be one line");
const Mailbox = oneLine.max(320).refine(
  (text) => addressParser(text).length === 1 && /^[^\s@<>]+@[^\s@<>]+$/.test(bareAddresses([text])[0] ?? ""),
  "must be `email@example.com` or `Name <email@example.com>`",
);
const mailboxes = z.preprocess((value) => (typeof value === "string" ? [value] : (value ?? [])), z.array(Mailbox).max(50, "at most 50 addresses"));
const word = z.string().regex(/^[A-Za-z0-9_-]{1,256}$/, "letters, digits, _ and -");
const refused = (what: string) => z.undefined({ error: `${what} is not offered by the local mail service` }).or(z.null());
const AttachmentInput = z.object({
  filename: oneLine.min(1).optional(),
  content: z.base64("must be base64"),
  content_type: oneLine.regex(/^[\w.+-]+\/[\w.+-]+/).optional(),
  content_id: oneLine.min(1).optional(),
  path: refused("an attachment by address").optional(),
});
const Email = z.object({
  from: Mailbox,
  to: mailboxes.refine((list) => list.length > 0, "at least one address"),
  cc: mailboxes.optional(),
  bcc: mailboxes.optional(),
  reply_to: mailboxes.optional(),
  subject: oneLine,
  html: z.string().nullish(),
  text: z.string().nullish(),
  headers: z.record(z.string().regex(/^[!-9;-~]+$/), oneLine).optional(),
  tags: z.array(z.object({ name: word, value: word })).optional(),
  attachments: z.array(AttachmentInput).optional(),
  scheduled_at: refused("sending later").optional(),
  template: refused("a template").optional(),
}).refine(({ html, text }) => typeof html === "string" || typeof text === "string", { path: ["html"], error: "`html` or `text` is needed" });
const Batch = z.array(Email).min(1).max(100);

type Request = { body: string; idempotencyKey: string | undefined; webhooks: boolean };

/** Accepts one mail (`POST /emails`). On disk, with its events, when this returns. Answers `{id}`; throws ApiError. */
export function sendOne(file: DatabaseSync, request: Request): unknown {
  return once(file, "/emails", request, (body) => ({ id: accept(file, read(Email, body), request.webhooks) }));
}

/** Accepts up to a hundred mails, all or none (`POST /emails/batch`, strict validation). Throws ApiError. */
export function sendBatch(file: DatabaseSync, request: Request): unknown {
  return once(file, "/emails/batch", request, (body) => {
    const emails = read(Batch, body);
    if (emails.some(({ attachments }) => attachments?.length)) throw new ApiError(422, "validation_error", "A batch carries no attachments.");
    return { data: emails.map((email) => ({ id: accept(file, email, request.webhooks) })) };
  });
}

/** Same key and same body within a day: the first answer again and no second mail. Same key, other body: 409. */
function once(file: DatabaseSync, path: string, { body, idempotencyKey: key }: Request, work: (body: string) => unknown): unknown {
  if (key !== undefined && (key === "" || key.length > 256)) throw new ApiError(400, "invalid_idempotency_key", "The idempotency key must have 1 to 256 characters.");
  const hash = createHash("sha256").update(`${path}\n${body}`).digest("hex");
  return atomically(file, () => {
    file.prepare("DELETE FROM idempotency WHERE at < ?").run(Date.now() - day);
    const former = key === undefined ? undefined : file.prepare("SELECT request, answer FROM idempotency WHERE key = ?").get(key);
    if (former && former["request"] !== hash) throw new ApiError(409, "invalid_idempotent_request", "This idempotency key was used with another body.");
    if (former) return JSON.parse(String(former["answer"])) as unknown;
    const answer = work(body);
    if (key !== undefined) file.prepare("INSERT INTO idempotency (key, request, answer, at) VALUES (?, ?, ?, ?)").run(key, hash, JSON.stringify(answer), Date.now());
    return answer;
  });
}

function read<T>(shape: z.ZodType<T>, body: string): T {
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch (cause) {
    throw Object.assign(new ApiError(400, "validation_error", "The body is not JSON."), { cause });
  }
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join(".") || "body";
  const missing = issue?.code === "invalid_type" && issue.input === undefined && issue.message.includes("undefined");
  if (missing) throw new ApiError(422, "missing_required_field", `Missing \`${field}\` field.`);
  throw new ApiError(422, "validation_error", `Invalid \`${field}\` field: ${issue?.message ?? "not as expected"}.`);
}

/** Resend's test addresses, also with a label (`bounced+x@resend.dev`): what happens to the mail. */
function outcome(to: readonly string[]): "delivered" | "bounced" | "complained" {
  const [first = ""] = bareAddresses(to);
  return (/^(bounced|complained)(\+[^@]*)?@resend\.dev$/.exec(first)?.[1] as "bounced" | "complained" | undefined) ?? "delivered";
}

function accept(file: DatabaseSync, email: z.infer<typeof Email>, webhooks: boolean): string {
  const id = randomUUID();
  const attachments = (email.attachments ?? []).map((input): Attachment => {
    const content = Buffer.from(input.content, "base64");
    const contentId = input.content_id ?? null;
    const contentType = input.content_type ?? "application/octet-stream";
    return { id: randomUUID(), filename: input.filename ?? null, contentType, contentId, disposition: contentId ? "inline" : "attachment", size: content.length, content };
  });
  const headers = email.headers ?? {};
  const ownMessageId = Object.entries(headers).find(([name]) => name.toLowerCase() === "message-id")?.[1];
  const mail: Mail = {
    id,
    box: "sent",
    createdAt: Date.now(),
    from: email.from,
    to: email.to,
    cc: email.cc ?? [],
    bcc: email.bcc ?? [],
    replyTo: email.reply_to ?? [],
    subject: email.subject,
    text: email.text ?? null,
    html: email.html ?? null,
    headers,
    tags: email.tags ?? [],
    messageId: ownMessageId ?? `<${id}@mail.twoway.local>`,
    lastEvent: outcome(email.to),
    attachments: attachments.map(({ content: _, ...info }) => info),
  };
  insertMail(file, mail, attachments, null);
  if (webhooks) addEvents(file, mail);
  return id;
}
