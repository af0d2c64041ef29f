import { signed } from "@/lib/door";
import { readMailEvent } from "@/lib/mail";
import { noteMailEvent } from "@/lib/notifications/service";

export const POST = signed(readMailEvent, noteMailEvent);
