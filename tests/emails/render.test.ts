import { createElement, type ComponentType } from "react";
import { render } from "react-email";
import { describe, expect, test } from "vitest";
import * as alreadyRegistered from "../../emails/already-registered.tsx";
import * as invitation from "../../emails/invitation.tsx";
import * as passwordReset from "../../emails/password-reset.tsx";
import * as receipt from "../../emails/receipt.tsx";
import * as reply from "../../emails/reply.tsx";
import * as signInLink from "../../emails/sign-in-link.tsx";

type Letter<Props> = { default: ComponentType<Props & object>; subject: (props: Props) => string; PreviewProps: Props };

async function written<Props extends object>(letter: Letter<Props>, changes: Partial<Props> = {}) {
  const props = { ...letter.PreviewProps, ...changes };
  const element = createElement(letter.default, props);
  const html = await render(element);
  return { subject: letter.subject(props), html, text: await render(element, { plainText: true }) };
}

const letters = {
  "already-registered": () => written(alreadyRegistered),
  invitation: () => written(invitation),
  "password-reset": () => written(passwordReset),
  receipt: () => written(receipt),
  reply: () => written(reply),
  "sign-in-link": () => written(signInLink),
};

describe.each(Object.entries(letters))("the letter %s", (_name, letter) => {
  test("says who writes, in both versions, and asks for one thing", async () => {
    const { subject, html, text } = await letter();
    expect(subject).not.toMatch(/[\r\n]/);
    expect(subject.length).toBeLessThan(160);
    for (const version of [html, text]) expect(version).toContain("Lumen Support");
    expect(html.match(/class="button"/g)).toHaveLength(1);
    expect(text).toMatch(/https:\/\/desk\.example\//);
    expect(text).not.toMatch(/<[a-z]/);
  });

  test("is readable in a dark mail program and loads nothing from elsewhere", async () => {
    const { html } = await letter();
    expect(html).toContain('content="light dark"');
    expect(html).toContain("prefers-color-scheme: dark");
    expect(html).not.toMatch(/<img|@import|url\(|<script/);
  });
});

test("a receipt to an unconfirmed address carries receipt and confirmation together", async () => {
  const { text, subject } = await written(receipt);
  expect(subject).toBe("We have your request #1042");
  expect(text).toContain("#1042");
  expect(text).toContain(receipt.PreviewProps.confirmUrl);
  expect(text).toContain(receipt.PreviewProps.followUrl);
});

test("a receipt to an unconfirmed address says no word that the sender chose", async () => {
  const { subject, html, text } = await written(receipt, { name: "Buy gold now", subject: "at http://spam.example" });
  expect([subject, html, text].join("\n")).not.toMatch(/gold|spam/);
});

test("a receipt to a confirmed address asks for no confirmation, and says what it is about", async () => {
  const { subject, text } = await written(receipt, { confirmUrl: null });
  expect(subject).toBe("We have your request #1042: The invoice for March lists two seats too many");
  expect(text).not.toMatch(/confirm/i);
  expect(text).toContain(receipt.PreviewProps.followUrl);
});

test("a reply keeps the writer's paragraphs and line breaks in the text version", async () => {
  const { text } = await written(reply, { body: "First.\n\nSecond line one.\r\nSecond line two." });
  expect(text).toMatch(/First\.\n\nSecond line one\.\nSecond line two\.\n/);
});

test("what people write is text, never markup", async () => {
  const { html, subject } = await written(reply, { body: '<img src=x onerror="alert(1)"> & more', author: "<b>Eve</b>", subject: "one\r\nBcc: everybody@example.org" });
  expect(html).not.toMatch(/<img|<b>Eve/);
  expect(html).toContain("&lt;img");
  expect(subject).toBe("Re: one Bcc: everybody@example.org [#1042]");
});

test("a reply that solves says how to open the request again", async () => {
  expect((await written(reply, { solved: true })).text).toMatch(/open\s+again/);
  expect((await written(reply)).text).not.toMatch(/open\s+again/);
});

test("an invitation names the roles with the right article", async () => {
  expect((await written(invitation, { role: "agent" })).text).toMatch(/as\s+an\s+agent/);
  expect((await written(invitation, { role: "manager and admin" })).text).toMatch(/as\s+a\s+manager/);
});

test("a very long subject is cut between words", async () => {
  const { subject } = await written(receipt, { confirmUrl: null, subject: "word ".repeat(40) });
  expect(subject).toMatch(/word…$/);
});
