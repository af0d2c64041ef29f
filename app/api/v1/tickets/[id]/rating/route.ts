import { route } from "@/lib/door";
import { RateInput } from "@/lib/tickets/schema";
import { rate } from "@/lib/tickets/service";

export const PUT = route(RateInput, rate);
