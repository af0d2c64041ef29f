import { NewQueueInput } from "@/lib/auth/schema";
import { addQueue, queuesFor } from "@/lib/auth/service";
import { route } from "@/lib/door";
import { z } from "zod";

export const GET = route(z.object({}), queuesFor);
export const POST = route(NewQueueInput, addQueue, 201);
