import { inWorkingWords, minutesIn } from "@/lib/sla/rules.ts";
import type { SlaPolicy } from "@/lib/sla/schema.ts";
import type { PolicyView } from "@/lib/sla/view.ts";

export const priorities = ["urgent", "high", "normal", "low"] as const;
export type PriorityName = (typeof priorities)[number];
export const clocks = [
  { name: "firstResponse", field: "firstResponseMinutes", label: "First response", short: "First" },
  { name: "nextResponse", field: "nextResponseMinutes", label: "Next response", short: "Next" },
  { name: "resolution", field: "resolutionMinutes", label: "Resolution", short: "Solved" },
] as const;
export type TargetField = (typeof clocks)[number]["field"];

type Targets = SlaPolicy["targets"];
/** A policy while it is edited; targets as they were typed. */
export type PolicyDraft = Omit<PolicyView, "id" | "version" | "createdAt" | "targets"> & { targets: Record<PriorityName, Record<TargetField, string>> };

const eachTarget = <T>(value: (priority: PriorityName, field: TargetField) => T) =>
  Object.fromEntries(priorities.map((priority) => [priority, Object.fromEntries(clocks.map(({ field }) => [field, value(priority, field)]))])) as Record<PriorityName, Record<TargetField, T>>;

/** A new policy begins with what the default one promises. */
export function policyDraft(policy: PolicyView | null, model: PolicyView | null, calendarId: string, dayMinutes: number): PolicyDraft {
  const { name, pausedIn, queueIds, default: isDefault, targets } = policy ?? { name: "", pausedIn: model?.pausedIn ?? ["pending" as const, "on_hold" as const], queueIds: [], default: model === null, targets: model?.targets };
  const words = (minutes: number | undefined) => (minutes === undefined ? "" : inWorkingWords(minutes, dayMinutes));
  return { name, calendarId, pausedIn, queueIds, default: isDefault, targets: eachTarget((priority, field) => words(targets?.[priority][field])) };
}

/** The targets in minutes; null while one of them is no length of time. */
export function targetsIn(draft: PolicyDraft, dayMinutes: number): Targets | null {
  const read = eachTarget((priority, field) => minutesIn(draft.targets[priority][field], dayMinutes));
  return priorities.some((priority) => clocks.some(({ field }) => read[priority][field] === null)) ? null : (read as Targets);
}

/** A draft as the what-if takes it: without its name, which changes no clock. */
export const whatIfPolicy = (policy: PolicyView | null, { calendarId, pausedIn, queueIds, default: isDefault }: PolicyDraft, targets: Targets) => ({ ...(policy ? { id: policy.id } : {}), calendarId, pausedIn, queueIds, default: isDefault, targets });
