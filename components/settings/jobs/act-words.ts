import { clockName } from "@/lib/clock-words.ts";
import type { ActView } from "@/lib/sla/view.ts";
import { again } from "@/lib/spoken-time.ts";

/** What the desk is going to do, in a sentence. */
export function actWords({ does, clock, times }: Pick<ActView, "does" | "clock" | "times">): string {
  const of = clockName(clock);
  switch (does) {
    case "remind":
      return `Reminds staff that the ${of} is nearly due`;
    case "breach":
      return `Records that the ${of} is late, and calls a manager`;
    case "repeat":
      return `Tells the manager ${again(times ?? 1)} that the ${of} is late`;
    case "nudge":
      return "Tells the customer that the request will be closed";
    case "close":
      return "Closes the ticket";
  }
}
