import { route } from "@/lib/door";
import { ChangeCalendarInput, RuleId } from "@/lib/sla/schema";
import { changeCalendar, deleteCalendar } from "@/lib/sla/service";

export const PATCH = route(ChangeCalendarInput, changeCalendar);
export const DELETE = route(RuleId, deleteCalendar, 204);
