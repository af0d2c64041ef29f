import { route } from "@/lib/door";
import { EscalateInput } from "@/lib/tickets/schema";
import { escalate } from "@/lib/tickets/service";

export const POST = route(EscalateInput, escalate);
