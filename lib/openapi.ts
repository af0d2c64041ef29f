import { z } from "zod";
import * as auth from "./auth/schema.ts";
import { statusOf } from "./errors.ts";
import * as jobs from "./jobs.ts";
import * as notices from "./notifications/schema.ts";
import * as sla from "./sla/schema.ts";
import * as tickets from "./tickets/schema.ts";

type Method = "get" | "post" | "put" | "patch" | "delete";
type Operation = { method: Method; path: string; tag: string; summary: string; input: z.ZodType; status?: 200 | 201 | 204; open?: true; file?: true; answers: string };

const nothing = z.object({});

/** Every door of the REST API; a test compares this list with the files under app/api/v1. */
export const operations: readonly Operation[] = [
  { method: "post", path: "/auth/token", tag: "Sign-in", summary: "Get an access token by password or refresh token", input: auth.TokenInput, open: true, answers: "{accessToken, refreshToken, expiresIn, user}" },
  { method: "get", path: "/me", tag: "Sign-in", summary: "Who am I", input: nothing, answers: "Me" },
  { method: "put", path: "/me/availability", tag: "Sign-in", summary: "Take new tickets or not; also the heartbeat, to be repeated within 60 s", input: auth.AvailabilityInput, answers: "Me" },
  { method: "get", path: "/me/notifications", tag: "Notifications", summary: "What I was told, the newest first (staff)", input: notices.NoticesQuery, answers: "{items: Notification[], unread, nextCursor}" },
  { method: "put", path: "/me/notifications/read", tag: "Notifications", summary: "Mark as read: those named, those no newer than a moment, or all", input: notices.ReadNoticesInput, answers: "{unread}" },
  { method: "get", path: "/me/notification-settings", tag: "Notifications", summary: "How I am told by mail (staff)", input: nothing, answers: "NotificationSettings" },
  { method: "patch", path: "/me/notification-settings", tag: "Notifications", summary: "Change how I am told by mail: by kind, gathered in a digest, not in quiet hours", input: notices.NoticeSettingsInput, answers: "NotificationSettings" },
  { method: "get", path: "/tickets", tag: "Tickets", summary: "List the tickets that you may see", input: tickets.TicketQuery, answers: "{items: Ticket[], nextCursor}" },
  { method: "post", path: "/tickets", tag: "Tickets", summary: "Open a ticket: your own, on behalf of a requester (staff), or as a visitor with an address", input: tickets.OpenTicketInput, status: 201, open: true, answers: "Ticket, or {id, number, status, verification} for a visitor" },
  { method: "get", path: "/tickets/counts", tag: "Tickets", summary: "How many unsolved tickets stand in each view of the desk", input: nothing, answers: "{mine, unassigned, waiting, engineering, all, unread}" },
  { method: "get", path: "/tickets/{id}", tag: "Tickets", summary: "Read a ticket", input: tickets.TicketId, answers: "Ticket" },
  { method: "patch", path: "/tickets/{id}", tag: "Tickets", summary: "Change priority, category, tags or status", input: tickets.ChangeTicketInput, answers: "Ticket" },
  { method: "get", path: "/tickets/{id}/messages", tag: "Tickets", summary: "Read the thread, after a sequence number", input: tickets.ThreadQuery, answers: "{items: Message[], nextCursor}" },
  { method: "post", path: "/tickets/{id}/messages", tag: "Tickets", summary: "Reply, or write a private note", input: tickets.MessageInput, status: 201, answers: "Message" },
  { method: "post", path: "/attachments", tag: "Tickets", summary: "Upload one file (25 MB at most) for a message that is written within a day: name its id in attachmentIds", input: nothing, file: true, status: 201, answers: "{id, name, size, type}" },
  { method: "get", path: "/tickets/{id}/timeline", tag: "Tickets", summary: "What happened, by whom and why", input: tickets.TicketId, answers: "{items: Entry[], nextCursor}" },
  { method: "put", path: "/tickets/{id}/assignment", tag: "Tickets", summary: "Give the ticket to somebody, or claim it", input: tickets.AssignInput, answers: "Ticket" },
  { method: "delete", path: "/tickets/{id}/assignment", tag: "Tickets", summary: "Send it back to its queue", input: tickets.TicketId, answers: "Ticket" },
  { method: "post", path: "/tickets/{id}/escalation", tag: "Tickets", summary: "Move it to a level, with a reason", input: tickets.EscalateInput, answers: "Ticket" },
  { method: "put", path: "/tickets/{id}/resolution", tag: "Tickets", summary: "Resolve", input: tickets.TicketId, answers: "Ticket" },
  { method: "delete", path: "/tickets/{id}/resolution", tag: "Tickets", summary: "Reopen", input: tickets.TicketId, answers: "Ticket" },
  { method: "put", path: "/tickets/{id}/closure", tag: "Tickets", summary: "Close (managers)", input: tickets.TicketId, answers: "Ticket" },
  { method: "put", path: "/tickets/{id}/rating", tag: "Tickets", summary: "Rate how your request was solved, 1 to 5 (its customer)", input: tickets.RateInput, answers: "Ticket" },
  { method: "put", path: "/tickets/{id}/read", tag: "Tickets", summary: "Mark as read up to a sequence number", input: tickets.ReadInput, status: 204, answers: "" },
  { method: "get", path: "/tickets/{id}/clocks", tag: "Tickets", summary: "Read the service-level clocks, each explained in words (staff)", input: tickets.TicketId, answers: "{policy, calendar, clocks: Clock[]}" },
  { method: "get", path: "/tickets/{id}/schedule", tag: "Tickets", summary: "What the desk will do by itself on a ticket, and when (managers, admins)", input: tickets.TicketId, answers: "{looksAt, next: Act[]}" },
  { method: "get", path: "/tickets/{id}/letters", tag: "Tickets", summary: "Read what was sent about it by mail and Slack: to whom, why, and what became of it (staff)", input: tickets.TicketId, answers: "{items: Letter[], nextCursor}" },
  { method: "get", path: "/users", tag: "People", summary: "List people by name", input: auth.PeopleQuery, answers: "{items: Person[], nextCursor}" },
  { method: "post", path: "/users", tag: "People", summary: "Add or invite a person (admins)", input: auth.NewPersonInput, status: 201, answers: "Person" },
  { method: "get", path: "/users/{id}", tag: "People", summary: "Read a person", input: auth.PersonId, answers: "Person" },
  { method: "patch", path: "/users/{id}", tag: "People", summary: "Change name, roles, queues, capacity; deactivate (admins)", input: auth.ChangePersonInput, answers: "Person" },
  { method: "delete", path: "/users/{id}", tag: "People", summary: "Deactivate (admins)", input: auth.PersonId, answers: "Person" },
  { method: "post", path: "/users/{id}/invitation", tag: "People", summary: "Invite again (admins)", input: auth.PersonId, status: 204, answers: "" },
  { method: "get", path: "/queues", tag: "Queues and settings", summary: "List queues", input: nothing, answers: "{items: Queue[], nextCursor}" },
  { method: "post", path: "/queues", tag: "Queues and settings", summary: "Add a queue (admins)", input: auth.NewQueueInput, status: 201, answers: "Queue" },
  { method: "patch", path: "/queues/{id}", tag: "Queues and settings", summary: "Change a queue (admins)", input: auth.ChangeQueueInput, answers: "Queue" },
  { method: "delete", path: "/queues/{id}", tag: "Queues and settings", summary: "Delete a queue without unsolved tickets (admins)", input: auth.PersonId, status: 204, answers: "" },
  { method: "get", path: "/settings", tag: "Queues and settings", summary: "Read the desk's settings", input: nothing, answers: "Settings" },
  { method: "patch", path: "/settings", tag: "Queues and settings", summary: "Change the desk's settings (admins)", input: auth.SettingsInput, answers: "Settings" },
  { method: "get", path: "/calendars", tag: "Service levels", summary: "List calendars", input: nothing, answers: "{items: Calendar[], nextCursor}" },
  { method: "post", path: "/calendars", tag: "Service levels", summary: "Add a calendar (admins)", input: sla.NewCalendarInput, status: 201, answers: "Calendar" },
  { method: "patch", path: "/calendars/{id}", tag: "Service levels", summary: "Change a calendar (admins)", input: sla.ChangeCalendarInput, answers: "Calendar" },
  { method: "delete", path: "/calendars/{id}", tag: "Service levels", summary: "Delete a calendar without policies (admins)", input: sla.RuleId, status: 204, answers: "" },
  { method: "post", path: "/calendars/{id}/reading", tag: "Service levels", summary: "Read the holidays at a calendar's address again (admins)", input: sla.RuleId, answers: "Calendar" },
  { method: "post", path: "/calendars/ical", tag: "Service levels", summary: "Find the days off in an iCal file, 900 kB at most; nothing is kept (admins)", input: sla.IcalInput, answers: "{holidays, skipped}" },
  { method: "get", path: "/sla-policies", tag: "Service levels", summary: "List policies", input: nothing, answers: "{items: Policy[], nextCursor}" },
  { method: "post", path: "/sla-policies", tag: "Service levels", summary: "Add a policy (admins)", input: sla.NewPolicyInput, status: 201, answers: "Policy" },
  { method: "patch", path: "/sla-policies/{id}", tag: "Service levels", summary: "Change a policy, or make it the default (admins)", input: sla.ChangePolicyInput, answers: "Policy" },
  { method: "delete", path: "/sla-policies/{id}", tag: "Service levels", summary: "Delete a policy that is not the default (admins)", input: sla.RuleId, status: 204, answers: "" },
  { method: "post", path: "/sla-policies/preview", tag: "Service levels", summary: "When tickets opened at a moment would be due and reminded of, under stored rules or drafts (staff)", input: sla.PreviewInput, answers: "{at, timeZone, due: {priority: {firstResponse, nextResponse, resolution: {dueAt, remindAt, text} or null}}}" },
  { method: "post", path: "/sla-policies/what-if", tag: "Service levels", summary: "Try rules on the tickets of the last 90 days (admins); the answer is NDJSON: how far it is, line by line, then what came of it", input: sla.WhatIfInput, answers: "{looked, of} a line; last {since, of, looked, affected, complete, clocks: {before, after}, changed, examples}" },
  { method: "get", path: "/jobs", tag: "Jobs", summary: "Do the background jobs keep up (admins); or where else they run", input: nothing, answers: "{place: local, …numbers} or {place: elsewhere, dashboard}" },
  { method: "get", path: "/jobs/runs", tag: "Jobs", summary: "List runs, failed ones first (admins)", input: jobs.RunQuery, answers: "{items: Run[], nextCursor}" },
  { method: "get", path: "/jobs/runs/{id}", tag: "Jobs", summary: "Read a run with its steps (admins)", input: jobs.RunId, answers: "Run" },
  { method: "post", path: "/jobs/runs/{id}/cancellation", tag: "Jobs", summary: "Cancel a run that has not ended (admins)", input: jobs.RunId, answers: "Run" },
  { method: "post", path: "/jobs/runs/{id}/replays", tag: "Jobs", summary: "Run again with the same event what has ended (admins)", input: jobs.RunId, status: 201, answers: "{id, replayOf}" },
  { method: "get", path: "/jobs/events", tag: "Jobs", summary: "List events with the runs that each started (admins)", input: jobs.EventQuery, answers: "{items: Event[], nextCursor}" },
  { method: "get", path: "/jobs/functions", tag: "Jobs", summary: "List functions with their triggers and counts (admins)", input: nothing, answers: "{items: Function[], nextCursor}" },
  { method: "get", path: "/openapi.json", tag: "About", summary: "This description", input: nothing, open: true, answers: "OpenAPI 3.1" },
];

