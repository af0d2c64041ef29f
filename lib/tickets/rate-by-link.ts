import type { z } from "zod";
import { demand, deskSettings, visibleTo, type PersonActor } from "../auth/service.ts";
import { now } from "../clock.ts";
import { AppError, missing } from "../errors.ts";
import { actOf } from "./converse.ts";
import { limitRating } from "./rate.ts";
import { readRatingToken, type RatingLink } from "./rating-links.ts";
import { mayRate, onRate, ratingOf } from "./rating-rules.ts";
import { amend, find, markRead } from "./repo.ts";
import type { RateByLinkInput, Ticket } from "./schema.ts";
import { toRating, type RatingPage } from "./view.ts";

/** The link speaks for the requester to whom it was written, as a customer, and for nothing but this rating. */
async function opened(token: string): Promise<{ link: RatingLink; actor: PersonActor; ticket: Ticket }> {
  const link = readRatingToken(token);
  if (!link) throw missing("link");
  const bearer: PersonActor = { kind: "person", id: link.requesterId, name: "", email: "", roles: ["customer"], claimsFrom: [] };
  const ticket = await find(visibleTo(bearer), link.ticketId);
  return { link, actor: { ...bearer, name: ticket.requester.name, email: ticket.requester.email }, ticket };
}

const isAbout = ({ resolution }: Ticket, { resolvedAt }: RatingLink) => resolution?.at.getTime() === resolvedAt.getTime();

/** What a link leads to; reads only. Throws 404 for one that leads nowhere: forged, ended, or of a request that is not its reader's. */
export async function ratingByLink(token: string): Promise<RatingPage> {
  const { link, ticket } = await opened(token);
  return pageOf(ticket, link);
}

/** Rates by a link, as `rate` does. Throws 409 as well when the request was opened again since the link was written. */
export async function rateByLink({ token, score, comment }: z.output<typeof RateByLinkInput>): Promise<RatingPage> {
  const { link, actor, ticket } = await opened(token);
  limitRating(link.ticketId);
  const { askRating: asked } = await deskSettings();
  const act = actOf(actor, ticket);
  const { ticket: after } = await amend(visibleTo(actor), ticket, act, (newest) => {
    demand(actor, "ticket.rate", newest);
    if (asked && !isAbout(newest, link)) throw new AppError("conflict", "This request was opened again since that letter.");
    return onRate(newest, { score, comment }, { asked }, act, "By the link in a letter.");
  });
  await markRead(actor.id, after._id, after.publicSeq, now()); // their own rating is no news to them
  return pageOf(after, link);
}

async function pageOf(ticket: Ticket, link: RatingLink): Promise<RatingPage> {
  const { askRating: asked } = await deskSettings();
  const about = isAbout(ticket, link);
  const closed = ticket.status === "closed";
  return {
    request: { id: ticket._id, number: ticket.number, subject: ticket.subject },
    state: !asked ? "off" : about ? "asked" : ticket.resolution || closed ? "earlier" : "reopened",
    closed,
    rating: about ? toRating(ratingOf(ticket)) : null,
    mayRate: about ? mayRate(ticket, { asked }) : null,
  };
}
