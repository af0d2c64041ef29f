import { ChangeQueueInput, PersonId } from "@/lib/auth/schema";
import { changeQueue, deleteQueue } from "@/lib/auth/service";
import { route } from "@/lib/door";
import { hasUnsolvedIn } from "@/lib/tickets/service";

export const PATCH = route(ChangeQueueInput, changeQueue);
export const DELETE = route(PersonId, (actor, input) => deleteQueue(actor, input, hasUnsolvedIn), 204);
