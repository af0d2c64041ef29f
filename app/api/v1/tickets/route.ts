import { route } from "@/lib/door";
import { OpenTicketInput, TicketQuery } from "@/lib/tickets/schema";
import { inboxFor, openTicket } from "@/lib/tickets/service";

export const GET = route(TicketQuery, inboxFor);
export const POST = route(OpenTicketInput, openTicket, 201);
