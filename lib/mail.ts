import { Resend } from "resend";
import { env } from "./env.ts";
import { AppError } from "./errors.ts";

const held = globalThis as { twowayMail?: Resend };

function resend(): Resend {
  held.twowayMail ??= new Resend(env().RESEND_API_KEY, env().RESEND_BASE_URL ? { baseUrl: env().RESEND_BASE_URL } : undefined);
  return held.twowayMail;
}

export type Mail = { to: string; subject: string; html: string; text: string };

/**
 * Sends a mail once: the same key with the same mail is the same sending (Resend, Idempotency-Key, 24 h). Answers
 * the provider's id. Throws when it was not taken, so that a job tries again: the SDK itself never does.
 */
export async function sendMail(mail: Mail, key: string): Promise<string> {
  const { data, error } = await resend().emails.send({ from: env().MAIL_FROM, ...mail }, { idempotencyKey: key });
  if (error || !data) throw new Error(`the mail service answered: ${error?.message ?? "nothing"}`, { cause: error });
  return data.id;
}

export type MailEvent = { providerId: string; type: "delivered" | "bounced" | "complained" };

/**
 * Reads a webhook of the mail service. Throws a 401 when its signature is not ours or no secret is set; answers
 * null for an event that says nothing about a sending.
 */
export function readMailEvent(raw: string, headers: Headers): MailEvent | null {
  const [id, timestamp, signature] = ["svix-id", "svix-timestamp", "svix-signature"].map((name) => headers.get(name) ?? "");
  const webhookSecret = env().RESEND_WEBHOOK_SECRET;
  try {
    if (!webhookSecret) throw new Error("no secret is set");
    const event = resend().webhooks.verify({ payload: raw, headers: { id: id ?? "", timestamp: timestamp ?? "", signature: signature ?? "" }, webhookSecret });
    if (event.type === "email.delivered" || event.type === "email.bounced" || event.type === "email.complained") return { providerId: event.data.email_id, type: event.type.slice("email.".length) as MailEvent["type"] };
    return null;
  } catch (error) {
    throw new AppError("unauthenticated", "The signature of this webhook does not fit.", { cause: error });
  }
}
