import type { PersonView } from "@/lib/auth/view.ts";
import type { StaffTicket } from "@/lib/tickets/view.ts";

/** Who may be mentioned in a note: active staff who may read the ticket once they are. Engineers see what was escalated to them. */
export const mentionable = ({ level }: Pick<StaffTicket, "level">, people: readonly PersonView[]): PersonView[] =>
  people.filter(({ active, invited, roles }) => active && !invited && (level === "engineering" || roles.some((role) => role !== "engineer")));
