import { signed } from "@/lib/door";
import { readMailEvent } from "@/lib/mail";
import { noteDelivery } from "@/lib/notifications/service";

export const POST = signed(readMailEvent, noteDelivery);
