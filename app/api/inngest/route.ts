import { serve } from "inngest/next";
import { functions } from "@/inngest";
import { inngest } from "@/inngest/client";
import { env } from "@/lib/env";

type Handlers = ReturnType<typeof serve>;
let handlers: Handlers | null = null;

/** The jobs service calls here; every call is signed, and the SDK refuses what is not. Made at the first call: a build has no keys. */
const serving = (): Handlers => (handlers ??= serve({ client: inngest(), functions: functions(), ...(env().INNGEST_SERVE_ORIGIN ? { serveOrigin: env().INNGEST_SERVE_ORIGIN } : {}) }));

export const GET: Handlers["GET"] = (request, context) => serving().GET(request, context);
export const POST: Handlers["POST"] = (request, context) => serving().POST(request, context);
export const PUT: Handlers["PUT"] = (request, context) => serving().PUT(request, context);
