import { describe, expect, test } from "vitest";
import { answerIn } from "@/lib/notifications/answer";
import { isAutomatic } from "@/lib/notifications/automatic-mail";

const text = (body: string) => answerIn({ text: body, html: null });
const html = (body: string) => answerIn({ text: null, html: body });
const letter = "> — Please write your answer above this line —\n> Lumen Support\n> Jonas answered you";

describe("of an answer by mail is taken", () => {
  test.each([
    ["Gmail", `Yes, that works.\n\nOn Mon, 9 Mar 2026 at 09:40, Lumen Support <support@desk.example> wrote:\n\n> Jonas answered you\n>\n${letter}`],
    ["Gmail, its introduction broken in two", `Yes, that works.\r\n\r\nOn Mon, 9 Mar 2026 at 09:40, Lumen Support <support@desk.example>\r\nwrote:\r\n\r\n${letter}`],
    ["Thunderbird in German", `Yes, that works.\n\nAm 09.03.26 um 09:40 schrieb Lumen Support:\n${letter}`],
    ["Apple Mail in French", `Yes, that works.\n\nLe 9 mars 2026 à 09:40, Lumen Support <support@desk.example> a écrit :\n\n${letter}`],
    ["Outlook, which quotes without a sign", "Yes, that works.\n\nFrom: Lumen Support <support@desk.example>\nSent: Monday, 9 March 2026 09:40\nTo: Mara Feld <mara@shop.example>\nSubject: Re: Invoice [#1042]\n\n— Please write your answer above this line —\nLumen Support\nJonas answered you"],
    ["Outlook's line", "Yes, that works.\n\n________________________________\nVon: Lumen Support\nGesendet: Montag\n\nJonas answered you"],
    ["an original message", "Yes, that works.\n\n-----Original Message-----\nJonas answered you"],
    ["a line of hyphens", "Yes, that works.\n\n----------\nJonas answered you"],
    ["a signature", `Yes, that works.\n\n-- \nMara Feld\nShop GmbH\n\nOn 9 March, Lumen wrote:\n${letter}`],
    ["a telephone", `Yes, that works.\n\nSent from my iPhone\n\n> On 9 Mar 2026, at 09:40, Lumen Support <support@desk.example> wrote:\n>\n${letter}`],
    ["our line alone", "Yes, that works.\n\n— Please write your answer above this line —\nLumen Support"],
    ["words below the quote", `On Mon, 9 Mar 2026 at 09:40, Lumen Support wrote:\n${letter}\n\nYes, that works.`],
  ])("what its writer wrote: %s", (_program, body) => {
    expect(text(body)).toBe("Yes, that works.");
  });

  test("paragraphs, a question with a colon, and lists as they stand", () => {
    expect(text(`Two things:\n\n- the seats\n- the date: 3 March\n\n\n\nThank you:\n\nOn Mon, 9 Mar 2026, Lumen wrote:\n${letter}`)).toBe("Two things:\n\n- the seats\n- the date: 3 March\n\nThank you:");
    expect(text("I write from home: it is quiet.\nFrom: here to there")).toBe("I write from home: it is quiet.\nFrom: here to there");
  });

  test("what stands between quotes, without them", () => {
    expect(text("> How many seats?\n\nTwo.\n\n> Since when?\n\nMarch.")).toBe("Two.\n\nMarch.");
  });

  test("the text of a mail that is HTML alone, without what it hides and quotes", () => {
    expect(html('<html><head><title>x</title><style>p{}</style></head><body><p>Yes, that&nbsp;works.<br>Thank you</p><div class="gmail_quote">On Mon … wrote:<blockquote>Old</blockquote></div></body></html>')).toBe("Yes, that works.\nThank you");
    expect(html('<div>Yes.</div><blockquote type="cite">Jonas answered</blockquote>')).toBe("Yes.");
    expect(html("<script>alert(1)</script><p>&lt;b&gt;bold&lt;/b&gt;</p>")).toBe("<b>bold</b>");
  });

  test("nothing, where nobody wrote anything", () => {
    expect(text(`\n\nOn Mon, 9 Mar 2026 at 09:40, Lumen Support wrote:\n${letter}`)).toBe("");
    expect(text("")).toBe("");
    expect(answerIn({ text: null, html: null })).toBe("");
    expect(text("-- \nMara Feld")).toBe("");
  });

  test("in a moment, however long and deep it is", () => {
    const started = performance.now();
    expect(text("> a\nb\n".repeat(100_000)).length).toBeGreaterThan(1000);
    text("\n".repeat(900_000));
    text(`${"From: x\n".repeat(100_000)}`);
    html(`${"<div>".repeat(20_000)}deep`);
    text(`${"-".repeat(900_000)}x`);
    html("<ol><li>a".repeat(100_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe("a mail that a program wrote", () => {
  test.each<[string, Record<string, string>]>([
    ["says that it answers by itself", { "auto-submitted": "auto-replied" }],
    ["was generated", { "auto-submitted": "auto-generated; owner-email=x" }],
    ["went to many", { precedence: "bulk" }],
    ["is of a list", { precedence: "list" }],
    ["comes from somebody who is away", { "x-autoreply": "yes" }],
    ["has nobody to come back to", { "return-path": "<>" }],
    ["is a report", { "content-type": "multipart/report; report-type=delivery-status" }],
    ["comes from the mail system", { from: "Mail Delivery System <MAILER-DAEMON@mx.example>" }],
  ])("%s", (_how, headers) => {
    expect(isAutomatic(headers)).toBe(true);
  });

  test("is not one that a person wrote", () => {
    expect(isAutomatic({ from: "Mara Feld <mara@shop.example>", "auto-submitted": "no", precedence: "normal", "return-path": "<mara@shop.example>", "content-type": "multipart/alternative; boundary=x" })).toBe(false);
  });
});
