import { stream } from "@/lib/door";
import { ndjson } from "@/lib/ndjson";
import { WhatIfInput } from "@/lib/sla/schema";
import { whatIf } from "@/lib/sla/service";

export const POST = stream(WhatIfInput, async (actor, input) => ndjson(await whatIf(actor, input)));
