import { route } from "@/lib/door";
import { EventQuery, jobEventsFor } from "@/lib/jobs";

export const GET = route(EventQuery, jobEventsFor);
