import { demand, noteRead, whoIs, type Actor } from "../auth/service.ts";
import { demandSight } from "../tickets/service.ts";
import { lettersOf } from "./repo.ts";
import { toLetterView, type LetterView } from "./view.ts";

const most = 100;

/** What was sent about a ticket, to customer, staff and Slack, the newest first: for staff who see it. Reading it is a read of the ticket. */
export async function lettersFor(actor: Actor, { id }: { id: string }): Promise<{ items: LetterView[]; nextCursor: null }> {
  await demandSight(actor, id);
  demand(actor, "staff.read");
  await noteRead(actor, id);
  const found = await lettersOf(id, most);
  const names = await whoIs(found.flatMap(({ personId }) => personId ?? []));
  return { items: found.map((letter) => toLetterView(letter, names.get(letter.personId ?? "")?.name ?? null)), nextCursor: null };
}
