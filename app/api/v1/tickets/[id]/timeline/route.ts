import { route } from "@/lib/door";
import { TicketId } from "@/lib/tickets/schema";
import { timelineFor } from "@/lib/tickets/service";

export const GET = route(TicketId, timelineFor);
