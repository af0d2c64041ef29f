import { route } from "@/lib/door";
import { runFor, RunId } from "@/lib/jobs";

export const GET = route(RunId, runFor);
