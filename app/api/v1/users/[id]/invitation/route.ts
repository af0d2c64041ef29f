import { PersonId } from "@/lib/auth/schema";
import { inviteAgain } from "@/lib/auth/service";
import { route } from "@/lib/door";

export const POST = route(PersonId, inviteAgain, 204);
