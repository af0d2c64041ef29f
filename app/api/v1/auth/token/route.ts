import { TokenInput } from "@/lib/auth/schema";
import { tokenFor } from "@/lib/auth/service";
import { stream } from "@/lib/door";

/** No `route`: that one keeps its answers for repeated keys, and a token is never kept in clear. */
export const POST = stream(TokenInput, async (_actor, input) => Response.json(await tokenFor(input)));
