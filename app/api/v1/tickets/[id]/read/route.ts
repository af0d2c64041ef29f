import { route } from "@/lib/door";
import { readNoticesOf } from "@/lib/notifications/service";
import { ReadInput } from "@/lib/tickets/schema";
import { readUpTo } from "@/lib/tickets/service";

export const PUT = route(ReadInput, async (actor, input) => {
  await readUpTo(actor, input);
  await readNoticesOf(actor, input);
}, 204);
