import type { Method } from "../support/doors";
import { formWith, samples } from "../support/files";
import type { Scene, Standing } from "./cast";

type Request = { method: Method; path: string; body?: unknown };

/** One line of the expected table: a door in a case, and what each column of `cast.ts` gets there. */
export type Row = {
  door: string;
  case: string;
  standing: Standing;
  /** One status a column; what follows the digits is what `mark` says of the answer. */
  expected: string;
  ask: (scene: Scene) => Request;
  mark?: (body: unknown, scene: Scene) => string;
  /** A question too long for an address: it changes nothing when it succeeds. */
  reads?: true;
};

const v1 = "/api/v1";
const row = (door: string, standing: Standing, what: string, expected: string, ask: (scene: Scene) => Request["body"], more: { mark?: Row["mark"]; id?: (scene: Scene) => string; query?: (scene: Scene) => string; reads?: true } = {}): Row => {
  const [method, path] = door.split(" ") as [Method, string];
  const filled = (scene: Scene) => path.replace("[id]", (more.id ?? ((of: Scene) => of.ticket._id))(scene)) + (more.query?.(scene) ?? "");
  return { door, case: what, standing, expected, ask: (scene) => ({ method, path: filled(scene), body: method === "GET" ? undefined : ask(scene) }), ...(more.mark ? { mark: more.mark } : {}), ...(more.reads ? { reads: true } : {}) };
};

const ticket = `${v1}/tickets/[id]`;
const noteSeen = (body: unknown) => (JSON.stringify(body).includes("crocodile") ? "note" : "");
const people = { id: (scene: Scene) => scene.colleague._id };
const calendarOf = (name: string) => ({ name, timeZone: "Europe/Berlin", weekdays: { mon: [{ from: "09:00", to: "17:30" }], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } });
const spare = { id: (scene: Scene) => scene.spare._id };

/*
 * Typed by hand from the table of people in the design, never from the policy. A record that one may not see is
 * 404, one that is seen but not to be changed is 403, and 401 tells somebody without a session that signing in
 * might help. Somebody with nothing at all reads 401; when they write they become a visitor, to whom a ticket of
 * others does not exist.
 *
 *                                        nobody visitor stranger customer other owner agent watcher off on engineer manager admin
 */
