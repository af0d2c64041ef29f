import type { Status } from "@/lib/tickets/schema.ts";
import type { CustomerTicket } from "@/lib/tickets/view.ts";

/** A request's state as its writer reads it. `mark` is the shape shown with it. */
export type State = { turn: "ours" | "yours" | "nobody"; words: string; detail: string; mark: Status };

/** Whether there is something unread that concerns the writer; that a request was closed is no news. */
export const hasNews = ({ unread, status }: Pick<CustomerTicket, "unread" | "status">): boolean => unread && status !== "closed";

/** Whose turn it is and what happens next, in plain words. */
export function stateOf({ status, latest, assignee }: Pick<CustomerTicket, "status" | "latest" | "assignee">): State {
  if (status === "closed") return { turn: "nobody", words: "Closed", detail: "Write again and we open a new request that follows this one.", mark: "closed" };
  if (status === "resolved") return { turn: "nobody", words: "Solved", detail: "If it is not, write a message and it is open again.", mark: "resolved" };
  if (status === "on_hold") return { turn: "ours", words: "We wait for somebody else", detail: "We come back to you as soon as we know more.", mark: "on_hold" };
  if (status === "pending" || latest.by === "staff") return { turn: "yours", words: "We answered, your turn", detail: `${assignee?.name ?? "Our team"} waits for your answer.`, mark: "pending" };
  return { turn: "ours", words: "Waiting for our answer", detail: assignee ? `${assignee.name} is on it.` : "It is with our team; somebody takes it next.", mark: assignee ? "open" : "new" };
}
