import { z } from "zod";

/** What Slack answers to a message that it does not take: a status and one word. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, word: string) {
    super(word);
    this.status = status;
  }
}

/** Slack's limits for the blocks that the desk uses; other kinds are looked at no further. (Slack's reference of Block Kit.) */
const words = (most: number) => z.looseObject({ type: z.enum(["plain_text", "mrkdwn"]), text: z.string().min(1).max(most) });
const Button = z.looseObject({ type: z.string(), text: words(75).optional(), url: z.string().max(3000).optional() });
const kinds: Record<string, z.ZodType> = {
  header: z.looseObject({ text: words(150) }),
  section: z.looseObject({ text: words(3000).optional(), fields: z.array(words(2000)).min(1).max(10).optional() }).refine(({ text, fields }) => text ?? fields),
  context: z.looseObject({ elements: z.array(z.looseObject({ type: z.string() })).min(1).max(10) }),
  actions: z.looseObject({ elements: z.array(Button).min(1).max(25) }),
};
const Block = z.looseObject({ type: z.string() }).refine((block) => kinds[block.type]?.safeParse(block).success ?? true);
const Blocks = z.array(Block).max(50);
const Payload = z.looseObject({ text: z.string().optional() });
/** Longer texts are cut, as Slack does. */
const maxTextLength = 40_000;

/** Reads a message as Slack does, as JSON or as the form field `payload`. Answers it as JSON text; throws Refusal. */
export function readPayload(body: string, contentType: string): string {
  const text = contentType.startsWith("application/x-www-form-urlencoded") ? (new URLSearchParams(body).get("payload") ?? "") : body;
  const payload = Payload.safeParse(parsed(text));
  if (!payload.success) throw new Refusal(400, "invalid_payload");
  const { text: said, blocks, attachments } = payload.data;
  if (blocks !== undefined && !Blocks.safeParse(blocks).success) throw new Refusal(400, "invalid_blocks");
  if (attachments !== undefined && !Array.isArray(attachments)) throw new Refusal(400, "invalid_attachments");
  if (Array.isArray(attachments) && attachments.length > 100) throw new Refusal(400, "too_many_attachments");
  const empty = (list: unknown) => !Array.isArray(list) || list.length === 0;
  if (!said?.trim() && empty(blocks) && empty(attachments)) throw new Refusal(400, "no_text");
  return JSON.stringify({ ...payload.data, ...(said !== undefined && { text: said.slice(0, maxTextLength) }) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // which is no payload
  }
}
