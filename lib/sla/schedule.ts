import { demand, noteRead, type Actor } from "../auth/service.ts";
import { now } from "../clock.ts";
import { lifeOf } from "../tickets/service.ts";
import { actsAhead } from "./copy.ts";
import { currentRules } from "./repo.ts";
import { toScheduleView, type ScheduleView } from "./view.ts";

/** What the desk will do by itself on a ticket if nobody acts meanwhile, worked out from its rows at this moment; for managers and admins. */
export async function scheduleFor(actor: Actor, { id }: { id: string }): Promise<ScheduleView> {
  const { ticket, rows } = await lifeOf(id, actor);
  demand(actor, "schedule.read");
  await noteRead(actor, id);
  return toScheduleView(actsAhead(ticket, rows, await currentRules(), now()), ticket.sla?.actAt ?? null);
}
