import { beforeEach, describe, expect, test } from "vitest";
import { acceptInvitation, requestLink, requestReset, resetPassword, signInByLink, signInByPassword, signUp } from "@/lib/auth/account";
import { letterTo } from "@/lib/auth/letters";
import { inviteAgain } from "@/lib/auth/people";
import { people, personByEmail } from "@/lib/auth/repo";
import { issue } from "@/lib/auth/tokens";
import { newId } from "@/lib/ids";
import { openTicket } from "@/lib/tickets/service";
import { an, somebody, useDesk } from "../support/desk";

useDesk();

const theirs = "chosen by a stranger";
const mine = "chosen by the owner";
let email: string;
beforeEach(() => {
  email = `victim-${newId().toLowerCase()}@shop.example`;
});

const person = async () => (await personByEmail(email)) ?? Promise.reject(new Error("nobody"));
const mailed = async (kind: "link" | "follow" | "reset" | "invitation") => (await letterTo((await person())._id))?.token(kind) ?? "";
const signUpAsStranger = () => signUp({ name: "Stranger", email, password: theirs });
const strangerGetsIn = () => signInByPassword(email, theirs).then(() => true, () => false);

describe("a stranger who signs up with somebody's address before them", () => {
  test("gets in by no password once the owner follows the link of their own request", async () => {
    await signUpAsStranger();
    await openTicket({ kind: "visitor", id: "the-owners-browser" }, { subject: "Help", body: "me", requester: { email, name: "Owner" } }, { once: null });
    await signInByLink(await mailed("follow"));
    expect((await person()).verifiedAt).not.toBeNull();
    expect(await strangerGetsIn()).toBe(false);
  });

  test("gets in by no password once the owner asked for a link, whether before or after", async () => {
    await openTicket({ kind: "visitor", id: "the-owners-browser" }, { subject: "Help", body: "me", requester: { email, name: "Owner" } }, { once: null });
    await requestLink(email);
    const asked = await mailed("link");
    await signUpAsStranger();
    await signInByLink(asked).catch(() => null);
    expect(await strangerGetsIn()).toBe(false);
    await requestLink(email);
    await signInByLink(await mailed("link"));
    expect((await person()).verifiedAt).not.toBeNull();
    expect(await strangerGetsIn()).toBe(false);
  });

  test("does not keep the owner from signing up, and the owner's own link keeps the owner's password", async () => {
    await signUpAsStranger();
    await requestLink(email);
    await signUp({ name: "Owner", email, password: mine });
    await signInByLink(await mailed("link"));
    expect(await strangerGetsIn()).toBe(false);
    expect((await signInByPassword(email, mine)).email).toBe(email);
  });
});

test("signing up and following that link is all it takes", async () => {
  await signUp({ name: "Owner", email, password: mine });
  await expect(signInByPassword(email, mine)).rejects.toMatchObject({ kind: "unauthenticated" });
  await signInByLink(await mailed("link"));
  expect((await signInByPassword(email, mine)).email).toBe(email);
});

test("of several mails for a new password one works, and none after the sessions were ended", async () => {
  await somebody(["customer"], { email, password: mine });
  await requestReset(email);
  const [first, second] = [await mailed("reset"), await mailed("reset")];
  await resetPassword({ token: second, password: "another long password" });
  await expect(resetPassword({ token: first, password: theirs })).rejects.toMatchObject({ kind: "invalid" });
  expect(await strangerGetsIn()).toBe(false);
});

test("of several invitations one is accepted: an old one sets no password of a person who is in", async () => {
  const admin = await an.admin();
  await somebody(["agent"], { email, verifiedAt: null });
  const first = await mailed("invitation");
  await inviteAgain(admin, { id: (await person())._id });
  await acceptInvitation({ token: await mailed("invitation"), password: mine });
  await expect(acceptInvitation({ token: first, password: theirs })).rejects.toMatchObject({ kind: "invalid" });
  expect(await strangerGetsIn()).toBe(false);
  expect((await signInByPassword(email, mine)).email).toBe(email);
});

test("a link, a reset and an invitation of somebody who was deactivated open nothing", async () => {
  const { person: left } = await somebody(["agent"], { email, deactivated: { at: new Date(), by: "admin-0001" } });
  for (const [kind, use] of [["link", (token: string) => signInByLink(token)], ["reset", (token: string) => resetPassword({ token, password: theirs })], ["invitation", (token: string) => acceptInvitation({ token, password: theirs })]] as const) {
    await expect(use(await issue(kind, left))).rejects.toMatchObject({ kind: "invalid" });
  }
  expect(await people().findOne({ _id: left._id })).toMatchObject({ passwordHash: null, sessionEpoch: 1 });
});
