import type { Priority, Status } from "../../lib/tickets/schema.ts";
import type { Customer } from "./customers.ts";
import type { Paper } from "./papers.ts";

type Waiting = "open" | "pending" | "on_hold" | "resolved";

/** One act in a thread, after the opening. Words may hold {names} that words.ts fills in. */
export type Step =
  | { does: "reply"; by: "owner" | "manager"; text: string; then: Waiting | null; with?: Paper }
  | { does: "note"; by: "owner" | "manager" | "engineer"; text: string; with?: Paper }
  | { does: "customer"; text: string; with?: Paper }
  | { does: "solved" }
  | { does: "escalate"; to: "engineering" | "manager" | "l1"; why: string }
  | { does: "hand over"; text: string };

/** A request as it may come in, worded in several ways, and what became of it. Every life ends resolved. */
export type Story = {
  name: string;
  subjects: readonly [string, string, ...string[]];
  openings: readonly [string, string, ...string[]];
  life: readonly Step[];
  /** What comes with the opening. */
  opensWith: Paper | null;
  tags: readonly string[];
  priority: Priority;
  /** The plan without which the matter makes no sense. */
  plan: Customer["plan"] | null;
  /** What the customer writes long after it was closed, and what becomes of that. */
  afterwards: { opening: string; life: readonly Step[] } | null;
};

export const story = (of: Pick<Story, "name" | "subjects" | "openings" | "life"> & Partial<Story>): Story => ({ opensWith: null, tags: [], priority: "normal", plan: null, afterwards: null, ...of });

export const reply = (text: string, then: Waiting | null = null): Step => ({ does: "reply", by: "owner", text, then });
/** A question to the customer: we wait for the answer. */
export const ask = (text: string): Step => reply(text, "pending");
/** News while we wait for somebody else. */
export const hold = (text: string): Step => reply(text, "on_hold");
export const resolve = (text: string): Step => reply(text, "resolved");
export const managerReply = (text: string, then: Waiting | null = null): Step => ({ does: "reply", by: "manager", text, then });
export const note = (text: string): Step => ({ does: "note", by: "owner", text });
export const engineer = (text: string): Step => ({ does: "note", by: "engineer", text });
export const managerNote = (text: string): Step => ({ does: "note", by: "manager", text });
export const customer = (text: string): Step => ({ does: "customer", text });
/** The same with a file. */
export const having = (step: Step, paper: Paper): Step => ({ ...step, with: paper }) as Step;
/** The customer marks it solved. */
export const solved: Step = { does: "solved" };
export const toEngineering = (why: string): Step => ({ does: "escalate", to: "engineering", why });
export const toManager = (why: string): Step => ({ does: "escalate", to: "manager", why });
export const handBack = (why: string): Step => ({ does: "escalate", to: "l1", why });
/** The manager gives it to another agent of the same queue, with a note. */
export const handOver = (text: string): Step => ({ does: "hand over", text });

/** The status in which a thread stands after these steps, by the table of statuses. */
export function statusAfter(steps: readonly Step[]): Status {
  let status: Status = "new";
  for (const step of steps) {
    if (step.does === "solved") status = "resolved";
    else if (step.does === "reply") status = step.then ?? (status === "new" ? "open" : status);
    else if (step.does === "customer" && status !== "new") status = "open";
  }
  return status;
}
