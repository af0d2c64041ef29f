import type { Role } from "@/lib/auth/schema.ts";
import type { MailChoice, NoticeKind } from "@/lib/notifications/schema.ts";

const owners: readonly Role[] = ["agent", "manager"];

/** Every kind of notice in the words of its reader, and who can get one. */
export const kindWords: Record<NoticeKind, { label: string; hint: string; roles: readonly Role[] }> = {
  assigned: { label: "A ticket comes to you", hint: "By a colleague or by routing.", roles: owners },
  "customer-replied": { label: "A customer answers", hint: "On a ticket of yours.", roles: owners },
  mention: { label: "You are mentioned in a note", hint: "You may read that ticket from then on.", roles: ["agent", "engineer", "manager", "admin"] },
  escalated: { label: "A ticket is escalated", hint: "To engineering for engineers, to a manager for managers.", roles: ["engineer", "manager"] },
  reminder: { label: "A promised time is near", hint: "To answer, to answer again, or to solve a ticket.", roles: owners },
  breach: { label: "A promised time was missed", hint: "Its owner and a manager hear of it.", roles: owners },
  "breach-repeated": { label: "Nobody acted on a missed time", hint: "Again and again, as the desk’s settings say.", roles: ["manager"] },
  "low-rating": { label: "A customer was not content", hint: "One or two of five.", roles: owners },
  bounced: { label: "A mail to a customer came back", hint: "On a ticket of yours.", roles: owners },
};

export const choiceWords: Record<MailChoice, string> = { always: "Always", away: "When you are away", never: "Never" };
