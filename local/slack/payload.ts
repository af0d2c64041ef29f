import { z } from "zod";

/** What Slack answers to a message that it does not take: a status and one word. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, word: string) {
    super(word);
    this.status = status;
  }
}

/** Slack's limits for one message. */
const Blocks = z.array(z.looseObject({ type: z.string() })).max(50);
const Payload = z.looseObject({ text: z.string().optional() });

/** Reads a message as Slack does, as JSON or as the form field `payload`. Answers it as JSON text; throws Refusal. */
export function readPayload(body: string, contentType: string): string {
  const text = contentType.startsWith("application/x-www-form-urlencoded") ? (new URLSearchParams(body).get("payload") ?? "") : body;
  const payload = Payload.safeParse(parsed(text));
  if (!payload.success) throw new Refusal(400, "invalid_payload");
  const { text: words, blocks, attachments } = payload.data;
  if (blocks !== undefined && !Blocks.safeParse(blocks).success) throw new Refusal(400, "invalid_blocks");
  if (attachments !== undefined && !Array.isArray(attachments)) throw new Refusal(400, "invalid_attachments");
  if (Array.isArray(attachments) && attachments.length > 100) throw new Refusal(400, "too_many_attachments");
  const empty = (list: unknown) => !Array.isArray(list) || list.length === 0;
  if (!words?.trim() && empty(blocks) && empty(attachments)) throw new Refusal(400, "no_text");
  return JSON.stringify(payload.data);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // which is no payload
  }
}
