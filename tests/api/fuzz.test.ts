import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { issuePair } from "@/lib/auth/tokens";
import { forgetLimits } from "@/lib/limits";
import { operations } from "@/lib/openapi";
import { ChannelInput, SocketInput } from "@/lib/tickets/service";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { as, type Method } from "../support/doors";

useDesk();

type Shape = { type?: string; enum?: unknown[]; const?: unknown; anyOf?: Shape[]; items?: Shape; properties?: Record<string, Shape>; required?: string[]; maxLength?: number; minimum?: number; maximum?: number; format?: string; pattern?: string };

/** What nobody asked for: other types, operators, words that mean something to a database, a regex or a mail. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 1, "", " ", "\0", "a\0b", "\ud800", "\u202e", "$where", "__proto__", "constructor", ".*", "(", "[", "\\", "%00", "../../etc", "{{7*7}}", "<script>", "\r\nBcc: x@y.example"),
  fc.constantFrom<unknown>({ $gt: "" }, { $ne: null }, { $regex: "(" }, { toString: 1 }, [], [[]], [null], { length: 5 }, JSON.parse('{"__proto__":{"admin":true}}'), "x".repeat(60_000)),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
);

let known: string[] = [];
const ids = fc.nat(20).map((index) => known[index % Math.max(1, known.length)] ?? "abcdefghij");

function fitting(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.enum) return fc.constantFrom(...shape.enum);
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.anyOf) return fc.oneof(...shape.anyOf.map(fitting));
  switch (shape.type) {
    case "string":
      if (shape.format === "date-time") return fc.oneof(fc.date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") }).map((at) => at.toISOString()), fc.constantFrom("2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00+14:00"));
      if (shape.pattern && shape.format !== "email") return fc.oneof(ids, fc.stringMatching(new RegExp(shape.pattern)));
      return fc.oneof(ids, fc.emailAddress(), fc.string({ unit: "grapheme", maxLength: Math.min(shape.maxLength ?? 60, 60) }), fc.constantFrom("general", "me", "none", "staff", "1.1", "private-desk", "a long enough password"));
    case "integer":
    case "number":
      return fc.integer({ min: Math.max(shape.minimum ?? -5, -5), max: Math.min(shape.maximum ?? 300, 300) });
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(fitting(shape.items ?? {}), { maxLength: 4 });
    case "object":
      return fields(shape);
    default:
      return fc.constant(null);
  }
}

/** Fields of the schema, each mostly as it should be, sometimes not, sometimes missing; and some that it does not have. */
function fields(shape: Shape): fc.Arbitrary<Record<string, unknown>> {
  const properties = Object.entries(shape.properties ?? {}).map(([name, each]) => [name, fc.oneof({ weight: 15, arbitrary: fitting(each) }, { weight: 1, arbitrary: hostile })] as const);
  const whole = fc.record(Object.fromEntries(properties), { requiredKeys: (shape.required ?? []).filter((name) => name in (shape.properties ?? {})) });
  const known = fc.oneof({ weight: 6, arbitrary: whole }, { weight: 1, arbitrary: fc.record(Object.fromEntries(properties), { requiredKeys: [] }) });
  return fc.tuple(known, fc.dictionary(fc.constantFrom("$where", "extra", "_id", "roles", "visibility"), hostile, { maxKeys: 1 })).map(([some, more]) => ({ ...more, ...some }));
}

const inputOf = (input: z.ZodType): fc.Arbitrary<unknown> => {
  const shape = z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Shape;
  const whole = shape.anyOf ? fc.oneof(...shape.anyOf.map(fields)) : fields(shape);
  return fc.oneof({ weight: 12, arbitrary: whole }, { weight: 1, arbitrary: hostile });
};

const doors = [
  ...operations.map(({ method, path, input }) => ({ method: method.toUpperCase() as Method, path: `/api/v1${path}`, input })),
  { method: "POST" as const, path: "/api/realtime/auth", input: ChannelInput as z.ZodType },
  { method: "POST" as const, path: "/api/realtime/user", input: SocketInput as z.ZodType },
];

