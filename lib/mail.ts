import { Resend } from "resend";
import { env } from "./env.ts";

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
