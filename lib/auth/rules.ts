import type { DeskSettings } from "./schema.ts";

/** The queues that most desks begin with, by the words in which customers speak of their matters. */
export const usualQueues = [
  {
    name: "Billing", category: "billing",
    keywords: ["invoice", "invoices", "charged", "refund", "payment", "credit card", "vat", "receipt", "billing", "subscription", "pay", "price", "annual plan", "purchase order"],
  },
  {
    name: "Technical", category: "technical",
    keywords: ["error", "bug", "slow", "not working", "crashes", "sync", "import", "export", "api", "webhook", "loading", "integration", "app", "broken"],
  },
  {
    name: "Account", category: "account",
    keywords: ["password", "sign in", "log in", "login", "two factor", "email address", "invite", "invitation", "sso", "owner", "permissions", "delete our", "locked out"],
  },
  {
    name: "General", category: "general",
    keywords: ["how do i", "is it possible", "is there a way", "feature", "roadmap", "feedback", "training", "webinar", "template", "templates", "suggestion", "nonprofit", "best way"],
  },
] as const;

/** A desk's settings until an admin changes any. */
export const usualSettings: DeskSettings = {
  _id: "desk", name: "Support", queueVisibility: false, offlineGraceMinutes: 15, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  remindMinutes: 30, repeatBreachMinutes: 60, closeAfterDays: 7, nudgeHours: 24, askRating: true, seq: 0,
};
