import { route } from "@/lib/door";
import { scheduleFor } from "@/lib/sla/service";
import { TicketId } from "@/lib/tickets/schema";

export const GET = route(TicketId, scheduleFor);
