import { Markup, html } from "../mail/html.ts";
import { style } from "../mail/style.ts";
import type { Message } from "./store.ts";

const Policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
export const guarded = { "content-security-policy": Policy };
const own = ".message{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.8rem 1rem;margin:.75rem 0;overflow-wrap:anywhere}.message p{margin:.35rem 0;white-space:pre-wrap}.message h2{font-size:1.05rem;margin:.35rem 0}.message hr{border:0;border-top:1px solid var(--line)}.button{display:inline-block;border:1px solid var(--line);border-radius:8px;padding:.3rem .75rem;margin:.2rem .4rem .2rem 0;text-decoration:none}";

type Thing = Readonly<Record<string, unknown>>;
const thing = (value: unknown): Thing => (typeof value === "object" && value !== null ? (value as Thing) : {});
const things = (value: unknown): Thing[] => (Array.isArray(value) ? value.map(thing) : []);
const words = (value: unknown): string => (typeof value === "string" ? value : String(thing(value)["text"] ?? ""));

/** Slack's mrkdwn, the basics: links, bold, italic, struck, code. `&`, `<`, `>` come escaped, as Slack wants them. */
export function mrkdwn(text: string): Markup {
  const plain = (part: string) => html`${readable(part)}`.source;
  const marked = (part: string) => plain(part)
    .replace(/`([^`\n]+)`/g, "<code>$1</code>")
    .replace(/(?<![\w*])\*([^*\n]+)\*(?![\w*])/g, "<b>$1</b>")
    .replace(/(?<![\w_])_([^_\n]+)_(?![\w_])/g, "<i>$1</i>")
    .replace(/(?<![\w~])~([^~\n]+)~(?![\w~])/g, "<s>$1</s>");
  const pieces = text.split(/(<https?:\/\/[^>|\s]+(?:\|[^>]*)?>)/);
  return new Markup(pieces.map((piece, index) => (index % 2 === 0 ? marked(piece) : linked(piece.slice(1, -1)))).join(""));
}

const readable = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function linked(inside: string): string {
  const [address = "", ...label] = inside.split("|");
  return html`<a href="${address}" rel="noreferrer" target="_blank">${readable(label.join("|")) || address}</a>`.source;
}

const shown = (value: unknown): Markup => (thing(value)["type"] === "plain_text" ? html`${words(value)}` : mrkdwn(words(value)));

function block(one: Thing): Markup {
  if (one["type"] === "header") return html`<h2>${words(one["text"])}</h2>`;
  if (one["type"] === "divider") return html`<hr>`;
  if (one["type"] === "section") return html`${one["text"] ? html`<p>${shown(one["text"])}</p>` : null}${things(one["fields"]).map((field) => html`<p>${shown(field)}</p>`)}`;
  if (one["type"] === "context") return html`<p class="soft">${things(one["elements"]).map((element) => html`${element["alt_text"] ? String(element["alt_text"]) : shown(element)} `)}</p>`;
  if (one["type"] === "actions") return html`<p>${things(one["elements"]).map(button)}</p>`;
  return html`<p class="soft">A block of type ${String(one["type"])}, which is not drawn here.</p>`;
}

function button(element: Thing): Markup {
  const address = String(element["url"] ?? "");
  return /^https?:\/\//.test(address) ? html`<a class="button" href="${address}" rel="noreferrer" target="_blank">${words(element["text"])}</a>` : html`<span class="button">${words(element["text"])}</span>`;
}

function message({ at, payload }: Message): Markup {
  const blocks = things(payload["blocks"]);
  const body = blocks.length > 0 ? blocks.map(block) : [html`<p>${mrkdwn(words(payload["text"]))}</p>`];
  const attached = things(payload["attachments"]).map((one) => html`<p class="soft">${mrkdwn(words(one["text"] ?? one["fallback"] ?? ""))}</p>`);
  const iso = new Date(at).toISOString();
  return html`<article class="message"><time class="soft" datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>${body}${attached}</article>`;
}

/** The messages as a page, the newest first, with their number and a search. */
export function messagesPage(found: { count: number; messages: readonly Message[] }, search: string, limited: boolean): string {
  const older = new URLSearchParams({ text: search, before: String(found.messages.at(-1)?.id ?? 0) });
  const none = search ? html`<p class="empty">No message with “${search}”.</p>` : html`<p class="empty">No message yet. What the desk posts to Slack appears here.</p>`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Slack messages</title><style>${new Markup(style + own)}</style></head>
<body><div class="page"><header><strong><a href="/">Twoway Slack</a></strong><span class="soft">Nothing here has left this computer.</span></header>
<main><h1>Slack messages</h1>
<form role="search"><input type="search" name="text" value="${search}" placeholder="Words" aria-label="Search messages"><button>Search</button></form>
<p aria-live="polite">${found.count} ${found.count === 1 ? "message" : "messages"}</p>
<form method="post" action="/_local/limit"><button name="limited" value="${limited ? "0" : "1"}">${limited ? "Stop limiting to one message a second" : "Limit to one message a second, as Slack does"}</button></form>
${found.count > 0 ? found.messages.map(message) : none}${found.messages.length === 50 ? html`<p><a href="/?${older.toString()}">Older messages</a></p>` : null}</main></div></body></html>`.source;
}
