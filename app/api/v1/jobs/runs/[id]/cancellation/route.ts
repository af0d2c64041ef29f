import { route } from "@/lib/door";
import { cancelRun, RunId } from "@/lib/jobs";

export const POST = route(RunId, cancelRun);
