import { events } from "@/lib/events";
import { newId } from "@/lib/ids";

export type BoxMail = { id: string; to: string[]; subject: string; text: string; html: string };

/** What the local mail service was given for an address, the newest first. */
export async function mailsTo(address: string): Promise<BoxMail[]> {
  const response = await fetch(`${process.env.RESEND_BASE_URL}/_local/outbox?to=${encodeURIComponent(address)}`);
  return ((await response.json()) as { items: BoxMail[] }).items;
}

/** A mail as it went over the line, with its headers. */
export async function sourceOf(mail: { id: string } | undefined): Promise<string> {
  return (await fetch(`${process.env.RESEND_BASE_URL}/mail/${mail?.id}/source`)).text();
}

/** The texts that the local Slack receiver took with these words in them, the newest first. */
export async function postsWith(words: string): Promise<string[]> {
  const { origin } = new URL(process.env.SLACK_WEBHOOK_URL ?? "");
  const response = await fetch(`${origin}/_local/messages?text=${encodeURIComponent(words)}`);
  return ((await response.json()) as { messages: { payload: { text: string } }[] }).messages.map(({ payload }) => payload.text);
}

/** The newest row of this type; what a job would be told of. */
export async function rowFor(subjectId: string, type: string): Promise<string> {
  const row = await events().find({ "subject.id": subjectId, type }).sort({ seq: -1 }).limit(1).next();
  if (!row) throw new Error(`no ${type}`);
  return row._id;
}

export const freshAddress = () => `${newId().toLowerCase()}@shop.example`;
