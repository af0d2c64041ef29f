import * as alreadyRegistered from "../../emails/already-registered.tsx";
import * as invitation from "../../emails/invitation.tsx";
import * as passwordReset from "../../emails/password-reset.tsx";
import * as signInLink from "../../emails/sign-in-link.tsx";
import { deskSettings } from "../auth/service.ts";
import { drawn } from "./drawn.ts";
import { at } from "./pages.ts";
import type { Addressee } from "./row-words.ts";
import type { AccountKind, Mail } from "./schema.ts";

export { composeToRequester } from "./compose-requester.tsx";
export { composeDigest, composeToStaff } from "./compose-staff.tsx";

/** Writes a letter about an account. Its link is made here, so only for a letter that goes out. */
export async function composeAccount(kind: AccountKind, to: Addressee, invitedBy: string | null): Promise<Mail> {
  const desk = await deskSettings();
  const base = { deskName: desk.name, name: to.name };
  switch (kind) {
    case "link":
      return drawn(signInLink, { ...base, url: at("/link", { token: await to.token("link") }), minutes: 15, purpose: to.verified ? "sign-in" : "confirm" });
    case "reset":
      return drawn(passwordReset, { ...base, url: at("/reset", { token: await to.token("reset") }), minutes: 60 });
    case "invitation":
      return drawn(invitation, { ...base, invitedBy: invitedBy ?? desk.name, role: to.roles.join(" and "), url: at("/invite", { token: await to.token("invitation") }), days: 14 });
    case "already-registered":
      return drawn(alreadyRegistered, { ...base, signInUrl: at("/sign-in"), forgotUrl: at("/forgot") });
  }
}
