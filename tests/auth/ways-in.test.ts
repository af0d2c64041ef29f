import { browser } from "./browser"; // first: the actions take next/headers from it
import { beforeEach, describe, expect, test } from "vitest";
import * as actions from "@/lib/auth/actions";
import { setupOpen, setupToken } from "@/lib/auth/account";
import { people, personByEmail, settings } from "@/lib/auth/repo";
import { hashOf, issue } from "@/lib/auth/tokens";
import { minute, setClock } from "@/lib/clock";
import { events } from "@/lib/events";
import { newId } from "@/lib/ids";
import { somebody, useDesk } from "../support/desk";
import { as } from "../support/doors";

useDesk();

const password = "a long enough password";
let email: string;
beforeEach(() => {
  email = `p-${newId().toLowerCase()}@shop.example`;
});
const meOf = async (page: ReturnType<typeof browser>) => (await as(null, { cookie: page.cookieHeader() }).get("/api/v1/me")).body;
const told = (outcome: unknown) => JSON.parse(JSON.stringify(outcome).replaceAll(/p-[0-9a-z]+@shop\.example/g, "(address)")) as unknown;

describe("no answer tells whether an address is known", () => {
  /** The same form for an address that nobody has, and for each kind of person who has it. */
  const kinds = { customer: { roles: ["customer"] }, agent: { roles: ["agent"] }, unproved: { roles: ["customer"], verifiedAt: null }, deactivated: { roles: ["agent"], deactivated: { at: new Date(), by: "admin-0001" } }, "without password": { roles: ["customer"], password: undefined } } as const;
  const forms = {
    "a wrong password": [actions.signInAction, () => ({ email, password: "not the password" })],
    "a link": [actions.sendLinkAction, () => ({ email })],
    "a new password": [actions.forgotPasswordAction, () => ({ email })],
    "signing up": [actions.signUpAction, () => ({ email, password: "yet another password", name: "Somebody" })],
  } as const;

  test.each(Object.keys(forms) as (keyof typeof forms)[])("asked for %s", async (form) => {
    const [action, fields] = forms[form];
    const submit = () => browser(newId()).submit(action as typeof actions.sendLinkAction, fields());
    const unknown = told(await submit());
    for (const [kind, of] of Object.entries(kinds)) {
      email = `p-${newId().toLowerCase()}@shop.example`;
      const { roles, ...more } = of;
      await somebody([...roles], { email, password, ...more });
      expect([kind, told(await submit())]).toEqual([kind, unknown]);
    }
  });

  test("nor does the API's sign-in", async () => {
    const ask = async (address: string) => {
      const { status, body } = await as(null).post("/api/v1/auth/token", { email: address, password: "not the password" });
      return [status, body];
    };
    const unknown = await ask("unknown@shop.example");
    for (const of of Object.values(kinds)) {
      const { roles, ...more } = of;
      const { person } = await somebody([...roles], { password, ...more });
      expect(await ask(person.email)).toEqual(unknown);
    }
  });

  test("nor the limit: it comes after as many tries for both", async () => {
    await somebody(["customer"], { email, password });
    for (const address of [email, "unknown@shop.example"]) {
      const page = () => browser(newId()).submit(actions.signInAction, { email: address, password: "not the password" });
      for (let each = 0; each < 10; each += 1) expect(await page()).toMatchObject({ problem: { status: 401 } });
      expect(await page()).toMatchObject({ problem: { status: 429 } });
    }
  });
});

describe("signing in by password", () => {
  test("works whatever the case of the address, and not with another's password", async () => {
    const { person } = await somebody(["customer"], { email, password });
    const page = browser();
    expect(await page.submit(actions.signInAction, { email: ` ${email.toUpperCase()} `, password })).toEqual({ ok: true, value: null });
    expect(await meOf(page)).toMatchObject({ id: person._id });
    expect(await browser().submit(actions.signInAction, { email, password: `${password} ` })).toMatchObject({ ok: false, problem: { status: 401 } });
  });

  test("is refused with the right one before the address is proved, and after deactivation", async () => {
    await somebody(["customer"], { email, password, verifiedAt: null });
    const { person: left } = await somebody(["agent"], { password, deactivated: { at: new Date(), by: "admin-0001" } });
    for (const address of [email, left.email]) expect(await browser().submit(actions.signInAction, { email: address, password })).toMatchObject({ ok: false, problem: { status: 401 } });
  });

  test("ten tries a quarter of an hour for one address, from wherever they come, the right one included; then it works again", async () => {
    await somebody(["customer"], { email, password });
    const ask = (with_: string) => browser(newId()).submit(actions.signInAction, { email, password: with_ });
    for (let each = 0; each < 10; each += 1) await ask("not the password");
    expect(await ask(password)).toMatchObject({ ok: false, problem: { status: 429 } });
    expect((await as(null).post("/api/v1/auth/token", { email, password })).status).toBe(429);
    setClock(new Date(Date.now() + 16 * minute));
    expect((await as(null).post("/api/v1/auth/token", { email, password })).status).toBe(200);
  });

  test("makes staff available, customers not", async () => {
    const away = { state: "away", since: new Date(0), seenAt: new Date(0) } as const;
    const [agent, customer] = [await somebody(["agent"], { password, availability: away }), await somebody(["customer"], { password, availability: away })];
    for (const each of [agent, customer]) await browser().submit(actions.signInAction, { email: each.email, password });
    expect((await people().findOne({ _id: agent.id }))?.availability.state).toBe("online");
    expect((await people().findOne({ _id: customer.id }))?.availability.state).toBe("away");
  });
});

