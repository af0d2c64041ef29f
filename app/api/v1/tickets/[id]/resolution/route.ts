import { route } from "@/lib/door";
import { TicketId } from "@/lib/tickets/schema";
import { reopen, resolve } from "@/lib/tickets/service";

export const PUT = route(TicketId, resolve);
export const DELETE = route(TicketId, reopen);
