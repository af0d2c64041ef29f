import { readCalendars } from "./functions/calendars.ts";
import { mailHeld, mailPerson, mailReply, mailRequester, tellStaff } from "./functions/notifications.ts";
import { opening } from "./functions/opening.ts";
import { returnTickets, route } from "./functions/routing.ts";
import { keepClocks, retime } from "./functions/sla.ts";
import { sweep } from "./functions/sweep.ts";
import { watch } from "./functions/watch.ts";

/** Every job of the desk. */
export const functions = () => [opening(), route(), returnTickets(), mailReply(), mailRequester(), mailPerson(), mailHeld(), tellStaff(), keepClocks(), retime(), watch(), readCalendars(), sweep()];
