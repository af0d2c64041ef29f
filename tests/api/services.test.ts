import { createHmac } from "node:crypto";
import { createServer } from "node:net";
import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase } from "@/lib/db";
import { becomeReady } from "@/lib/ready";
import { as } from "../support/doors";
import { expectLog } from "../support/setup";

/** A port on which nobody listens. */
const deadPort = () => new Promise<number>((tell) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const address = server.address();
    server.close(() => tell(typeof address === "object" && address ? address.port : 0));
  });
});

beforeAll(async () => {
  process.env.MONGODB_URI = `mongodb://127.0.0.1:${await deadPort()}/test_gone?directConnection=true`;
  becomeReady();
});
afterAll(closeDatabase);

test("without a database: 503 with the time to come back at every door that needs it, and health says what is down", { timeout: 60_000 }, async () => {
  expectLog(/the database does not answer/);
  const key = createHmac("sha256", process.env.AUTH_SECRET ?? "").update("api access token").digest();
  const bearer = await new SignJWT({ epoch: 1 }).setProtectedHeader({ alg: "HS256" }).setSubject("person-0001").setAudience("api").setExpirationTime("5m").sign(key);
  const [person, nobody] = [as({ bearer }), as(null)];
  const [health, description, ...answers] = await Promise.all([
    nobody.get("/api/health"), nobody.get("/api/v1/openapi.json"),
    person.get("/api/v1/me"), person.get("/api/v1/tickets"), person.post("/api/v1/queues", { name: "Q", category: "q" }, { "idempotency-key": "gone-0001" }), person.post("/api/realtime/user", { socket_id: "1.1" }),
    nobody.post("/api/v1/auth/token", { email: "a@shop.example", password: "a long enough password" }), nobody.post("/api/v1/tickets", { subject: "s", body: "b", requester: { email: "a@shop.example", name: "A" } }),
  ]);
  for (const answer of answers) {
    expect([answer.status, answer.headers.get("retry-after"), answer.headers.get("content-type")]).toEqual([503, "5", "application/problem+json"]);
    expect(JSON.stringify(answer.body)).not.toMatch(/mongo|127\.0\.0\.1/i);
  }
  expect(health).toMatchObject({ status: 503, body: { status: "down", services: { database: "down", jobs: "ok", realtime: "ok", mail: "ok" } } });
  expect(description.status).toBe(200);
});
