import { route } from "@/lib/door";
import { AssignInput, TicketId } from "@/lib/tickets/schema";
import { assign, unassign } from "@/lib/tickets/service";

export const PUT = route(AssignInput, assign);
export const DELETE = route(TicketId, unassign);
