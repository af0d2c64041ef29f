import { route } from "@/lib/door";
import { lettersFor } from "@/lib/notifications/service";
import { TicketId } from "@/lib/tickets/schema";

export const GET = route(TicketId, lettersFor);