let people: (Somebody | null)[] = [];
beforeAll(async () => {
  people = [null, await a.customer(), await an.agent(), await an.engineer(), await a.manager(), await an.admin()];
  const owner = people[2];
  const [target, queue] = [await an.agent(), await a.queue()];
  const tickets = [await a.ticket({ ...(people[1] ? { requester: people[1] } : {}), assigneeId: owner?.id ?? null, queueId: queue._id }), await a.ticket({ level: "engineering" }), await a.ticket({ status: "closed" })];
  known = [...tickets.map(({ _id }) => _id), target.id, queue._id];
});

/** A path that a URL can carry: what is no text becomes text, and stays one part of it. */
const part = (value: unknown) => encodeURIComponent((typeof value === "string" ? value : JSON.stringify(value)).toWellFormed().slice(0, 500)) || "-";

describe("no input makes a fault", () => {
  test.each(doors.map((door) => [`${door.method} ${door.path}`, door] as const))("%s", async (_name, { method, path, input }) => {
    const id = fc.oneof({ weight: 4, arbitrary: ids }, { weight: 1, arbitrary: hostile });
    const more = fc.record({ "if-match": fc.oneof({ weight: 8, arbitrary: fc.constantFrom("1", '"1"', 'W/"2"', "*") }, { weight: 1, arbitrary: fc.constantFrom("x", "9".repeat(400)) }), "idempotency-key": fc.stringMatching(/^[!-~]{1,40}$/), "content-type": fc.constantFrom("application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data") }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(fc.nat(5), id, inputOf(input), more, async (who, target, given, headers) => {
        forgetLimits();
        const person = people[who] ?? null;
        const filled = path.replace("{id}", () => part(target));
        const query = method === "GET" && given !== null && typeof given === "object" ? `?${Object.entries(given).map(([name, value]) => `${part(name)}=${part(value)}`).join("&")}` : "";
        const answer = await as(person).ask(method, filled + query, method === "GET" ? undefined : given, headers);
        expect(answer.status).toBeLessThan(500);
        if (answer.status === 400) expect((answer.body as { errors?: unknown[] }).errors?.length).toBeGreaterThan(0);
        if (answer.status >= 400) expect(answer.body).toMatchObject({ type: "about:blank", title: expect.any(String), status: answer.status, detail: expect.any(String) });
      }),
      { numRuns: 16 },
    );
  });

  test("a cursor is input like any other", async () => {
    const manager = people[4] ?? null;
    const cursor = fc.oneof(fc.string({ maxLength: 80 }), fc.jsonValue({ maxDepth: 2 }).map((value) => Buffer.from(JSON.stringify(value)).toString("base64url")), fc.record({ by: fc.oneof(fc.double(), fc.string(), fc.date().map(String), fc.constant("9999-12-31T23:59:59Z")), id: fc.string(), name: fc.string() }).map((value) => Buffer.from(JSON.stringify(value)).toString("base64url")));
    await fc.assert(
      fc.asyncProperty(cursor, fc.constantFrom("/api/v1/tickets?", "/api/v1/tickets?sort=priority&", "/api/v1/tickets?q=words&", "/api/v1/users?"), async (value, path) => {
        forgetLimits();
        const { status } = await as(manager).get(`${path}cursor=${encodeURIComponent(value.toWellFormed())}`);
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 60 },
    );
  });

  test("nor does a body that is no object, or no JSON, or no text", async () => {
    const { accessToken } = await issuePair((await an.admin()).person);
    const body = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.jsonValue().map((value) => JSON.stringify(value)), fc.constantFrom("{", "[]", '"a"', "null", "\ufeff{}", '{"a":1,"a":2}', "a=b&c=%"));
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom("/api/v1/tickets", "/api/v1/users", "/api/v1/queues"), async (raw, path) => {
        forgetLimits();
        expect((await as({ bearer: accessToken }).post(path, raw)).status).toBe(400);
      }),
      { numRuns: 60 },
    );
  });
});
