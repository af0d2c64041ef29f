import { Resend, type WebhookEventPayload } from "resend";
import { minute } from "./clock.ts";
import { env } from "./env.ts";
import { AppError } from "./errors.ts";

const held = globalThis as { twowayMail?: Resend };

function resend(): Resend {
  held.twowayMail ??= new Resend(env().RESEND_API_KEY, env().RESEND_BASE_URL ? { baseUrl: env().RESEND_BASE_URL } : undefined);
  return held.twowayMail;
}

export type Mail = { to: string; subject: string; html: string; text: string; headers?: Record<string, string> | undefined; replyTo?: string | null | undefined };

/** The domain that mails come from, and that takes their answers. */
export const mailDomain = (): string => /@([^\s@<>]+?)>?\s*$/.exec(env().MAIL_FROM)?.[1]?.toLowerCase() ?? "localhost";

/** The mail service will never take this mail. */
export class MailRefused extends Error {}
/** Refusals for what a mail is; all others pass: a wrong key, too many at once, a fault of the service. */
const isFinal = ({ statusCode, name }: { statusCode: number | null; name: string }) => statusCode === 400 || statusCode === 413 || statusCode === 422 || name === "invalid_idempotent_request";
const tagName = "letter";

/**
 * Sends a mail once: the same key with the same mail is the same sending (Resend, Idempotency-Key, 24 h). Answers
 * the provider's id. Throws MailRefused for a mail that is refused for what it is, another error when it was not
 * taken, so that a job tries again: the SDK itself never throws.
 */
export async function sendMail({ replyTo, headers, ...mail }: Mail, key: string): Promise<string> {
  const tags = [{ name: tagName, value: Buffer.from(key).toString("base64url") }];
  const { data, error } = await resend().emails.send({ from: env().MAIL_FROM, ...mail, ...(headers ? { headers } : {}), ...(replyTo ? { replyTo } : {}), tags }, { idempotencyKey: key });
  if (data) return data.id;
  const said = `the mail service answered: ${error?.message ?? "nothing"}`;
  throw error && isFinal(error) ? new MailRefused(said, { cause: error }) : new Error(said, { cause: error });
}

export type Fate = { type: "delivered" | "bounced" | "complained"; providerId: string; key: string | null; reason: string | null };
export type MailEvent = Fate | { type: "received"; mailId: string };

const signedHeaders = ["svix-id", "svix-timestamp", "svix-signature"] as const;

/**
 * Reads a webhook of the mail service. Throws a 401 when its signature is not ours or no secret is set; answers
 * null for an event that says nothing about a sending or an arrival.
 */
export function readMailEvent(raw: string, headers: Headers): MailEvent | null {
  const [id = "", timestamp = "", signature = ""] = signedHeaders.map((name) => headers.get(name) ?? "");
  const webhookSecret = env().RESEND_WEBHOOK_SECRET;
  try {
    if (!webhookSecret) throw new Error("no secret is set");
    return meant(resend().webhooks.verify({ payload: raw, headers: { id, timestamp, signature }, webhookSecret }));
  } catch (error) {
    throw new AppError("unauthenticated", "The signature of this webhook does not fit.", { cause: error });
  }
}

function meant(event: WebhookEventPayload): MailEvent | null {
  if (event.type === "email.received") return { type: "received", mailId: event.data.email_id };
  if (event.type !== "email.delivered" && event.type !== "email.bounced" && event.type !== "email.complained") return null;
  const tag = event.data.tags?.[tagName];
  return {
    type: event.type.slice("email.".length) as Fate["type"],
    providerId: event.data.email_id,
    key: tag ? Buffer.from(tag, "base64url").toString() : null,
    reason: event.type === "email.bounced" ? event.data.bounce.message : null,
  };
}

export type ReceivedFile = { id: string; name: string; size: number; inline: boolean };
/** A mail that came in. The names of its headers are in small letters. */
export type ReceivedMail = { id: string; to: string[]; headers: Record<string, string>; text: string | null; html: string | null; files: ReceivedFile[] };

/** Fetches a mail that came in; the event that tells of it has none of its words. Null when the mail service has no such mail (any more). */
export async function receivedMail(id: string): Promise<ReceivedMail | null> {
  const { data, error } = await resend().emails.receiving.get(id, { html_format: "cid" });
  if (!data) {
    if (error?.name === "not_found") return null;
    throw new Error(`the mail service answered: ${error?.message ?? "nothing"}`, { cause: error });
  }
  const headers = Object.fromEntries(Object.entries(data.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const files = data.attachments.map((file) => ({ id: file.id, name: file.filename ?? "", size: file.size, inline: file.content_disposition === "inline" }));
  return { id, to: [...(data.received_for ?? []), ...data.to, ...(data.cc ?? []), ...(data.bcc ?? [])], headers, text: data.text, html: data.html, files };
}

/** A file of a mail that came in, while it arrives. */
export async function receivedFile(mailId: string, fileId: string): Promise<AsyncIterable<Uint8Array>> {
  const { data, error } = await resend().emails.receiving.attachments.get({ emailId: mailId, id: fileId });
  if (!data) throw new Error(`the mail service answered: ${error?.message ?? "nothing"}`, { cause: error });
  const { ok, status, body } = await fetch(data.download_url, { signal: AbortSignal.timeout(2 * minute) });
  if (!ok || !body) throw new Error(`the mail service answered ${status} for a file`);
  return body;
}
