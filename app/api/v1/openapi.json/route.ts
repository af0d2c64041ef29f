import { route } from "@/lib/door";
import { openapi } from "@/lib/openapi";
import { z } from "zod";

export const GET = route(z.object({}), async () => openapi());