describe("signing in by a link", () => {
  test("works once, signs in and proves the address", async () => {
    const { person } = await somebody(["customer"], { email, verifiedAt: null });
    const token = await issue("link", person);
    const page = browser();
    expect(await page.submit(actions.useLinkAction, { token })).toEqual({ ok: true, value: null });
    expect(await meOf(page)).toMatchObject({ id: person._id });
    expect((await personByEmail(email))?.verifiedAt).not.toBeNull();
    expect(await browser().submit(actions.useLinkAction, { token })).toMatchObject({ ok: false, problem: { status: 400 } });
  });

  test("ends after a quarter of an hour, and with the person's sessions", async () => {
    const { person } = await somebody(["customer"], { email });
    const [late, outdated] = [await issue("link", person), await issue("link", { ...person, sessionEpoch: 0 })];
    expect(await browser().submit(actions.useLinkAction, { token: outdated })).toMatchObject({ ok: false, problem: { status: 400 } });
    setClock(new Date(Date.now() + 16 * minute));
    expect(await browser().submit(actions.useLinkAction, { token: late })).toMatchObject({ ok: false, problem: { status: 400 } });
  });

  test("a token of another kind, or a guess, is refused", async () => {
    const { person } = await somebody(["customer"], { email });
    for (const token of [await issue("reset", person), await issue("refresh", person), hashOf("a guess"), "x".repeat(43)]) {
      expect(await browser().submit(actions.useLinkAction, { token })).toMatchObject({ ok: false, problem: { status: 400 } });
    }
  });
});

test("a new password ends every session, and the old password works no more", async () => {
  const { person, bearer } = await somebody(["customer"], { email, password });
  expect(await browser().submit(actions.resetPasswordAction, { token: await issue("reset", person), password: "the new password" })).toEqual({ ok: true, value: null });
  expect((await as({ bearer }).get("/api/v1/me")).status).toBe(401);
  expect(await browser().submit(actions.signInAction, { email, password })).toMatchObject({ ok: false });
  expect(await browser().submit(actions.signInAction, { email, password: "the new password" })).toEqual({ ok: true, value: null });
});

test("a short password is refused by every form that sets one, and the token stays good", async () => {
  const { person } = await somebody(["agent"], { email, verifiedAt: null });
  const [reset, invitation] = [await issue("reset", person), await issue("invitation", person)];
  const short = { password: "too short" };
  for (const [action, fields] of [[actions.resetPasswordAction, { token: reset }], [actions.acceptInvitationAction, { token: invitation, name: "N" }], [actions.signUpAction, { email, name: "N" }]] as const) {
    expect(await browser().submit(action as typeof actions.resetPasswordAction, { ...fields, ...short })).toMatchObject({ ok: false, problem: { status: 400, errors: [{ path: "password" }] } });
  }
  expect(await browser().submit(actions.acceptInvitationAction, { token: invitation, name: "Ann", password })).toEqual({ ok: true, value: null });
});

test("an invitation gives name and password, proves the address, signs in, and works once", async () => {
  const { person } = await somebody(["agent"], { email, verifiedAt: null, name: "Invited" });
  const token = await issue("invitation", person);
  const page = browser();
  expect(await page.submit(actions.acceptInvitationAction, { token, name: "Ann Agent", password })).toEqual({ ok: true, value: null });
  expect(await meOf(page)).toMatchObject({ name: "Ann Agent", role: "agent" });
  expect(await browser().submit(actions.acceptInvitationAction, { token, name: "Eve", password })).toMatchObject({ ok: false, problem: { status: 400 } });
  expect((await events().find({ "subject.id": person._id }).toArray()).map(({ type }) => type)).toContain("person/invitation-accepted");
});

test("one click signs in on a demo desk only", async () => {
  await somebody(["admin"], { email });
  expect(await browser().submit(actions.demoSignInAction, { email })).toMatchObject({ ok: false, problem: { status: 403 } });
});

describe("the first admin", () => {
  test("is made once, by the link that the start prints, and is manager too", async () => {
    await people().deleteMany({});
    await settings().deleteMany({});
    const [token, other] = [await setupToken(), await setupToken()];
    expect([await setupOpen(token), await setupOpen("x".repeat(43))]).toEqual([true, false]);
    const fields = { token, deskName: "Acme", name: "Ada", email, password };
    expect(await browser().submit(actions.setupAction, { ...fields, token: "x".repeat(43) })).toMatchObject({ ok: false, problem: { status: 400 } });
    expect(await people().countDocuments({})).toBe(0);
    const page = browser();
    expect(await page.submit(actions.setupAction, fields)).toEqual({ ok: true, value: null });
    expect(await meOf(page)).toMatchObject({ name: "Ada", roles: ["manager", "admin"] });
    expect((await settings().findOne({ _id: "desk" }))?.name).toBe("Acme");
    expect([await setupOpen(token), await setupOpen(other)]).toEqual([false, false]);
    expect(await browser().submit(actions.setupAction, fields)).toMatchObject({ ok: false });
    expect(await browser().submit(actions.setupAction, { ...fields, token: other, email: "second@shop.example" })).toMatchObject({ ok: false, problem: { status: 409 } });
    expect(await people().countDocuments({})).toBe(1);
  });
});
