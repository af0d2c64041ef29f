import { z } from "zod";
import { Id } from "../ids.ts";

export const Role = z.enum(["customer", "agent", "engineer", "manager", "admin"]);
export type Role = z.infer<typeof Role>;

/** From the least to the highest: `role` in the API is the highest that a person has. */
export const roleOrder: readonly Role[] = ["customer", "agent", "engineer", "manager", "admin"];
export const staffRoles: readonly Role[] = ["agent", "engineer", "manager", "admin"];

export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email("must be an email address"));
/** Text of one line: a break in it could become a line of a mail's head. */
export const Line = z.string().overwrite((text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")).trim();
export const Name = Line.min(1, "must not be empty").max(120);
export const Password = z.string().min(10, "must have at least 10 characters").max(200);
export const Roles = z
  .array(Role)
  .min(1, "must name at least one role")
  .refine((roles) => !roles.includes("engineer") || roles.length === 1, "engineer is never combined with another role")
  .transform((roles) => roleOrder.filter((role) => roles.includes(role)));

/** A person: customer or staff. `sessionEpoch` is raised to end every session and token of theirs. */
export const Person = z.object({
  _id: Id,
  email: Email,
  name: Name,
  roles: z.array(Role),
  passwordHash: z.string().nullable(),
  verifiedAt: z.date().nullable(),
  deactivated: z.object({ at: z.date(), by: Id }).nullable(),
  sessionEpoch: z.number().int(),
  availability: z.object({ state: z.enum(["online", "away"]), since: z.date(), seenAt: z.date() }),
  invitedAt: z.date().nullable(),
  capacity: z.number().int().describe("tickets in new and open that routing gives at most"),
  seq: z.number().int(),
  createdAt: z.date(),
});
export type Person = z.infer<typeof Person>;

/** Something sent to an address or kept by a client, of which only the hash is stored. */
export const Token = z.object({
  _id: z.string().describe("SHA-256 of the token"),
  kind: z.enum(["link", "follow", "invitation", "reset", "setup", "refresh"]),
  personId: Id.nullable(),
  family: z.string().nullable().describe("refresh tokens: reuse of one revokes all of its family"),
  epoch: z.number().int(),
  createdAt: z.date(),
  expiresAt: z.date(),
  usedAt: z.date().nullable(),
});
export type Token = z.infer<typeof Token>;

/** A team with its inbox: tickets of `category`, or with one of `keywords` in them, arrive here. */
export const Queue = z.object({
  _id: Id,
  name: Name,
  category: z.string(),
  keywords: z.array(z.string()),
  managerId: Id.nullable(),
  memberIds: z.array(Id),
  waitMinutes: z.number().int(),
  escalateTo: z.enum(["l1", "engineering"]).describe("level given to tickets that arrive in this queue"),
  seq: z.number().int(),
  createdAt: z.date(),
});
export type Queue = z.infer<typeof Queue>;

/** Intl can only be asked by trying: what it does not know, it throws at. */
function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
export const TimeZone = z.string().max(60).refine(isZone, "must be a time zone like Europe/Berlin");

export const DeskSettings = z.object({
  _id: z.literal("desk"),
  name: Name,
  queueVisibility: z.boolean(),
  offlineGraceMinutes: z.number().int(),
  timeZone: TimeZone.describe("of the desk: days of figures, quiet hours, new calendars"),
  remindMinutes: z.number().int().describe("working minutes before a breach; a quarter of targets shorter than four times as long"),
  repeatBreachMinutes: z.number().int().describe("working minutes after which a manager hears again of a breach on which nobody acted; 0: never"),
  closeAfterDays: z.number().int().describe("a resolved ticket without activity is closed after as many"),
  nudgeHours: z.number().int().describe("before closing, the customer is told; 0: not"),
  askRating: z.boolean(),
  seq: z.number().int(),
});
export type DeskSettings = z.infer<typeof DeskSettings>;

export const PersonId = z.object({ id: Id });
export const SignInInput = z.object({ email: Email, password: z.string().min(1, "must not be empty").max(200) });
export const TokenInput = z.union([z.strictObject({ refreshToken: z.string().min(20).max(200) }), SignInInput]);
export const SignUpInput = z.object({ name: Name, email: Email, password: Password });
export const EmailInput = z.object({ email: Email });
export const NewPasswordInput = z.object({ token: z.string().min(20).max(200), password: Password });
export const AcceptInvitationInput = z.object({ token: z.string().min(20).max(200), name: Name.optional(), password: Password });
export const SetupInput = z.object({ token: z.string().min(20).max(200), deskName: Name, name: Name, email: Email, password: Password });
export const AvailabilityInput = z.object({ state: z.enum(["online", "away"]) });

export const NewPersonInput = z.object({
  email: Email,
  name: Name,
  role: Role.optional(),
  roles: Roles.optional(),
  password: Password.optional(),
  queueIds: z.array(Id).max(100).optional(),
  capacity: z.number().int().min(0).max(500).optional(),
}).refine((input) => input.role || input.roles, { path: ["role"], message: "must be given" });
export const ChangePersonInput = z.object({
  id: Id,
  name: Name.optional(),
  roles: Roles.optional(),
  active: z.boolean().optional(),
  queueIds: z.array(Id).max(100).optional(),
  capacity: z.number().int().min(0).max(500).optional(),
});
export const PeopleQuery = z.object({
  q: Line.max(200).optional(), // MongoDB takes no regex with a NUL in it
  role: z.union([Role, z.literal("staff")]).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});

const keywords = z.array(z.string().trim().toLowerCase().min(1).max(60)).max(200);
export const CategoryName = z.string().trim().toLowerCase().regex(/^[a-z0-9][a-z0-9 _-]{0,59}$/, "must be 1 to 60 letters, digits, spaces, _ or -");
export const NewQueueInput = z.object({
  name: Name,
  category: CategoryName,
  keywords: keywords.default([]),
  managerId: Id.nullable().default(null),
  memberIds: z.array(Id).max(1000).default([]),
  waitMinutes: z.number().int().min(0).max(1440).default(0),
  escalateTo: z.enum(["l1", "engineering"]).default("l1"),
});
export const ChangeQueueInput = z.object({
  id: Id,
  name: Name.optional(),
  category: CategoryName.optional(),
  keywords: keywords.optional(),
  managerId: Id.nullable().optional(),
  memberIds: z.array(Id).max(1000).optional(),
  waitMinutes: z.number().int().min(0).max(1440).optional(),
  escalateTo: z.enum(["l1", "engineering"]).optional(),
});
export const SettingsInput = z.object({
  name: Name.optional(),
  queueVisibility: z.boolean().optional(),
  offlineGraceMinutes: z.number().int().min(1).max(1440).optional(),
  timeZone: TimeZone.optional(),
  remindMinutes: z.number().int().min(1).max(1440).optional(),
  repeatBreachMinutes: z.number().int().min(0).max(10_080).optional(),
  closeAfterDays: z.number().int().min(1).max(90).optional(),
  nudgeHours: z.number().int().min(0).max(168).optional(),
  askRating: z.boolean().optional(),
});
