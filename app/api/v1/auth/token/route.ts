import { TokenInput } from "@/lib/auth/schema";
import { tokenFor } from "@/lib/auth/service";
import { route } from "@/lib/door";

export const POST = route(TokenInput, (_actor, input) => tokenFor(input));
