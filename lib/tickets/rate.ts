import type { z } from "zod";
import { deskSettings, type Actor } from "../auth/service.ts";
import { hour } from "../clock.ts";
import { limit } from "../limits.ts";
import { onRate } from "./rating-rules.ts";
import type { RateInput } from "./schema.ts";
import type { TicketView } from "./view.ts";
import { change } from "./work.ts";

/** Each change of a rating may be mailed to a manager and posted to Slack: a ticket's may change so often, whoever it is, by page or link. */
export const limitRating = (ticketId: string): void => void limit("rating", ticketId, { most: 30, perMs: hour });

/** The requester rates the resolution of their request. */
export async function rate(actor: Actor, { id, score, comment }: z.output<typeof RateInput>, stated: { ifMatch: number | null }): Promise<TicketView> {
  const { askRating: asked } = await deskSettings();
  return change(actor, id, "ticket.rate", stated, (ticket, act) => {
    limitRating(ticket._id);
    return onRate(ticket, { score, comment }, { asked }, act);
  });
}
