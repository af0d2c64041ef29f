"use server";

import { action } from "../door.ts";
import { attachAll } from "./files.ts";
import { openTicket } from "./open.ts";
import { rateByLink } from "./rate-by-link.ts";
import { ContactInput, RateByLinkInput } from "./schema.ts";

/** The contact form, which works without JavaScript. Its key opens one ticket of one sender, and finds nobody else's. */
export const contactAction = action(ContactInput, async (actor, { email, name, once, files, attachmentIds = [], ...input }) => {
  const sender = actor.kind === "person" ? actor.id : email;
  return openTicket(actor, { ...input, attachmentIds: [...attachmentIds, ...(await attachAll(actor, files))], ...(email && name ? { requester: { email, name } } : {}) }, { once: once ? `form:${sender}:${once}` : null, channel: "portal" });
});

/** The page behind the link in a letter. The link is the right to it, whoever is signed in there. */
export const rateAction = action(RateByLinkInput, (_actor, input) => rateByLink(input));
