import { route } from "@/lib/door";
import { ChangePolicyInput, RuleId } from "@/lib/sla/schema";
import { changePolicy, deletePolicy } from "@/lib/sla/service";

export const PATCH = route(ChangePolicyInput, changePolicy);
export const DELETE = route(RuleId, deletePolicy, 204);
