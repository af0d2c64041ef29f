import { readdirSync } from "node:fs";
import type { ComponentType } from "react";
import { describe, expect, test } from "vitest";
import { drawn } from "@/lib/notifications/drawn";
import * as invitation from "../../emails/invitation.tsx";
import * as receipt from "../../emails/receipt.tsx";
import * as reply from "../../emails/reply.tsx";

type Letter<Props extends object> = { default: ComponentType<Props>; subject: (props: Props) => string; PreviewProps: Props };

const written = <Props extends object>(letter: Letter<Props>, changes: Partial<Props> = {}) => drawn(letter, { ...letter.PreviewProps, ...changes });

const folder = new URL("../../emails/", import.meta.url);
/** Every letter there is, by its file: a new one is tested with the others. */
const letters = await Promise.all(readdirSync(folder).filter((file) => file.endsWith(".tsx")).map(async (file) => [file, (await import(new URL(file, folder).pathname)) as Letter<Record<string, unknown>>] as const));

const hostile = '<img src=x onerror="alert(1)"></td><b>Eve</b>\r\nBcc: everybody@example.org & “more”';
/** Whatever people could have typed, typed by somebody who means no good. Addresses of ours stay. */
const spoilt = (value: unknown): unknown => {
  if (typeof value === "string") return value.startsWith("https://") ? value : hostile;
  if (Array.isArray(value)) return value.map(spoilt);
  return value !== null && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, of]) => [name, spoilt(of)])) : value;
};
const bare = (value: unknown): unknown => (Array.isArray(value) ? [] : value !== null && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, of]) => [name, bare(of)])) : value);

test("there are letters", () => {
  expect(letters.length).toBeGreaterThan(18);
});

describe.each(letters)("the letter %s", (_file, letter) => {
  test("says who writes, in both versions, and asks for one thing", async () => {
    const { subject, html, text } = await written(letter);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(subject.length).toBeLessThan(160);
    for (const version of [html, text]) expect(version).toContain("Lumen Support");
    expect(html.match(/class="button"/g)).toHaveLength(1);
    expect(text).toMatch(/https:\/\/desk\.example\//);
    expect(text).not.toMatch(/<[a-z]/);
  });

  test("is readable in a dark mail program and loads nothing from elsewhere", async () => {
    const { html } = await written(letter);
    expect(html).toContain('content="light dark"');
    expect(html).toContain("prefers-color-scheme: dark");
    expect(html).not.toMatch(/<img|@import|url\(|<script/);
  });

  test("has whole addresses only, and no hole where something is not there", async () => {
    for (const props of [{}, bare(letter.PreviewProps) as object]) {
      const { subject, html, text } = await written(letter, props);
      expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href).filter((href) => !/^https:\/\/desk\.example\//.test(href ?? ""))).toEqual([]);
      for (const version of [subject, html, text]) expect(version).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  test("takes what people typed for text, never for markup or a line of the mail's head", async () => {
    const { subject, html } = await written(letter, spoilt(letter.PreviewProps) as object);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toMatch(/<img|<b>Eve/);
    expect(html).toContain("&lt;img");
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
  expect(subject).toBe("The invoice for March lists two seats too many [#1042]");
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
  expect(subject).toMatch(/word… \[#1042\]$/);
});
