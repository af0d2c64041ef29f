import { route } from "@/lib/door";
import { RuleId } from "@/lib/sla/schema";
import { readAgain } from "@/lib/sla/service";

export const POST = route(RuleId, readAgain);
