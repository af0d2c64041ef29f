import { sees, staffMember } from "../auth/service.ts";
import { invalid } from "../errors.ts";
import type { Ticket } from "./schema.ts";

/** The colleagues whom a note mentions. Refused is who is not active staff, and who could not read it even as a watcher: engineers see what was escalated to them. */
export async function mentionable(ticket: Ticket, ids: readonly string[] = []): Promise<{ id: string; name: string }[]> {
  const watched = { ...ticket, watcherIds: [...ticket.watcherIds, ...ids] };
  return Promise.all(ids.map(async (id, index) => {
    const path = `mentionIds.${index}`;
    const { name, email, roles } = await staffMember(id, path);
    if (!sees({ kind: "person", id, name, email, roles, claimsFrom: [] }, watched)) throw invalid(path, `is ${name}, who sees a ticket only once it is escalated to engineering`);
    return { id, name };
  }));
}
