import { createHash, createHmac } from "node:crypto";
import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { tokenFor } from "@/lib/auth/account";
import { tokens } from "@/lib/auth/repo";
import { hashOf, isGood, issue, issuePair, readAccessToken, spend, spendRefresh } from "@/lib/auth/tokens";
import { day, minute, setClock } from "@/lib/clock";
import { a, an, useDesk } from "../support/desk";
import { as } from "../support/doors";
import { keptAnswers } from "./kept";

useDesk();

const later = (ms: number) => setClock(new Date(Date.now() + ms));

describe("access tokens", () => {
  test("that were proved a moment ago are refused once they are over", async () => {
    const customer = await a.customer();
    expect((await as(customer).get("/api/v1/me")).status).toBe(200);
    later(14 * minute);
    expect((await as(customer).get("/api/v1/me")).status).toBe(200);
    later(15 * minute + 1000);
    expect((await as(customer).get("/api/v1/me")).status).toBe(401);
  });

  test("name the person and their epoch for 15 minutes", async () => {
    const { person } = await a.customer();
    const pair = await issuePair(person);
    expect(pair.expiresIn).toBe(900);
    expect(await readAccessToken(pair.accessToken)).toEqual({ personId: person._id, epoch: 1, until: expect.any(Number) });
    later(14 * minute);
    expect(await readAccessToken(pair.accessToken)).not.toBeNull();
    later(15 * minute + 1000);
    expect(await readAccessToken(pair.accessToken)).toBeNull();
  });

  const key = () => createHmac("sha256", process.env.AUTH_SECRET ?? "").update("api access token").digest();
  const made = (change: (jwt: SignJWT) => SignJWT, secret: Uint8Array = key()) =>
    change(new SignJWT({ epoch: 1 }).setProtectedHeader({ alg: "HS256" }).setSubject("person-0001").setAudience("api").setExpirationTime("5m")).sign(secret);

  test("with another audience, key, algorithm, or without their facts are nobody's", async () => {
    expect(await readAccessToken(await made((jwt) => jwt))).toEqual({ personId: "person-0001", epoch: 1, until: expect.any(Number) });
    expect(await readAccessToken(await made((jwt) => jwt.setAudience("session")))).toBeNull();
    expect(await readAccessToken(await made((jwt) => jwt, Buffer.from(process.env.AUTH_SECRET ?? "")))).toBeNull();
    expect(await readAccessToken(await new SignJWT({ epoch: 1 }).setProtectedHeader({ alg: "HS512" }).setSubject("person-0001").setAudience("api").setExpirationTime("5m").sign(Buffer.concat([key(), key()])))).toBeNull();
    expect(await readAccessToken(await new SignJWT({}).setProtectedHeader({ alg: "HS256" }).setSubject("person-0001").setAudience("api").setExpirationTime("5m").sign(key()))).toBeNull();
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"sub":"person-0001","epoch":1,"aud":"api","exp":9999999999}').toString("base64url")}.`;
    expect(await readAccessToken(none)).toBeNull();
  });
});

describe("refresh tokens", () => {
  test("rotate: each works once, and the next one works", async () => {
    const { person } = await a.customer();
    const first = await issuePair(person);
    const second = await tokenFor({ refreshToken: first.refreshToken });
    expect(second).toMatchObject({ user: { id: person._id, role: "customer" }, expiresIn: 900 });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect((await tokenFor({ refreshToken: second.refreshToken })).accessToken).toBeTruthy();
  });

  test("used twice revoke their whole family, and no other", async () => {
    const { person } = await a.customer();
    const [stolen, elsewhere] = [await issuePair(person), await issuePair(person)];
    const next = await tokenFor({ refreshToken: stolen.refreshToken });
    await expect(tokenFor({ refreshToken: stolen.refreshToken })).rejects.toMatchObject({ kind: "unauthenticated" });
    await expect(tokenFor({ refreshToken: next.refreshToken })).rejects.toMatchObject({ kind: "unauthenticated" });
    expect((await tokenFor({ refreshToken: elsewhere.refreshToken })).accessToken).toBeTruthy();
  });

  test("used by two at once are given to one", async () => {
    const { person } = await a.customer();
    const { refreshToken } = await issuePair(person);
    const both = await Promise.allSettled([spendRefresh(refreshToken), spendRefresh(refreshToken)]);
    expect(both.filter((each) => each.status === "fulfilled")).toHaveLength(1);
  });

  test("end after 30 days, and with the person's sessions", async () => {
    const { person } = await a.customer();
    const { refreshToken } = await issuePair(person);
    later(31 * day);
    await expect(tokenFor({ refreshToken })).rejects.toMatchObject({ kind: "unauthenticated" });
    setClock(null);
    const outdated = await issuePair({ ...person, sessionEpoch: 0 });
    await expect(tokenFor({ refreshToken: outdated.refreshToken })).rejects.toMatchObject({ kind: "unauthenticated" });
  });
});

describe("one-time tokens", () => {
  test("work once, of their kind only, and not beyond their life; only a hash is kept", async () => {
    const { person } = await a.customer();
    const token = await issue("reset", person);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await tokens().findOne({ _id: token })).toBeNull();
    expect(await tokens().findOne({ _id: hashOf(token) })).toMatchObject({ kind: "reset", usedAt: null });
    expect([await isGood("reset", token), await isGood("link", token), await isGood("invitation", token)]).toEqual([true, false, false]);
    await expect(spend("link", token)).rejects.toMatchObject({ kind: "invalid" });
    later(61 * minute);
    await expect(spend("reset", token)).rejects.toMatchObject({ kind: "invalid" });
    setClock(null);
    await spend("reset", token);
    await expect(spend("reset", token)).rejects.toMatchObject({ kind: "invalid" });
  });
});

describe("with an Idempotency-Key", () => {
  test("no access or refresh token is left in the database", async () => {
    const { person } = await a.customer();
    const { refreshToken } = await issuePair(person);
    const answer = await as(null, { "idempotency-key": "once-0001" }).post("/api/v1/auth/token", { refreshToken });
    expect(answer.status).toBe(200);
    expect(await keptAnswers()).toBe("[]");
  });

  test("a password in the input can't be tried against what is kept of it", async () => {
    const input = { email: "new@desk.example", name: "New", role: "agent", password: "a long enough password" };
    expect((await as(await an.admin(), { "idempotency-key": "once-0002" }).post("/api/v1/users", input)).status).toBe(201);
    const kept = await keptAnswers();
    expect(kept).toContain("new@desk.example");
    expect(kept).not.toContain(createHash("sha256").update(JSON.stringify(input)).digest("base64url"));
  });
});
