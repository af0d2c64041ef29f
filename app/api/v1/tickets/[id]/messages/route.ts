import { route } from "@/lib/door";
import { MessageInput, ThreadQuery } from "@/lib/tickets/schema";
import { messagesFor, write } from "@/lib/tickets/service";

export const GET = route(ThreadQuery, messagesFor);
export const POST = route(MessageInput, write, 201);
