import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IncomingWebhook } from "@slack/webhook";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { mrkdwn } from "../../../local/slack/mrkdwn.ts";
import { startSlack } from "../../../local/slack/server.ts";

const path = "/services/T00000001/B00000001/secret-secret";
let dataDir: string;
let slack: Awaited<ReturnType<typeof startSlack>>;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "twoway-slack-"));
  slack = await startSlack({ dataDir, port: 0, path });
});
afterEach(async () => {
  await slack.close();
  await rm(dataDir, { recursive: true });
});

const webhook = () => new IncomingWebhook(slack.url + path);
const post = async (to: string, body: string) => {
  const response = await fetch(slack.url + to, { method: "POST", body });
  return `${response.status} ${await response.text()}`;
};
const found = async (text = "") => (await (await fetch(`${slack.url}/_local/messages?text=${encodeURIComponent(text)}`)).json()) as { count: number; messages: { payload: { text: string } }[] };

describe("Slack's incoming webhook", () => {
  test("takes what the official SDK sends, keeps it over a restart, and finds it", async () => {
    expect(await webhook().send({ text: "Ticket 7 is due", blocks: [{ type: "section", text: { type: "mrkdwn", text: "*Ticket 7*" } }] })).toEqual({ text: "ok" });
    await webhook().send("Ticket 8 is late");
    await slack.close();
    slack = await startSlack({ dataDir, port: 0, path });
    expect((await found()).messages.map(({ payload }) => payload.text)).toEqual(["Ticket 8 is late", "Ticket 7 is due"]);
    expect((await found("ticket 7")).count).toBe(1);
    expect((await found("%")).count).toBe(0);
  });

  test.each([
    ["no JSON", path, "{", "400 invalid_payload"],
    ["a list", path, "[]", "400 invalid_payload"],
    ["nothing to say", path, "{}", "400 no_text"],
    ["blocks that are none", path, `{"blocks":[1]}`, "400 invalid_blocks"],
    ["a section above 3,000 characters", path, JSON.stringify({ blocks: [{ type: "section", text: { type: "mrkdwn", text: "x".repeat(3001) } }] }), "400 invalid_blocks"],
    ["a section without words", path, JSON.stringify({ blocks: [{ type: "section" }] }), "400 invalid_blocks"],
    ["a header above 150 characters", path, JSON.stringify({ blocks: [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }] }), "400 invalid_blocks"],
    ["eleven fields", path, JSON.stringify({ blocks: [{ type: "section", fields: Array(11).fill({ type: "mrkdwn", text: "x" }) }] }), "400 invalid_blocks"],
    ["51 blocks", path, JSON.stringify({ blocks: Array(51).fill({ type: "divider" }) }), "400 invalid_blocks"],
    ["more than a megabyte", path, JSON.stringify({ text: "x".repeat(1024 * 1024) }), "413 The request is larger than 1 MB."],
    ["a hundred and one attachments", path, JSON.stringify({ attachments: Array(101).fill({ text: "x" }) }), "400 too_many_attachments"],
    ["a wrong secret", `${path}x`, `{"text":"x"}`, "403 invalid_token"],
    ["another place", "/services/T1/B1/secret-secret", `{"text":"x"}`, "404 no_service"],
  ])("refuses %s as Slack does", async (_, to, body, answer) => {
    expect(await post(to, body)).toBe(answer);
    expect((await found()).count).toBe(0);
  });

  test("takes forms with the message in `payload`, and cuts what is too long for Slack", async () => {
    const form = (payload: string) => fetch(slack.url + path, { method: "POST", body: new URLSearchParams({ payload }) });
    expect(await (await form(JSON.stringify({ text: "Größe & <https://desk.example|more>" }))).text()).toBe("ok");
    expect((await found()).messages[0]?.payload.text).toBe("Größe & <https://desk.example|more>");
    expect((await form("{")).status).toBe(400);
    await post(path, JSON.stringify({ text: "y".repeat(41_000) }));
    expect((await found("yyy")).messages[0]?.payload.text).toHaveLength(40_000);
  });

  test("a full disk is told with 503; what was acknowledged is there, and it goes on when there is room", async () => {
    await slack.close();
    slack = await startSlack({ dataDir, port: 0, path, mostBytes: 200_000 });
    let acknowledged = 0;
    let answer = "";
    const told = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    while ((answer = await post(path, JSON.stringify({ text: "z".repeat(20_000) }))) === "200 ok") acknowledged += 1;
    expect(answer).toMatch(/^503 The disk is full; nothing was changed\./);
    expect(await post(path, JSON.stringify({ text: "z".repeat(20_000) }))).toMatch(/^503/);
    expect((await found()).count).toBe(acknowledged);
    expect(acknowledged).toBeGreaterThan(3);
    expect(told.mock.calls).toEqual([[expect.stringMatching(/^slack: The disk is full/)]]);
    told.mockRestore();
    await slack.close();
    slack = await startSlack({ dataDir, port: 0, path });
    expect(await post(path, `{"text":"again"}`)).toBe("200 ok");
    expect((await found()).count).toBe(acknowledged + 1);
  });

  test("limits to a message a second when asked to", async () => {
    await fetch(`${slack.url}/_local/limit`, { method: "POST", body: new URLSearchParams({ limited: "1" }), redirect: "manual" });
    await webhook().send("one");
    const second = await fetch(slack.url + path, { method: "POST", body: `{"text":"two"}` });
    expect([second.status, second.headers.get("retry-after")]).toEqual([429, "1"]);
    await expect(webhook().send("two")).rejects.toThrow(/429/);
    expect((await found()).count).toBe(1);
  });

  test("shows messages without running anything of them", async () => {
    const blocks = [
      { type: "header", text: { type: "plain_text", text: "Due <b>soon</b>" } },
      { type: "actions", elements: [{ type: "button", text: { type: "plain_text", text: "Open" }, url: "https://desk.example/7" }, { type: "button", text: { type: "plain_text", text: "Bad" }, url: "javascript:alert(1)" }] },
    ];
    await post(path, JSON.stringify({ blocks }));
    const page = await fetch(slack.url);
    const shown = await page.text();
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(shown).toContain("Due &lt;b&gt;soon&lt;/b&gt;");
    expect(shown).toContain(`href="https://desk.example/7"`);
    expect(shown).not.toContain("javascript:");
  });

  test("draws mrkdwn", () => {
    expect(mrkdwn("*bold* _it_ ~no~ `c` <https://a.example/?x=1|a &amp; b> 2*3*4").source).toBe('<b>bold</b> <i>it</i> <s>no</s> <code>c</code> <a href="https://a.example/?x=1" rel="noreferrer" target="_blank">a &amp; b</a> 2*3*4');
    expect(mrkdwn("*<https://a.example/|#7 late>* is due").source).toBe('<b><a href="https://a.example/" rel="noreferrer" target="_blank">#7 late</a></b> is due');
    expect(mrkdwn("<@U1> <!here> <#C1|general> `a *b*`").source).toBe("<b>@U1</b> <b>@here</b> <b>#general</b> <code>a *b*</code>");
    expect(mrkdwn("```\nx <b>\n```&gt; said\n> so").source).toBe('<code class="block">x &lt;b&gt;</code>&gt; said\n<span class="quote">so</span>');
    expect(mrkdwn("\uE0000\uE000 <javascript:alert(1)|x>").source).toBe("0 &lt;javascript:alert(1)|x&gt;");
    expect(mrkdwn("<script>").source).toBe("&lt;script&gt;");
  });
});
