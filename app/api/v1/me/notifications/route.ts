import { route } from "@/lib/door";
import { NoticesQuery } from "@/lib/notifications/schema";
import { noticesFor } from "@/lib/notifications/service";

export const GET = route(NoticesQuery, noticesFor);
