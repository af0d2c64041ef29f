import { mailAboutTicket, mailHeld, mailPerson } from "./functions/notifications.ts";
import { returnTickets, route } from "./functions/routing.ts";
import { sweep } from "./functions/sweep.ts";

/** Every job of the desk. */
export const functions = () => [route(), returnTickets(), mailAboutTicket(), mailPerson(), mailHeld(), sweep()];
