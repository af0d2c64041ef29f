import { route } from "@/lib/door";
import { ReadInput } from "@/lib/tickets/schema";
import { readUpTo } from "@/lib/tickets/service";

export const PUT = route(ReadInput, readUpTo, 204);
