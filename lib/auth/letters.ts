import { actorFor } from "./identify.ts";
import type { PersonActor } from "./policy.ts";
import { personById } from "./repo.ts";
import type { Role } from "./schema.ts";
import { issue } from "./tokens.ts";

export type Addressee = { id: string; name: string; email: string; verified: boolean; active: boolean; roles: readonly Role[] };

/**
 * Whom a letter goes to. A token is made only when `token()` is called, so that a letter that is not sent
 * leaves none behind. `follow` is the link of a receipt: it proves the address and signs a customer in. `actor()` is
 * the person with the rights of this moment, for whoever must know what they may see.
 */
export async function letterTo(personId: string): Promise<(Addressee & { token: (kind: "link" | "follow" | "invitation" | "reset") => Promise<string>; actor: () => Promise<PersonActor> }) | null> {
  const person = await personById(personId);
  if (!person) return null;
  return {
    id: person._id,
    name: person.name,
    email: person.email,
    verified: person.verifiedAt !== null,
    active: person.deactivated === null,
    roles: person.roles,
    token: (kind) => issue(kind, person),
    actor: () => actorFor(person),
  };
}
