import { Markup, html } from "../mail/html.ts";
import { style } from "../mail/style.ts";
import { mrkdwn } from "./mrkdwn.ts";
import type { Message } from "./store.ts";

const Policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
export const guarded = { "content-security-policy": Policy };
const own = `
.bar { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; justify-content: space-between; margin: -.25rem 0 1rem; }
.bar p, .bar form { margin: 0; }
.bar button { min-height: 2rem; padding: .1rem .75rem; color: var(--soft); }
.message { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: .8rem 1rem; margin: .75rem 0; overflow-wrap: anywhere; }
.message p { margin: .35rem 0; white-space: pre-wrap; }
.message > :last-child { margin-bottom: 0; }
.message h2 { font-size: 1.05rem; margin: .35rem 0; }
.message hr { border: 0; border-top: 1px solid var(--line); margin: .6rem 0; }
.message code { font: 13px/1.5 "JetBrains Mono Variable", ui-monospace, monospace; background: var(--paper); border-radius: 4px; padding: 0 .25em; }
.message code.block { display: block; padding: .5rem .75rem; margin: .25rem 0; }
.quote, .attached { display: block; border-left: 3px solid var(--line); padding-left: .75rem; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)); gap: 0 1.5rem; }
.button { display: inline-block; border: 1px solid var(--line); border-radius: 8px; padding: .3rem .75rem; margin: .2rem .4rem .2rem 0; text-decoration: none; }
.primary { border-color: var(--accent); color: var(--accent); }
.danger { border-color: var(--warn); color: var(--warn); }
`;

type Thing = Readonly<Record<string, unknown>>;
const thing = (value: unknown): Thing => (typeof value === "object" && value !== null ? (value as Thing) : {});
const things = (value: unknown): Thing[] => (Array.isArray(value) ? value.map(thing) : []);
const words = (value: unknown): string => (typeof value === "string" ? value : String(thing(value)["text"] ?? ""));

const shown = (value: unknown): Markup => (thing(value)["type"] === "plain_text" ? html`${words(value)}` : mrkdwn(words(value)));

function block(one: Thing): Markup {
  if (one["type"] === "header") return html`<h2>${words(one["text"])}</h2>`;
  if (one["type"] === "divider") return html`<hr>`;
  if (one["type"] === "section") return html`${one["text"] ? html`<p>${shown(one["text"])}</p>` : null}${fields(one["fields"])}${one["accessory"] ? html`<p>${element(thing(one["accessory"]))}</p>` : null}`;
  if (one["type"] === "context") return html`<p class="soft">${things(one["elements"]).map((part) => html`${element(part)} `)}</p>`;
  if (one["type"] === "actions") return html`<p>${things(one["elements"]).map(element)}</p>`;
  if (one["type"] === "image") return html`<p>${element(one)}</p>`;
  return html`<p class="soft">A block of type ${String(one["type"])}, which is not drawn here.</p>`;
}

const fields = (list: unknown): Markup | null => (Array.isArray(list) ? html`<div class="fields">${things(list).map((field) => html`<p>${shown(field)}</p>`)}</div>` : null);

/** A picture is named, not fetched: nothing is loaded from elsewhere. */
function element(one: Thing): Markup {
  if (one["type"] === "image") return html`<span class="soft">[${String(one["alt_text"] ?? "a picture")}]</span>`;
  if (one["type"] === "button") return button(one);
  if (one["type"] === "mrkdwn" || one["type"] === "plain_text") return shown(one);
  return html`<span class="soft">[${String(one["type"])}]</span>`;
}

function button(one: Thing): Markup {
  const address = String(one["url"] ?? "");
  const kind = one["style"] === "primary" || one["style"] === "danger" ? ` ${one["style"]}` : "";
  return /^https?:\/\//.test(address) ? html`<a class="button${kind}" href="${address}" rel="noreferrer" target="_blank">${words(one["text"])}</a>` : html`<span class="button${kind}">${words(one["text"])}</span>`;
}

function attachment(one: Thing): Markup {
  const title = words(one["title"]);
  const pairs = things(one["fields"]).map((field) => html`<p><b>${words(field["title"])}</b>\n${mrkdwn(words(field["value"]))}</p>`);
  return html`<div class="attached">${title ? html`<p><b>${title}</b></p>` : null}<p>${mrkdwn(words(one["text"] ?? one["fallback"] ?? ""))}</p>${things(one["blocks"]).map(block)}${pairs.length > 0 ? html`<div class="fields">${pairs}</div>` : null}</div>`;
}

function message({ at, payload }: Message): Markup {
  const blocks = things(payload["blocks"]);
  const body = blocks.length > 0 ? blocks.map(block) : [html`<p>${mrkdwn(words(payload["text"]))}</p>`];
  const iso = new Date(at).toISOString();
  return html`<article class="message"><time class="soft" datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>${body}${things(payload["attachments"]).map(attachment)}</article>`;
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
<div class="bar"><p>${found.count} ${found.count === 1 ? "message" : "messages"}</p>
<form method="post" action="/_local/limit"><button name="limited" value="${limited ? "0" : "1"}">${limited ? "Stop limiting to one a second" : "Limit to one a second, as Slack does"}</button></form></div>
${found.count > 0 ? found.messages.map(message) : none}${found.messages.length === 50 ? html`<p><a href="/?${older.toString()}">Older messages</a></p>` : null}</main></div></body></html>`.source;
}
