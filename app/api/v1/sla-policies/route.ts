import { z } from "zod";
import { route } from "@/lib/door";
import { NewPolicyInput } from "@/lib/sla/schema";
import { addPolicy, policiesFor } from "@/lib/sla/service";

export const GET = route(z.object({}), policiesFor);
export const POST = route(NewPolicyInput, addPolicy, 201);
