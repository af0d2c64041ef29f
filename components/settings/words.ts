import type { Role } from "@/lib/auth/schema.ts";

/** The roles of staff, as the people page explains them. */
export const staffRoleWords: readonly { role: Exclude<Role, "customer">; label: string; may: string }[] = [
  { role: "agent", label: "Agent", may: "Answers the requests assigned to them." },
  { role: "engineer", label: "Engineer", may: "Advises in private notes on what is escalated. Goes with no other role." },
  { role: "manager", label: "Manager", may: "Sees every request; assigns, answers, closes." },
  { role: "admin", label: "Admin", may: "Changes people, queues and settings; reads every request." },
];

export const roleLabel: Record<Role, string> = { customer: "Customer", agent: "Agent", engineer: "Engineer", manager: "Manager", admin: "Admin" };

/** "Manager and admin". */
export const rolesInWords = (roles: readonly Role[]): string => roles.map((role, index) => (index === 0 ? roleLabel[role] : roleLabel[role].toLowerCase())).join(" and ");

/** Roles after one was ticked or not: engineer is never combined. */
export function withRole(roles: readonly Role[], role: Role, on: boolean): Role[] {
  if (!on) return roles.filter((each) => each !== role);
  return role === "engineer" ? ["engineer"] : [...roles.filter((each) => each !== "engineer" && each !== role), role];
}

/** Who can be a member of a queue. */
export const answersCustomers = (roles: readonly Role[]): boolean => roles.includes("agent") || roles.includes("manager");

/** Words separated by commas or lines, once each. */
export const wordsOf = (text: string): string[] => [...new Set(text.split(/[,\n]/).map((word) => word.trim().toLowerCase()).filter(Boolean))];

/** A queue's category as its name suggests it: "Billing & refunds" → "billing refunds". */
export const categoryFrom = (name: string): string => name.toLowerCase().normalize("NFKD").replaceAll(/[^a-z0-9 _-]/g, "").replaceAll(/\s+/g, " ").trim().slice(0, 60);
