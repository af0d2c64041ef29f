import { route } from "@/lib/door";
import { replayRun, RunId } from "@/lib/jobs";

export const POST = route(RunId, replayRun, 201);