const problem = { description: "Problem details (RFC 9457)", content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } };

type JsonSchema = { properties?: Record<string, unknown>; required?: string[]; [key: string]: unknown };
const shape = (input: z.ZodType): JsonSchema => z.toJSONSchema(input, { io: "input", unrepresentable: "any", target: "openapi-3.0" }) as JsonSchema;

/** The API in OpenAPI 3.1, made from the schemas that the doors parse with. */
export function openapi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) (paths[operation.path] ??= {})[operation.method] = described(operation);
  return {
    openapi: "3.1.0",
    info: { title: "Twoway", version: "1", description: "The support desk's REST API. JSON, camelCase, times in ISO 8601 UTC. Send an Idempotency-Key with every POST." },
    servers: [{ url: "/api/v1" }],
    security: [{ bearer: [] }],
    paths,
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } }, schemas: { Problem } },
  };
}

const oneFile = { required: true, content: { "multipart/form-data": { schema: { type: "object", required: ["file"], properties: { file: { type: "string", format: "binary" } } } } } };

function described({ method, path, tag, summary, input, status = 200, open, file, answers }: Operation): Record<string, unknown> {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const { properties = {}, required = [], ...rest } = shape(input);
  const own = Object.entries(properties).filter(([name]) => !inPath.includes(name));
  const parameter = (name: string, where: "path" | "query", schema: unknown) => ({ name, in: where, required: where === "path" || required.includes(name), schema });
  const parameters = [
    ...inPath.map((name) => parameter(name, "path", properties[name])),
    ...(method === "get" ? own.map(([name, schema]) => parameter(name, "query", schema)) : []),
    ...(method === "post" ? [{ name: "Idempotency-Key", in: "header", required: false, schema: { type: "string", maxLength: 200 } }] : []),
    ...((path.startsWith("/tickets/{id}") && method !== "get") || (method === "patch" && /^\/(calendars|sla-policies)\//.test(path)) ? [{ name: "If-Match", in: "header", required: false, schema: { type: "string" } }] : []),
  ];
  const body = own.length > 0 ? { ...rest, properties: Object.fromEntries(own), required: required.filter((name) => !inPath.includes(name)) } : rest;
  return {
    tags: [tag],
    summary,
    operationId: `${method}${path.replace(/[^a-z]+(\w)/gi, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, "")}`,
    ...(open ? { security: [] } : {}),
    parameters,
    ...(file ? { requestBody: oneFile } : method === "get" || (own.length === 0 && !("anyOf" in rest)) ? {} : { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: { [status]: { description: answers || "Done, without content" }, default: problem },
  };
}

const Problem = {
  type: "object",
  required: ["type", "title", "status", "detail"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer", enum: [...Object.values(statusOf), 500] },
    detail: { type: "string" },
    errors: { type: "array", items: { type: "object", properties: { path: { type: "string" }, message: { type: "string" } } } },
  },
};
