import type { DatabaseSync } from "node:sqlite";
import { Markup, html } from "./html.ts";
import type { Reply } from "./http.ts";
import { htmlWithImages } from "./inline.ts";
import type { Box, Mail } from "./mail.ts";
import { bareAddresses } from "./mail.ts";
import type { Listed } from "./store.ts";
import { listMails } from "./store.ts";
import { style } from "./style.ts";
import { deliveriesOf, sentEvents } from "./webhooks.ts";

const pageSize = 50;

/** Headers of every page: no scripts, nothing from elsewhere, frames and forms only from here. */
const guarded = { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" };

function page(title: string, content: Markup): Reply {
  const body = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${new Markup(style)}</style></head>
<body><div class="page"><header><strong><a href="/">Twoway mail</a></strong><span class="soft">Nothing here has left this computer.</span></header>
<main>${content}</main></div></body></html>`;
  return { status: 200, type: "text/html; charset=utf-8", body: body.source, headers: guarded };
}

/** A moment: in full, or in a list the time when it was today and else the day. */
const moment = (at: number, inList = false): Markup => {
  const iso = new Date(at).toISOString();
  const [day, full] = [iso.slice(0, 10), `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`];
  const short = new Date().toISOString().startsWith(day) ? `${iso.slice(11, 16)} UTC` : day;
  return html`<time datetime="${iso}" title="${full}">${inList ? short : full}</time>`;
};

/** The box as a list, newest first, searchable by recipient or subject. */
export function listPage(file: DatabaseSync, query: URLSearchParams): Reply {
  const box: Box = query.get("box") === "received" ? "received" : "sent";
  const words = query.get("q")?.trim() ?? "";
  const before = Number(query.get("before")) || undefined;
  const found = listMails(file, { box, words, before, limit: pageSize });
  const address = (name: Box) => (name === "sent" ? "/" : "/?box=received");
  const tab = (name: Box, label: string) => html`<a href="${address(name)}"${name === box ? new Markup(' aria-current="page"') : null}>${label}</a>`;
  const last = found.at(-1);
  const older = new URLSearchParams({ box, q: words, before: String(last?.seq ?? 0) });
  return page(box === "sent" ? "Sent mail" : "Received mail", html`<h1>${box === "sent" ? "Sent mail" : "Received mail"}</h1>
<nav aria-label="Boxes">${tab("sent", "Sent")}${tab("received", "Received")}</nav>
<form role="search"><input type="hidden" name="box" value="${box}"><input type="search" name="q" value="${words}" placeholder="Recipient or subject" aria-label="Search by recipient or subject"><button>Search</button></form>
${found.length > 0 ? html`<ul class="mails">${found.map((listed) => row(listed))}</ul>` : emptyBox(box, words)}
${found.length === pageSize ? html`<p><a href="/?${older.toString()}">Older mails</a></p>` : null}`);
}

function row({ mail }: Listed): Markup {
  const person = mail.box === "sent" ? bareAddresses(mail.to).join(", ") : mail.from;
  const snippet = (mail.text ?? mail.html?.replace(/<style[\s\S]*?<\/style>|<[^>]*>/gi, " ") ?? "").replace(/\s+/g, " ").trim().slice(0, 140);
  return html`<li><a href="/mail/${mail.id}"><span>${person}</span><span><b>${mail.subject || "(no subject)"}</b> <span class="soft">${snippet}</span></span><span class="soft">${moment(mail.createdAt, true)}</span></a></li>`;
}

function emptyBox(box: Box, words: string): Markup {
  if (words) return html`<p class="empty">No mail with “${words}” in a recipient or the subject. <a href="${box === "sent" ? "/" : "/?box=received"}">Show all</a></p>`;
  if (box === "sent") return html`<p class="empty">No mail yet. It appears here as soon as the desk sends one.</p>`;
  return html`<p class="empty">No mail has come in. Send one with <code>curl --data-binary @mail.eml …/_local/inbound</code>.</p>`;
}

/** One mail: who, what, the HTML in a sandboxed frame, then text, headers, source and what the app was told. */
export function mailPage(file: DatabaseSync, mail: Mail, source: string, tells: boolean): Reply {
  const people: [string, readonly string[]][] = [["From", [mail.from]], ["To", mail.to], ["Cc", mail.cc], ["Bcc", mail.bcc], ["Reply to", mail.replyTo]];
  const facts = people.filter(([, who]) => who.length > 0).map(([label, who]) => html`<dt>${label}</dt><dd>${addresses(who)}</dd>`);
  const headers = Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`).join("\n");
  const block = (label: string, text: string | null, open = false) => (text ? html`<details${open ? new Markup(" open") : null}><summary>${label}</summary><pre>${text}</pre></details>` : null);
  return page(mail.subject || "(no subject)", html`
<p><a href="${mail.box === "sent" ? "/" : "/?box=received"}">← All mail</a></p>
<h1>${mail.subject || "(no subject)"}</h1>
<dl>${facts}<dt>${mail.box === "sent" ? "Sent" : "Received"}</dt><dd>${moment(mail.createdAt)}</dd>${attachments(mail)}${deliveries(file, mail)}</dl>
${tells && mail.box === "sent" ? events(mail) : null}
${mail.html === null ? null : html`<div class="preview"><label><input type="checkbox" class="narrow"> Narrow (360 px)</label><label><input type="checkbox" class="dark"> Dark</label><iframe title="The mail as HTML" src="/mail/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe></div>`}
${block("Text", mail.text, mail.html === null)}${block("Headers", headers)}${block("Source", source)}`);
}

const shownAtOnce = 5;

/** Many recipients are folded, so that the mail itself stays in sight. */
function addresses(who: readonly string[]): Markup {
  if (who.length <= shownAtOnce) return html`${who.join(", ")}`;
  return html`${who.slice(0, shownAtOnce - 2).join(", ")} <details class="more"><summary>and ${who.length - shownAtOnce + 2} more</summary>${who.slice(shownAtOnce - 2).map((one) => html`<div>${one}</div>`)}</details>`;
}

const sized = (bytes: number) => (bytes < 1024 ? `${bytes} bytes` : bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);

function attachments(mail: Mail): Markup | null {
  if (mail.attachments.length === 0) return null;
  const links = mail.attachments.map(({ id, filename, size }) => html`<div><a href="/mail/${mail.id}/attachments/${id}">${filename ?? "unnamed"}</a> <span class="soft">${sized(size)}</span></div>`);
  return html`<dt>Attachments</dt><dd>${links}</dd>`;
}

/** Buttons that tell the app what a mail server would. */
function events(mail: Mail): Markup {
  const buttons = sentEvents.map((type) => html`<button name="type" value="${type}">${type}</button>`);
  return html`<form method="post" class="tell" action="/mail/${mail.id}/events" aria-label="Tell the app"><span class="soft">Tell the app:</span>${buttons}</form>`;
}

function deliveries(file: DatabaseSync, mail: Mail): Markup | null {
  const told = deliveriesOf(file, mail.id);
  if (told.length === 0) return null;
  const words: Record<string, string> = { delivered: "the app was told", pending: "the app has not taken it yet", failed: "given up" };
  return html`<dt>Events</dt><dd>${told.map(({ type, state, attempts, answer, id, due }) => html`<div>${type}: <span class="${state === "delivered" ? "" : "warn"}">${words[state] ?? state}</span> <span class="soft">${attempts} ${attempts === 1 ? "attempt" : "attempts"}${answer ? `, last answer: ${answer}` : ""}${state === "pending" && attempts > 0 ? `, next try ${new Date(due).toISOString().slice(11, 19)} UTC` : ""}</span>${state === "pending" && attempts === 0 ? null : html` <form class="inline" method="post" action="/mail/${mail.id}/events"><button name="again" value="${id}">Send again</button></form>`}</div>`)}</dd>`;
}

/** The mail's own HTML, for the frame: no scripts, nothing loaded, links open in a new tab. Safe when opened by itself. */
export function framedHtml(file: DatabaseSync, mail: Mail): Reply {
  const policy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
  return { status: 200, type: "text/html; charset=utf-8", body: `<base target="_blank">${htmlWithImages(file, mail) ?? ""}`, headers: { "content-security-policy": policy } };
}
