import { createElement, type ComponentType } from "react";
import { render, toPlainText } from "react-email";
import { deskSettings, letterTo } from "../auth/service.ts";
import { env } from "../env.ts";
import type { LetterFacts } from "../tickets/service.ts";
import * as alreadyRegistered from "../../emails/already-registered.tsx";
import * as invitation from "../../emails/invitation.tsx";
import * as passwordReset from "../../emails/password-reset.tsx";
import * as receipt from "../../emails/receipt.tsx";
import * as reply from "../../emails/reply.tsx";
import * as signInLink from "../../emails/sign-in-link.tsx";
import type { LetterKind } from "./schema.ts";

export type Written = { subject: string; html: string; text: string };
export type Addressee = NonNullable<Awaited<ReturnType<typeof letterTo>>>;

const at = (path: string, query: Record<string, string> = {}) => {
  const url = new URL(path, env().APP_URL);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
};

async function written<P extends object>(letter: { default: ComponentType<P>; subject: (props: P) => string }, props: P): Promise<Written> {
  const html = await render(createElement(letter.default, props));
  return { subject: letter.subject(props), html, text: toPlainText(html) };
}

/** What a letter says beyond its kind and its addressee: the ticket it is about, or who sent the invitation. */
export type Matter = { about?: LetterFacts | null; invitedBy?: string | null };

/** Writes a letter. Null: what it was to be about is gone. Links are made here, so only for a letter that goes out. */
export async function compose(kind: LetterKind, to: Addressee, { about, invitedBy }: Matter): Promise<Written | null> {
  const desk = await deskSettings();
  const base = { deskName: desk.name, name: to.name };
  switch (kind) {
    case "receipt":
    case "reply": {
      if (!about) return null;
      const path = `/my/${about.ticketId}`;
      const ticket = { ...base, number: about.number, subject: about.subject };
      if (kind === "reply") return written(reply, { ...ticket, author: about.message.author, body: about.message.body, files: about.message.files, url: at(path) });
      return written(receipt, { ...ticket, followUrl: at(path), confirmUrl: to.verified ? null : at("/link", { token: await to.token("follow"), to: path }) });
    }
    case "link":
      return written(signInLink, { ...base, url: at("/link", { token: await to.token("link") }), minutes: 15, purpose: to.verified ? "sign-in" : "confirm" });
    case "reset":
      return written(passwordReset, { ...base, url: at("/reset", { token: await to.token("reset") }), minutes: 60 });
    case "invitation":
      return written(invitation, { ...base, invitedBy: invitedBy ?? desk.name, role: to.roles.join(" and "), url: at("/invite", { token: await to.token("invitation") }), days: 14 });
    case "already-registered":
      return written(alreadyRegistered, { ...base, signInUrl: at("/sign-in"), forgotUrl: at("/forgot") });
  }
}
