import { route } from "@/lib/door";
import { countsFor } from "@/lib/tickets/service";
import { z } from "zod";

export const GET = route(z.object({}), countsFor);
