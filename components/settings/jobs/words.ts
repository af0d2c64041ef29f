import type { JobNumbers, JobRun, JobStep } from "@/lib/jobs.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in one unit, or two where the second matters: "340 ms", "12 s", "3 min", "2 h 5 min", "6 days". */
export function lengthInWords(ms: number): string {
  if (ms < second) return `${Math.round(ms)} ms`;
  if (ms < minute) return `${ms < 10 * second ? (ms / second).toFixed(1) : Math.round(ms / second)} s`;
  if (ms < hour) return `${Math.round(ms / minute)} min`;
  if (ms < day) {
    const [hours, rest] = [Math.floor(ms / hour), Math.round((ms % hour) / minute)];
    return rest === 0 || rest === 60 ? `${rest === 60 ? hours + 1 : hours} h` : `${hours} h ${rest} min`;
  }
  const days = Math.round(ms / day);
  return days === 1 ? "1 day" : `${days} days`;
}

/** How far ahead of `now` a moment is: "in 3 min", "now" once it has come. */
export const aheadInWords = (at: string, now: number): string => (Date.parse(at) - now < second ? "now" : `in ${lengthInWords(Date.parse(at) - now)}`);

export const bytesInWords = (bytes: number): string => (bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`);

/** The app's name before a function's id says nothing on a page of that app. */
export const shortName = (functionId: string): string => functionId.replace(/^twoway-/, "");

type Verdict = { word: string; tone: "good" | "wait" | "alert"; why: string };
const stillFine = 2 * second;

/** Whether the jobs keep up, in a word and a sentence. */
export function verdictOn({ app, due }: JobNumbers): Verdict {
  if (app === "away") return { word: "Waiting for the app", tone: "alert", why: "The jobs service does not reach the app. Nothing is lost: it goes on by itself when the app answers." };
  if (due.oldestMs < stillFine) return { word: "Keeps up", tone: "good", why: due.waiting === 0 ? "Nothing that is due is waiting." : `${due.waiting.toLocaleString("en-GB")} due, at work on them.` };
  const behind = lengthInWords(due.oldestMs);
  return { word: `${behind} behind`, tone: due.oldestMs < minute ? "wait" : "alert", why: `${due.waiting.toLocaleString("en-GB")} due and waiting, the oldest for ${behind}.` };
}

export const statusWords: Record<JobRun["status"], { word: string; tone: "alert" | "info" | "good" | "plain" }> = {
  failed: { word: "Failed", tone: "alert" },
  running: { word: "Running", tone: "info" },
  completed: { word: "Completed", tone: "good" },
  cancelled: { word: "Cancelled", tone: "plain" },
};

/** What a run is doing, or how long it took. */
export function progressOf(run: JobRun, now: number): string {
  if (run.endedAt) return `took ${lengthInWords(Date.parse(run.endedAt) - Date.parse(run.createdAt))}`;
  if (run.nextAt && Date.parse(run.nextAt) - now > second) return `next ${aheadInWords(run.nextAt, now)}`;
  return "at work";
}

/** The kind of a step as a person would say it. */
export function kindOf({ kind, waitsFor }: JobStep): string {
  if (kind === "Sleep") return "Sleep";
  if (kind === "WaitForEvent") return `Waits for ${waitsFor?.event ?? "an event"}`;
  if (kind === "InvokeFunction") return `Calls ${shortName(waitsFor?.function ?? "a function")}`;
  return "Step";
}
