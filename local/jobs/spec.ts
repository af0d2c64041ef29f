import { Cron } from "croner";
import { z } from "zod";
import { duration } from "./durations.ts";
import { expression } from "./expression/expression.ts";
import { ExpressionError } from "./expression/tokens.ts";

/** What the SDK sends about a function, as far as it is known here; other keys are refused by name. */
const Config = z.looseObject({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(z.looseObject({ event: z.string().optional(), expression: z.string().optional(), cron: z.string().optional() })),
  steps: z.record(z.string(), z.looseObject({ runtime: z.looseObject({ type: z.string(), url: z.string() }), retries: z.looseObject({ attempts: z.number().optional() }).optional() })),
  idempotency: z.string().optional(),
  concurrency: z.unknown().optional(),
  debounce: z.looseObject({ key: z.string().optional(), period: z.string(), timeout: z.string().optional() }).optional(),
  singleton: z.looseObject({ key: z.string().optional(), mode: z.enum(["skip", "cancel"]) }).optional(),
  cancel: z.array(z.looseObject({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() })).optional(),
});
const Concurrency = z.looseObject({ limit: z.number().int().min(0), key: z.string().optional(), scope: z.enum(["fn", "env", "account"]).optional() });
const knownKeys = new Set(Object.keys(Config.shape));

/** A registered function, read. `refusal` names what it uses that is not supported: its runs then fail with this sentence. */
export type Spec = {
  id: string;
  name: string;
  /** Path and query of the app's door for it. */
  path: string;
  maxAttempts: number;
  triggers: { event: string; when: string | null }[];
  crons: string[];
  cancelOn: { event: string; when: string | null; timeout: number | null }[];
  idempotency: string | null;
  debounce: { key: string | null; period: number; timeout: number | null } | null;
  singleton: { key: string | null; mode: "skip" | "cancel" } | null;
  concurrency: { limit: number; key: string | null }[];
  refusal: string | null;
};

/** Reads a function's configuration. Throws a ZodError when it is not one at all; what it cannot do becomes `refusal`. */
export function specOf(sent: unknown): Spec {
  const config = Config.parse(sent);
  const refused: string[] = [];
  const refuse = (what: string): null => (refused.push(what), null);
  const read = (source: string | undefined, where: string): string | null => {
    if (source === undefined) return null;
    try {
      expression(source);
      return source;
    } catch (error) {
      if (error instanceof ExpressionError) return refuse(`the expression "${source}" of ${where}: ${error.message}`);
      throw error;
    }
  };
  const span = (text: string | undefined, where: string): number | null => (text === undefined ? null : (duration(text) ?? refuse(`the duration "${text}" of ${where}`)));

  for (const key of Object.keys(config)) if (!knownKeys.has(key) && config[key] !== undefined && config[key] !== null) refuse(key);
  const step = Object.values(config.steps)[0];
  if (!step || Object.keys(config.steps).length > 1 || step.runtime.type !== "http") refuse("a runtime other than one http address");
  const url = new URL(step?.runtime.url ?? "/", "http://127.0.0.1");
  const crons = config.triggers.flatMap(({ cron, jitter }) => {
    if (cron === undefined) return [];
    if (jitter !== undefined) refuse("jitter of a cron trigger");
    if (!readable(cron)) refuse(`the cron expression "${cron}"`);
    return [cron];
  });
  const triggers = config.triggers.flatMap((trigger) => {
    if (trigger.event === undefined) return [];
    if (trigger.event.includes("*") || trigger.event === "inngest/deferred.schedule") refuse(`a trigger on ${trigger.event}`);
    return [{ event: trigger.event, when: read(trigger.expression, "a trigger") }];
  });
  const limits = z.array(Concurrency).max(2).safeParse([config.concurrency ?? []].flat().map((limit: unknown) => (typeof limit === "number" ? { limit } : limit)));
  if (!limits.success || limits.data.some(({ scope }) => scope === "env" || scope === "account")) refuse("concurrency other than up to two limits of scope fn");

  const spec = {
    id: config.id,
    name: config.name ?? config.id,
    path: url.pathname + url.search,
    maxAttempts: (step?.retries?.attempts ?? 4) + 1,
    triggers,
    crons,
    cancelOn: (config.cancel ?? []).map((cancel) => ({ event: cancel.event, when: read(cancel.if, "cancelOn"), timeout: span(cancel.timeout, "cancelOn") })),
    idempotency: read(config.idempotency, "idempotency"),
    debounce: config.debounce ? { key: read(config.debounce.key, "debounce"), period: span(config.debounce.period, "debounce") ?? 0, timeout: span(config.debounce.timeout, "debounce") } : null,
    singleton: config.singleton ? { key: read(config.singleton.key, "singleton"), mode: config.singleton.mode } : null,
    // A limit of 0 means no limit, as at the vendor.
    concurrency: (limits.data ?? []).filter(({ limit }) => limit > 0).map(({ limit, key }) => ({ limit, key: read(key, "concurrency") })),
  };
  return { ...spec, refusal: refused.length === 0 ? null : `The local executor does not support ${refused.join("; ")}.` };
}

function readable(cron: string): boolean {
  try {
    return nextOf(cron, new Date()) !== null;
  } catch {
    // croner throws for what it cannot read; the caller names the expression.
    return false;
  }
}

/** The next moment of a cron expression of 5 fields (or 6, seconds first), with an optional `TZ=<zone> ` in front; UTC without. */
export function nextOf(cron: string, after: Date): Date | null {
  const [, zone, fields] = /^(?:TZ=(\S+)\s+)?(.*)$/.exec(cron.trim()) ?? [];
  return new Cron(fields ?? "", { timezone: zone ?? "UTC", paused: true, mode: "5-or-6-parts" }).nextRun(after);
}
