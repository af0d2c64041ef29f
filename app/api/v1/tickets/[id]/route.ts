import { route } from "@/lib/door";
import { ChangeTicketInput, TicketId } from "@/lib/tickets/schema";
import { edit, ticketFor } from "@/lib/tickets/service";

export const GET = route(TicketId, ticketFor);
export const PATCH = route(ChangeTicketInput, edit);
