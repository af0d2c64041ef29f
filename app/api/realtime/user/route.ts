import { route } from "@/lib/door";
import { connectionOf, SocketInput } from "@/lib/tickets/service";

export const POST = route(SocketInput, connectionOf);
