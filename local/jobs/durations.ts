const unit: Record<string, number> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Milliseconds of a duration in the protocol's form: `1h30m`, `7d`, `90s`. Undefined when it is none. */
export function duration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[wdhms]))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[wdhms])/g)].reduce((sum, [, count, name]) => sum + Number(count) * (unit[name ?? ""] ?? 0), 0);
}

/** The moment that a duration from now or an ISO time names, in milliseconds since 1970. Undefined when it is neither. */
export function moment(text: string, now: number): number | undefined {
  const span = duration(text);
  if (span !== undefined) return now + span;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

/** The vendor's delays between attempts, in milliseconds; later attempts wait as long as the last. */
export const vendorRetryDelays: readonly number[] = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200].map((seconds) => seconds * 1000);

/** The delay after the given attempt (0 is the first), up to a tenth longer so that retries do not march in step. */
export function backoff(delays: readonly number[], attempt: number): number {
  const delay = delays[Math.min(attempt, delays.length - 1)] ?? 0;
  return delay + Math.random() * delay * 0.1;
}
