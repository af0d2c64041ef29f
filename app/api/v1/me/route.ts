import { meFor } from "@/lib/auth/service";
import { route } from "@/lib/door";
import { z } from "zod";

export const GET = route(z.object({}), meFor);
