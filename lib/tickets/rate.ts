import type { z } from "zod";
import { deskSettings, type Actor } from "../auth/service.ts";
import { onRate } from "./rating-rules.ts";
import type { RateInput } from "./schema.ts";
import type { TicketView } from "./view.ts";
import { change } from "./work.ts";

/** The requester rates the resolution of their request. */
export async function rate(actor: Actor, { id, score, comment }: z.output<typeof RateInput>, stated: { ifMatch: number | null }): Promise<TicketView> {
  const { askRating: asked } = await deskSettings();
  return change(actor, id, "ticket.rate", stated, (ticket, act) => onRate(ticket, { score, comment }, { asked }, act));
}
