import { route } from "@/lib/door";
import { clocksFor } from "@/lib/sla/service";
import { TicketId } from "@/lib/tickets/schema";

export const GET = route(TicketId, clocksFor);
