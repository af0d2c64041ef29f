import { route } from "@/lib/door";
import { TicketId } from "@/lib/tickets/schema";
import { close } from "@/lib/tickets/service";

export const PUT = route(TicketId, close);
