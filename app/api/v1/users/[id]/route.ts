import { ChangePersonInput, PersonId } from "@/lib/auth/schema";
import { changePerson, personFor } from "@/lib/auth/service";
import { route } from "@/lib/door";

export const GET = route(PersonId, personFor);
export const PATCH = route(ChangePersonInput, changePerson);
/** A person is never erased by this door: they are deactivated, and their sessions end. */
export const DELETE = route(PersonId, (actor, { id }) => changePerson(actor, { id, active: false }));
