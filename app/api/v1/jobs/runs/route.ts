import { route } from "@/lib/door";
import { RunQuery, runsFor } from "@/lib/jobs";

export const GET = route(RunQuery, runsFor);
