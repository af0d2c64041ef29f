import { z } from "zod";
import { route } from "@/lib/door";
import { jobsFor } from "@/lib/jobs";

export const GET = route(z.object({}), jobsFor);
