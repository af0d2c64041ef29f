import { request } from "node:http";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPostbox } from "./postbox.ts";

let box: Awaited<ReturnType<typeof openPostbox>>;
let id = "";
const nasty = `<script>alert(1)</script>"'&`;
beforeAll(async () => {
  box = await openPostbox();
  const send = (to: string, subject: string, html: string) => box.resend.emails.send({ from: "Bücher <desk@desk.test>", to, subject, html, text: "Plain words", attachments: [{ filename: `a${nasty}.txt`, content: Buffer.from("seven") }] });
  id = (await send("Ana <ana@example.org>", `Über ${nasty} 100% of it`, `<a href="http://127.0.0.1:3000/link?token=1">Sign in</a><script>alert(2)</script>`)).data?.id ?? "";
  await send("bo@example.org", "Second", "<p>x</p>");
});
afterAll(() => box.close());

const text = async (path: string) => (await fetch(box.at(path))).text();

describe("the mail box in the browser", () => {
  it("finds mail by recipient or subject", async () => {
    expect(await text("/")).toMatch(/Second[\s\S]*Über/);
    expect(await text("/?q=ANA%40example")).not.toContain("Second");
    expect(await text("/?q=100%25+of")).toContain("Über");
    expect(await text("/?q=1%25of")).toContain("No mail with");
    expect(await text("/?q=seco")).not.toContain("Über");
    expect(await text("/?box=received")).toContain("No mail has come in");
  });

  it("shows a mail without running anything of it", async () => {
    const page = await fetch(box.at(`/mail/${id}`));
    const shown = await page.text();
    expect(shown).not.toContain("<script");
    expect(shown).toContain("&lt;script&gt;");
    expect(shown).toMatch(/<iframe[^>]* sandbox="allow-popups allow-popups-to-escape-sandbox">/);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const framed = await fetch(box.at(`/mail/${id}/html`));
    expect(framed.headers.get("content-security-policy")).toMatch(/^sandbox allow-popups[^;]*; default-src 'none'/);
    expect(await framed.text()).toMatch(/^<base target="_blank"><a href/);
  });

  it("writes a source that is a mail again", async () => {
    const source = await text(`/mail/${id}/source`);
    const parsed = await PostalMime.parse(source);
    expect(parsed).toMatchObject({ subject: `Über ${nasty} 100% of it`, from: { name: "Bücher", address: "desk@desk.test" }, to: [{ address: "ana@example.org" }] });
    expect(parsed.text?.trim()).toBe("Plain words");
    expect(parsed.attachments).toMatchObject([{ filename: `a${nasty}.txt` }]);
    const { status } = await box.post(source);
    expect(status).toBe(201);
  });

  it("is closed to pages from elsewhere and to other names of this machine", async () => {
    const ask = (headers: Record<string, string>, method = "GET") =>
      new Promise<number | undefined>((done, fail) => {
        request(box.at("/_local/outbox"), { headers, method }, (response) => {
          response.resume();
          done(response.statusCode);
        }).on("error", fail).end();
      });
    expect(await ask({ host: "rebound.example.org" })).toBe(403);
    expect(await ask({ origin: "https://example.org" })).toBe(403);
    expect(await ask({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await ask({ origin: "http://localhost:3000" })).toBe(200);
    expect(await ask({}, "DELETE")).toBe(405);
  });

  it("says what is not there", async () => {
    expect((await fetch(box.at("/mail/none"))).status).toBe(404);
    expect((await fetch(box.at(`/mail/${id}/attachments/none`))).status).toBe(404);
    expect((await fetch(box.at("/nothing"))).status).toBe(404);
  });
});
