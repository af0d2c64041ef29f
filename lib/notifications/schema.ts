import { z } from "zod";
import { Id } from "../ids.ts";

export const LetterKind = z.enum(["receipt", "reply", "link", "reset", "invitation", "already-registered"]);
export type LetterKind = z.infer<typeof LetterKind>;

/** A mail as it was written, frozen before it is sent; `_id` (event row and kind) is its idempotency key. */
export const Letter = z.object({
  _id: z.string(),
  kind: LetterKind,
  personId: Id,
  ticketId: Id.nullable(),
  to: z.string(),
  mail: z.object({ subject: z.string(), html: z.string(), text: z.string() }).nullable().describe("null while held, for its links are made when it goes out, and once it is sent"),
  state: z.enum(["held", "queued", "sent", "dropped"]),
  at: z.date(),
  sentAt: z.date().nullable(),
  providerId: z.string().nullable(),
  delivery: z.enum(["delivered", "bounced", "complained"]).nullable().describe("what the mail service told of it"),
});
export type Letter = z.infer<typeof Letter>;
