import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "@/lib/door";
import { forgetLimits } from "@/lib/limits";
import { inRequest } from "../auth/browser";
import { somebody, useDesk } from "../support/desk";
import { issue } from "@/lib/auth/tokens";
import { ratingUrl } from "@/lib/tickets/rating-links";
import { cast, columns, headersOf, sceneFor, ticketIn, setQueueVisibility, type Cast, type Scene } from "./cast";
import { cellsOf, expectedOf, stateOf } from "./run";

useDesk();

type Action = (before: null, form: FormData) => Promise<Outcome<unknown>>;
type Fields = Record<string, string | string[]>;

const lib = fileURLToPath(new URL("../../lib", import.meta.url));

/** Every server action as the files have it. */
async function actions(): Promise<Map<string, Action>> {
  const files = (await readdir(lib, { recursive: true })).filter((file) => file.endsWith("actions.ts"));
  const modules = await Promise.all(files.map(async (file) => (await import(join(lib, file))) as Record<string, Action>));
  return new Map(modules.flatMap((module) => Object.entries(module)));
}

const everyone = (cell: string) => columns.map(() => cell).join(" ");
const admins = "401 401 401 403 403 403 403 403 403 403 403 403 200";
const fresh = () => `f${Math.random().toString(36).slice(2)}@shop.example`;
const password = "a long enough password";
const linkToRate = async (scene: Scene) => {
  const { _id: ticketId, requester, resolution } = await ticketIn(scene, "resolved");
  return ratingUrl({ ticketId, requesterId: requester.id, resolvedAt: resolution?.at ?? new Date() }).split("/")[2] ?? "";
};
const stranger = () => somebody(["customer"], { password });

/*
 * Typed by hand like rows.ts. Ways in (sign-in, links, forms that ask for a mail) look at nobody: what they take
 * is a secret or an address, and a link to rate is the right to it, so every column gets the same. `changes: false` are those that write nothing when
 * they succeed, or nothing of this scene.
 */
const table: Record<string, { expected: string; changes?: false; fields: (scene: Scene) => Fields | Promise<Fields> }> = {
  //                                     nobody visitor stranger customer other owner agent watcher off on engineer manager admin
  invitePersonAction: { expected: admins, fields: () => ({ email: fresh(), name: "Ann", role: "agent" }) },
  inviteAgainAction: { expected: admins, fields: (scene) => ({ id: scene.colleague._id }) },
  changePersonAction: { expected: admins, fields: (scene) => ({ id: scene.colleague._id, name: "Renamed" }) },
  createQueueAction: { expected: admins, fields: (scene) => ({ name: `Q ${scene.ticket._id}`, category: `c ${scene.ticket.number}` }) },
  changeQueueAction: { expected: admins, fields: (scene) => ({ id: scene.spare._id, "memberIds[]": [scene.colleague._id] }) },
  changeSettingsAction: { expected: admins, fields: () => ({ name: "Mine now" }) },
  contactAction: { expected: "200 200 200 200 200 200 200 200 200 200 403 200 403", fields: () => ({ subject: "Hello", body: "World", name: "Vi", email: fresh() }) },
  rateAction: { expected: everyone("200"), fields: async (scene) => ({ token: await linkToRate(scene), score: "4" }) },
  signOutAction: { expected: everyone("200"), changes: false, fields: () => ({}) },
  signOutEverywhereAction: { expected: everyone("200"), changes: false, fields: () => ({}) },
  signInAction: { expected: everyone("200"), changes: false, fields: async () => ({ email: (await stranger()).email, password }) },
  demoSignInAction: { expected: everyone("403"), fields: (scene) => ({ email: scene.colleague.email }) },
  sendLinkAction: { expected: everyone("200"), changes: false, fields: () => ({ email: fresh() }) },
  useLinkAction: { expected: everyone("200"), changes: false, fields: async () => ({ token: await issue("link", (await stranger()).person) }) },
  signUpAction: { expected: everyone("200"), fields: () => ({ name: "New", email: fresh(), password }) },
  forgotPasswordAction: { expected: everyone("200"), changes: false, fields: () => ({ email: fresh() }) },
  resetPasswordAction: { expected: everyone("200"), fields: async () => ({ token: await issue("reset", (await stranger()).person), password: "another long password" }) },
  acceptInvitationAction: { expected: everyone("200"), fields: async (scene) => ({ token: await issue("invitation", scene.colleague), name: "Joined", password }) },
  setupAction: { expected: everyone("409"), fields: async () => ({ token: await issue("setup", null), deskName: "Taken", name: "Eve", email: fresh(), password }) },
};

let everybody: Cast;
let all: Map<string, Action>;
beforeAll(async () => {
  [everybody, all] = [await cast(), await actions()];
});

test("every server action has a row, and no row is of an action that is not there", () => {
  expect([...all.keys()].toSorted()).toEqual(Object.keys(table).toSorted());
  expect(Object.entries(table).filter(([, row]) => cellsOf(row).length !== columns.length)).toEqual([]);
});

function formOf(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) form.append(name, each);
  return form;
}

describe("every server action × role", () => {
  test.each(Object.entries(table))("%s", async (name, row) => {
    const cells: Record<string, string> = {};
    for (const column of columns) {
      forgetLimits();
      const who = name === "signOutEverywhereAction" ? await cast() : everybody; // it ends the bearer token that the next column needs
      await setQueueVisibility(column === "member on");
      const scene = await sceneFor(who, column, "owned");
      const form = formOf(await row.fields(scene));
      const before = await stateOf(scene);
      const outcome = await inRequest(headersOf(who, column), () => all.get(name)?.(null, form) ?? Promise.reject(new Error(name)));
      const changed = before !== (await stateOf(scene));
      const wrongly = !outcome.ok && changed ? "!changed" : outcome.ok && row.changes !== false && !changed ? "!unchanged" : "";
      cells[column] = `${outcome.ok ? 200 : outcome.problem.status}${wrongly}`;
    }
    expect(cells).toEqual(expectedOf(row));
  });
});