export const ticketRows: readonly Row[] = [
  row(`GET ${ticket}`, "owned", "read",           "401 200 404 200 404 200 404 200 404 404 404 200 200", () => undefined),
  row(`GET ${ticket}`, "unowned", "read",         "401 200 404 200 404 404 404 200 404 200 404 200 200", () => undefined),
  row(`GET ${ticket}`, "engineering", "read",     "401 200 404 200 404 200 404 200 404 404 200 200 200", () => undefined),
  row(`GET ${ticket}/messages`, "owned", "read the thread with its note", "401 200 404 200 404 200note 404 200note 404 404 404 200note 200note", () => undefined, { mark: noteSeen }),
  row(`GET ${ticket}/messages`, "unowned", "read the thread with its note", "401 200 404 200 404 404 404 200note 404 200note 404 200note 200note", () => undefined, { mark: noteSeen }),
  row(`GET ${ticket}/messages`, "engineering", "read the thread with its note", "401 200 404 200 404 200note 404 200note 404 404 200note 200note 200note", () => undefined, { mark: noteSeen }),
  row(`GET ${ticket}/timeline`, "owned", "read",  "401 200 404 200 404 200 404 200 404 404 404 200 200", () => undefined),
  row(`GET ${ticket}/timeline`, "unowned", "read", "401 200 404 200 404 404 404 200 404 200 404 200 200", () => undefined),
  row(`GET ${ticket}/timeline`, "engineering", "read", "401 200 404 200 404 200 404 200 404 404 200 200 200", () => undefined),
  row(`GET ${ticket}/clocks`, "owned", "read",    "401 401 404 403 404 200 404 200 404 404 404 200 200", () => undefined),
  row(`GET ${ticket}/clocks`, "unowned", "read",  "401 401 404 403 404 404 404 200 404 200 404 200 200", () => undefined),
  row(`GET ${ticket}/clocks`, "engineering", "read", "401 401 404 403 404 200 404 200 404 404 200 200 200", () => undefined),
  row(`GET ${ticket}/schedule`, "owned", "read", "401 401 404 403 404 403 404 403 404 404 404 200 200", () => undefined),
  row(`GET ${ticket}/schedule`, "unowned", "read", "401 401 404 403 404 404 404 403 404 403 404 200 200", () => undefined),
  row(`GET ${ticket}/schedule`, "engineering", "read", "401 401 404 403 404 403 404 403 404 404 403 200 200", () => undefined),
  row(`GET ${ticket}/letters`, "owned", "read",   "401 401 404 403 404 200 404 200 404 404 404 200 200", () => undefined),
  row(`GET ${ticket}/letters`, "unowned", "read", "401 401 404 403 404 404 404 200 404 200 404 200 200", () => undefined),
  row(`GET ${ticket}/letters`, "engineering", "read", "401 401 404 403 404 200 404 200 404 404 200 200 200", () => undefined),
  row(`POST ${ticket}/messages`, "owned", "public reply", "404 201 404 201 404 201 404 403 404 404 404 201 403", () => ({ body: "Hello" })),
  row(`POST ${ticket}/messages`, "unowned", "public reply", "404 201 404 201 404 404 404 403 404 403 404 201 403", () => ({ body: "Hello" })),
  row(`POST ${ticket}/messages`, "engineering", "public reply", "404 201 404 201 404 201 404 403 404 404 403 201 403", () => ({ body: "Hello" })),
  row(`POST ${ticket}/messages`, "owned", "private note", "404 401 404 403 404 201 404 403 404 404 404 201 403", () => ({ body: "Hm", visibility: "private" })),
  row(`POST ${ticket}/messages`, "unowned", "private note", "404 401 404 403 404 404 404 403 404 403 404 201 403", () => ({ body: "Hm", visibility: "private" })),
  row(`POST ${ticket}/messages`, "engineering", "private note", "404 401 404 403 404 201 404 403 404 404 201 201 403", () => ({ body: "Hm", visibility: "private" })),
  row(`PATCH ${ticket}`, "owned", "priority",     "404 401 404 403 404 200 404 403 404 404 404 200 403", () => ({ priority: "urgent" })),
  row(`PATCH ${ticket}`, "unowned", "tags",       "404 401 404 403 404 404 404 403 404 403 404 200 403", () => ({ tags: ["new tag"] })),
  row(`PATCH ${ticket}`, "engineering", "status", "404 401 404 403 404 200 404 403 404 404 403 200 403", () => ({ status: "pending" })),
  row(`PUT ${ticket}/assignment`, "owned", "give to a colleague", "404 401 404 403 404 403 404 403 404 404 404 200 403", (scene) => ({ assigneeId: scene.colleague._id })),
  row(`PUT ${ticket}/assignment`, "unowned", "give to a colleague", "404 401 404 403 404 404 404 403 404 403 404 200 403", (scene) => ({ assigneeId: scene.colleague._id })),
  row(`PUT ${ticket}/assignment`, "unowned", "claim for oneself", "404 401 404 403 404 404 404 403 404 200 404 200 403", (scene) => ({ assigneeId: scene.asker })),
  row(`DELETE ${ticket}/assignment`, "owned", "back to the queue", "404 401 404 403 404 403 404 403 404 404 404 200 403", () => undefined),
  row(`DELETE ${ticket}/assignment`, "engineering", "back to the queue", "404 401 404 403 404 403 404 403 404 404 403 200 403", () => undefined),
  row(`POST ${ticket}/escalation`, "owned", "to engineering", "404 401 404 403 404 200 404 403 404 404 404 200 403", () => ({ level: "engineering", reason: "A bug" })),
  row(`POST ${ticket}/escalation`, "unowned", "to a manager", "404 401 404 403 404 404 404 403 404 403 404 200 403", () => ({ level: "manager", reason: "Angry" })),
  row(`POST ${ticket}/escalation`, "engineering", "back to the first level", "404 401 404 403 404 200 404 403 404 404 403 200 403", () => ({ level: "l1", reason: "Mended" })),
  row(`PUT ${ticket}/resolution`, "owned", "resolve", "404 401 404 200 404 200 404 403 404 404 404 200 403", () => undefined),
  row(`PUT ${ticket}/resolution`, "unowned", "resolve", "404 401 404 200 404 404 404 403 404 403 404 200 403", () => undefined),
  row(`PUT ${ticket}/resolution`, "engineering", "resolve", "404 401 404 200 404 200 404 403 404 404 403 200 403", () => undefined),
  row(`DELETE ${ticket}/resolution`, "resolved", "reopen", "404 401 404 200 404 200 404 403 404 404 404 200 403", () => undefined),
  row(`PUT ${ticket}/rating`, "resolved", "rate",  "404 200 404 200 404 403 404 403 404 404 404 403 403", () => ({ score: 4 })),
  row(`PUT ${ticket}/closure`, "owned", "close",  "404 401 404 403 404 403 404 403 404 404 404 200 403", () => undefined),
  row(`PUT ${ticket}/closure`, "unowned", "close", "404 401 404 403 404 404 404 403 404 403 404 200 403", () => undefined),
  row(`PUT ${ticket}/closure`, "engineering", "close", "404 401 404 403 404 403 404 403 404 404 403 200 403", () => undefined),
  row(`PUT ${ticket}/read`, "owned", "own mark",  "404 204 404 204 404 204 404 204 404 404 404 204 204", () => ({ seq: 1 })),
  row(`PUT ${ticket}/read`, "unowned", "own mark", "404 204 404 204 404 404 404 204 404 204 404 204 204", () => ({ seq: 1 })),
  row(`PUT ${ticket}/read`, "engineering", "own mark", "404 204 404 204 404 204 404 204 404 404 204 204 204", () => ({ seq: 1 })),
];

