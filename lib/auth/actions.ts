"use server";

import { AuthError } from "next-auth";
import { z } from "zod";
import { action } from "../door.ts";
import { AppError, type ErrorKind, statusOf } from "../errors.ts";
import { acceptInvitation, requestLink, requestReset, resetPassword, setUp, signOutEverywhere, signUp } from "./account.ts";
import { addPerson, changePerson, inviteAgain } from "./people.ts";
import { addQueue, changeQueue } from "./queues.ts";
import * as shape from "./schema.ts";
import { changeSettings, nameDesk } from "./settings.ts";
import { signIn, signOut } from "./session.ts";

/** Signs in by one of the ways of session.ts; Auth.js wraps our refusals, so they are unwrapped here. */
async function enter(way: "password" | "link" | "demo", fields: Record<string, string>): Promise<null> {
  try {
    await signIn(way, { ...fields, redirect: false });
    return null;
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    const code = "code" in error && typeof error.code === "string" && error.code in statusOf ? (error.code as ErrorKind) : "unauthenticated";
    throw new AppError(code, code === "unauthenticated" ? "Email address and password do not match." : error.message.split(" Read more")[0] ?? error.message, { cause: error });
  }
}

export const signInAction = action(shape.SignInInput, (_actor, input) => enter("password", input));
export const demoSignInAction = action(shape.EmailInput, (_actor, input) => enter("demo", input));
export const useLinkAction = action(z.object({ token: z.string().min(20).max(200) }), (_actor, input) => enter("link", input));
export const sendLinkAction = action(shape.EmailInput, (_actor, { email }) => requestLink(email).then(() => ({ email })));
export const signUpAction = action(shape.SignUpInput, (_actor, input) => signUp(input).then(() => ({ email: input.email })));
export const forgotPasswordAction = action(shape.EmailInput, (_actor, { email }) => requestReset(email).then(() => ({ email })));
export const resetPasswordAction = action(shape.NewPasswordInput, (_actor, input) => resetPassword(input).then(() => null));
export const acceptInvitationAction = action(shape.AcceptInvitationInput, async (_actor, input) => enter("password", { ...(await acceptInvitation(input)), password: input.password }));
export const setupAction = action(shape.SetupInput, async (_actor, { deskName, ...input }) => {
  const { email } = await setUp(input);
  await nameDesk(deskName);
  return enter("password", { email: email, password: input.password });
});
export const signOutAction = action(z.object({}), async () => signOut({ redirect: false }).then(() => null));
export const signOutEverywhereAction = action(z.object({}), async (actor) => {
  if (actor.kind === "person") await signOutEverywhere(actor);
  await signOut({ redirect: false });
  return null;
});
export const invitePersonAction = action(shape.NewPersonInput, addPerson);
export const inviteAgainAction = action(shape.PersonId, (actor, input) => inviteAgain(actor, input).then(() => null));
export const changePersonAction = action(shape.ChangePersonInput, changePerson);
export const createQueueAction = action(shape.NewQueueInput, addQueue);
export const changeQueueAction = action(shape.ChangeQueueInput, changeQueue);
export const changeSettingsAction = action(shape.SettingsInput, changeSettings);
