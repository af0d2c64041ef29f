"use server";

import { action } from "../door.ts";
import { openTicket } from "./open.ts";
import { ContactInput } from "./schema.ts";

/** The contact form, which works without JavaScript. */
export const contactAction = action(ContactInput, (actor, { email, name, once, ...input }) => openTicket(actor, { ...input, ...(email && name ? { requester: { email, name } } : {}) }, { once: once ?? null, channel: "portal" }));