const which = (body: unknown, scene: Scene): string => {
  const found = JSON.stringify(body);
  return found.includes(scene.ticket._id) ? "seen" : "";
};
const customerSeen = (body: unknown, scene: Scene) => (JSON.stringify(body).includes(scene.persons.customer.id) ? "customers" : "");
const numberOf = (scene: Scene) => `?q=${scene.ticket.number}`;
const asVisitor = () => ({ subject: "A question", body: "How?", requester: { email: `m${Math.random().toString(36).slice(2)}@shop.example`, name: "Mo" } });

export const deskRows: readonly Row[] = [
  //                                              nobody visitor stranger customer other owner agent watcher off on engineer manager admin
  row(`GET ${v1}/tickets`, "owned", "find it in the list", "401 200seen 200 200seen 200 200seen 200 200seen 200 200 200 200seen 200seen", () => undefined, { query: numberOf, mark: which }),
  row(`GET ${v1}/tickets`, "unowned", "find it in the list", "401 200seen 200 200seen 200 200 200 200seen 200 200seen 200 200seen 200seen", () => undefined, { query: numberOf, mark: which }),
  row(`GET ${v1}/tickets`, "engineering", "find it in the list", "401 200seen 200 200seen 200 200seen 200 200seen 200 200 200seen 200seen 200seen", () => undefined, { query: numberOf, mark: which }),
  row(`GET ${v1}/tickets`, "owned", "find it without a search", "401 200seen 200 200seen 200 200seen 200 200seen 200 200 200 200seen 200seen", () => undefined, { mark: which }),
  row(`POST ${v1}/tickets`, "owned", "open",       "201 201 201 201 201 201 201 201 201 201 403 201 403", asVisitor),
  row(`GET ${v1}/tickets/counts`, "owned", "read", "401 401 401 403 403 200 200 200 200 200 200 200 200", () => undefined),
  row(`GET ${v1}/me`, "owned", "read",             "401 401 401 200 200 200 200 200 200 200 200 200 200", () => undefined),
  row(`PUT ${v1}/me/availability`, "owned", "switch", "401 401 401 403 403 200 200 200 200 200 200 200 200", () => ({ state: "away" })),
  row(`GET ${v1}/me/notifications`, "owned", "read", "401 401 401 403 403 200 200 200 200 200 200 200 200", () => undefined),
  row(`PUT ${v1}/me/notifications/read`, "owned", "mark all", "401 401 401 403 403 200 200 200 200 200 200 200 200", () => ({})),
  row(`GET ${v1}/me/notification-settings`, "owned", "read", "401 401 401 403 403 200 200 200 200 200 200 200 200", () => undefined),
  row(`PATCH ${v1}/me/notification-settings`, "owned", "change", "401 401 401 403 403 200 200 200 200 200 200 200 200", (scene) => ({ digest: { every: "day", at: `10:${String(scene.ticket.number % 60).padStart(2, "0")}` } })),
  row(`GET ${v1}/users`, "owned", "colleagues, and customers where allowed", "401 401 401 403 403 200 200 200 200 200 200 200customers 200customers", () => undefined, { query: (scene) => `?q=${scene.persons.customer.email}`, mark: customerSeen }),
  row(`GET ${v1}/users`, "owned", "customers asked for by their role", "401 401 401 403 403 200 200 200 200 200 200 200customers 200customers", () => undefined, { query: (scene) => `?role=customer&q=${scene.persons.customer.email}`, mark: customerSeen }),
  row(`POST ${v1}/users`, "owned", "invite",       "401 401 401 403 403 403 403 403 403 403 403 403 201", () => ({ ...asVisitor().requester, role: "agent" })),
  row(`GET ${v1}/users/[id]`, "owned", "a colleague", "401 401 401 403 403 200 200 200 200 200 200 200 200", () => undefined, people),
  row(`GET ${v1}/users/[id]`, "owned", "a customer", "401 401 401 403 403 404 404 404 404 404 404 200 200", () => undefined, { id: (scene) => scene.persons.customer.id }),
  row(`PATCH ${v1}/users/[id]`, "owned", "rename", "401 401 401 403 403 403 403 403 403 403 403 403 200", () => ({ name: "Renamed" }), people),
  row(`PATCH ${v1}/users/[id]`, "owned", "make oneself admin", "401 401 401 403 403 403 403 403 403 403 403 403 200", () => ({ roles: ["admin"], name: "Root" }), { id: (scene) => scene.asker }),
  row(`DELETE ${v1}/users/[id]`, "owned", "deactivate", "401 401 401 403 403 403 403 403 403 403 403 403 200", () => undefined, people),
  row(`POST ${v1}/users/[id]/invitation`, "owned", "invite again", "401 401 401 403 403 403 403 403 403 403 403 403 204", () => ({}), people),
  row(`GET ${v1}/queues`, "owned", "read",         "401 401 401 403 403 200 200 200 200 200 200 200 200", () => undefined),
  row(`POST ${v1}/queues`, "owned", "add",         "401 401 401 403 403 403 403 403 403 403 403 403 201", (scene) => ({ name: `Q ${scene.ticket._id}`, category: `c ${scene.ticket.number}`, memberIds: [] })),
  row(`PATCH ${v1}/queues/[id]`, "owned", "join",  "401 401 401 403 403 403 403 403 403 403 403 403 200", (scene) => ({ memberIds: [scene.colleague._id] }), spare),
  row(`DELETE ${v1}/queues/[id]`, "owned", "delete", "401 401 401 403 403 403 403 403 403 403 403 403 204", () => undefined, spare),
  row(`GET ${v1}/calendars`, "owned", "read",      "401 401 401 403 403 200 200 200 200 200 200 200 200", () => undefined),
  row(`POST ${v1}/calendars`, "owned", "add",      "401 401 401 403 403 403 403 403 403 403 403 403 201", (scene) => calendarOf(`C ${scene.ticket._id}`)),
  row(`PATCH ${v1}/calendars/[id]`, "owned", "change", "401 401 401 403 403 403 403 403 403 403 403 403 200", () => ({ holidays: [{ date: "2030-01-01", name: "New year" }] }), { id: (scene) => scene.calendar._id }),
  row(`DELETE ${v1}/calendars/[id]`, "owned", "delete", "401 401 401 403 403 403 403 403 403 403 403 403 204", () => undefined, { id: (scene) => scene.calendar._id }),
  row(`POST ${v1}/calendars/[id]/reading`, "owned", "read again where there is no address", "401 401 401 403 403 403 403 403 403 403 403 403 409", () => ({}), { id: (scene) => scene.calendar._id }),
  row(`POST ${v1}/calendars/ical`, "owned", "understand a file", "401 401 401 403 403 403 403 403 403 403 403 403 200", () => ({ text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", timeZone: "UTC" }), { reads: true }),
  row(`GET ${v1}/sla-policies`, "owned", "read",   "401 401 401 403 403 200 200 200 200 200 200 200 200", () => undefined),
  row(`POST ${v1}/sla-policies`, "owned", "add",   "401 401 401 403 403 403 403 403 403 403 403 403 201", (scene) => ({ name: `P ${scene.ticket._id}`, calendarId: scene.calendar._id, targets: { low: {}, normal: {}, high: {}, urgent: { firstResponseMinutes: 30 } } })),
  row(`PATCH ${v1}/sla-policies/[id]`, "owned", "change", "401 401 401 403 403 403 403 403 403 403 403 403 200", () => ({ pausedIn: ["on_hold"] }), { id: (scene) => scene.policy._id }),
  row(`DELETE ${v1}/sla-policies/[id]`, "owned", "delete", "401 401 401 403 403 403 403 403 403 403 403 403 204", () => undefined, { id: (scene) => scene.policy._id }),
  row(`POST ${v1}/sla-policies/preview`, "owned", "when something would be due", "401 401 401 403 403 200 200 200 200 200 200 200 200", (scene) => ({ policyId: scene.policy._id, calendarId: scene.calendar._id }), { reads: true }),
  row(`POST ${v1}/sla-policies/what-if`, "owned", "try on the past", "401 401 401 403 403 403 403 403 403 403 403 403 200", (scene) => ({ calendar: { id: scene.calendar._id, timeZone: "UTC", weekdays: scene.calendar.weekdays } }), { reads: true }),
  row(`GET ${v1}/settings`, "owned", "read",       "401 401 401 403 403 200 200 200 200 200 200 200 200", () => undefined),
  row(`PATCH ${v1}/settings`, "owned", "change",   "401 401 401 403 403 403 403 403 403 403 403 403 200", () => ({ offlineGraceMinutes: 20 })),
  row(`GET ${v1}/jobs`, "owned", "do they keep up",  "401 401 401 403 403 403 403 403 403 403 403 403 200", () => undefined),
  row(`GET ${v1}/jobs/runs`, "owned", "list",      "401 401 401 403 403 403 403 403 403 403 403 403 200", () => undefined),
  row(`GET ${v1}/jobs/runs/[id]`, "owned", "one that is not there", "401 401 401 403 403 403 403 403 403 403 403 403 404", () => undefined),
  row(`POST ${v1}/jobs/runs/[id]/cancellation`, "owned", "one that is not there", "401 401 401 403 403 403 403 403 403 403 403 403 404", () => ({})),
  row(`POST ${v1}/jobs/runs/[id]/replays`, "owned", "one that is not there", "401 401 401 403 403 403 403 403 403 403 403 403 404", () => ({})),
  row(`GET ${v1}/jobs/events`, "owned", "list",    "401 401 401 403 403 403 403 403 403 403 403 403 200", () => undefined),
  row(`GET ${v1}/jobs/functions`, "owned", "list", "401 401 401 403 403 403 403 403 403 403 403 403 200", () => undefined),
  row(`GET ${v1}/openapi.json`, "owned", "read",   "200 200 200 200 200 200 200 200 200 200 200 200 200", () => undefined),
  row(`POST ${v1}/auth/token`, "owned", "with a wrong password", "401 401 401 401 401 401 401 401 401 401 401 401 401", (scene) => ({ email: scene.colleague.email, password: "not the password" })),
  row(`POST ${v1}/attachments`, "owned", "upload",  "201 201 201 201 201 201 201 201 201 201 201 201 403", () => formWith("shot.png", samples.png as BlobPart)),
  row("POST /api/realtime/user", "owned", "say who is behind a connection", "401 401 401 200 200 200 200 200 200 200 200 200 200", () => ({ socket_id: "1.1" })),
];

const channel = (name: string, standing: Standing, expected: string, of: (scene: Scene) => string): Row => row("POST /api/realtime/auth", standing, name, expected, (scene) => ({ socket_id: "1.1", channel_name: of(scene) }));

/** `case` is the channel's name in lib/channels.ts. */
export const channelRows: readonly Row[] = [
  //                                 nobody visitor stranger customer other owner agent watcher off on engineer manager admin
  channel("ticket", "owned",           "404 200 404 200 404 200 404 200 404 404 404 200 200", ({ ticket: { _id } }) => `private-ticket-${_id}`),
  channel("ticket", "unowned",         "404 200 404 200 404 404 404 200 404 200 404 200 200", ({ ticket: { _id } }) => `private-ticket-${_id}`),
  channel("ticket", "engineering",     "404 200 404 200 404 200 404 200 404 404 200 200 200", ({ ticket: { _id } }) => `private-ticket-${_id}`),
  channel("ticketStaff", "owned",      "404 404 404 404 404 200 404 200 404 404 404 200 200", ({ ticket: { _id } }) => `private-ticket-${_id}-staff`),
  channel("ticketStaff", "unowned",    "404 404 404 404 404 404 404 200 404 200 404 200 200", ({ ticket: { _id } }) => `private-ticket-${_id}-staff`),
  channel("ticketStaff", "engineering", "404 404 404 404 404 200 404 200 404 404 200 200 200", ({ ticket: { _id } }) => `private-ticket-${_id}-staff`),
  channel("ticketPresence", "owned",       "404 404 404 404 404 200 404 200 404 404 404 200 200", ({ ticket: { _id } }) => `presence-ticket-${_id}`),
  channel("ticketPresence", "unowned",     "404 404 404 404 404 404 404 200 404 200 404 200 200", ({ ticket: { _id } }) => `presence-ticket-${_id}`),
  channel("ticketPresence", "engineering", "404 404 404 404 404 200 404 200 404 404 200 200 200", ({ ticket: { _id } }) => `presence-ticket-${_id}`),
  channel("person", "owned",           "401 401 401 200 403 403 403 403 403 403 403 403 403", ({ persons }) => `private-user-${persons.customer.id}`),
  channel("queue", "owned",            "401 401 401 403 403 403 403 403 403 200 403 200 200", ({ queue }) => `private-queue-${queue._id}`),
  channel("desk", "owned",             "401 401 401 403 403 403 403 403 403 403 403 200 200", () => "private-desk"),
  channel("(any other)", "owned",      "404 404 404 404 404 404 404 404 404 404 404 404 404", ({ ticket: { _id } }) => `presence-ticket-${_id}-staff`),
];

/** Doors whose answer does not depend on who asks; each has a status test of its own under tests/api. */
export const apart: Readonly<Record<string, string>> = {
  "GET /files/[token]": "the signed link is the right to it, and no cookie is read",
  "HEAD /files/[token]": "as GET",
  "GET /api/mail-off/[token]": "changes nothing, and leads to the page",
  "POST /api/mail-off/[token]": "the signed link is the right to it, and no cookie is read",
  "GET /api/health": "looks at nobody, so that it answers without a database",
  "GET /api/auth/[...nextauth]": "the sign-in library's own door",
  "POST /api/auth/[...nextauth]": "the sign-in library's own door",
  "GET /api/inngest": "signed by the jobs service",
  "POST /api/inngest": "signed by the jobs service",
  "PUT /api/inngest": "signed by the jobs service",
  "POST /api/webhooks/mail": "signed by the mail service",
};
