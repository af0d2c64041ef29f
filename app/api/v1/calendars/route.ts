import { z } from "zod";
import { route } from "@/lib/door";
import { NewCalendarInput } from "@/lib/sla/schema";
import { addCalendar, calendarsFor } from "@/lib/sla/service";

export const GET = route(z.object({}), calendarsFor);
export const POST = route(NewCalendarInput, addCalendar, 201);
