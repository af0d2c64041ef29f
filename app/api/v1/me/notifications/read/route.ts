import { route } from "@/lib/door";
import { ReadNoticesInput } from "@/lib/notifications/schema";
import { readNotices } from "@/lib/notifications/service";

export const PUT = route(ReadNoticesInput, readNotices);
