import { z } from "zod";
import { route } from "@/lib/door";
import { functionsFor } from "@/lib/jobs";

export const GET = route(z.object({}), functionsFor);
