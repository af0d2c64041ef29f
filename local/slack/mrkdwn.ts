import { Markup, html } from "../mail/html.ts";

/** `&`, `<` and `>` come escaped, as Slack wants them. */
const readable = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const plain = (text: string) => html`${readable(text)}`.source;

/** What stands for a finished piece while the text around it is marked. It is taken out of what comes in. */
const mark = "\uE000";

/**
 * Slack's mrkdwn as HTML: bold, italic, struck, code, code blocks, quotes, links, and the names of people, channels
 * and groups as they are written. Names of emoji stay as they are.
 */
export function mrkdwn(text: string): Markup {
  const pieces: string[] = [];
  const kept = (source: string) => `${mark}${pieces.push(source) - 1}${mark}`;
  const taken = text.replaceAll(mark, "")
    .replace(/```\n?([\s\S]+?)\n?```\n?/g, (_, code: string) => kept(`<code class="block">${plain(code)}</code>`))
    .replace(/`([^`\n]+)`/g, (_, code: string) => kept(`<code>${plain(code)}</code>`))
    .replace(/<([^<>\n]+)>/g, (whole, inside: string) => kept(angled(inside) ?? plain(whole)));
  const marked = plain(taken)
    .replace(/(?<![\w*])\*([^*\n]+)\*(?![\w*])/g, "<b>$1</b>")
    .replace(/(?<![\w_])_([^_\n]+)_(?![\w_])/g, "<i>$1</i>")
    .replace(/(?<![\w~])~([^~\n]+)~(?![\w~])/g, "<s>$1</s>")
    .replace(/^&gt; ?(.*)(?:\n|$)/gm, '<span class="quote">$1</span>');
  return new Markup(marked.replace(new RegExp(`${mark}(\\d+)${mark}`, "g"), (_, index: string) => pieces[Number(index)] ?? ""));
}

/** `<https://…|label>`, `<mailto:…>`, `<@U…>`, `<#C…|name>`, `<!here>`; null for anything else. */
function angled(inside: string): string | null {
  const [target = "", ...rest] = inside.split("|");
  const label = readable(rest.join("|"));
  if (/^(https?:\/\/|mailto:)\S+$/.test(target)) return html`<a href="${readable(target)}" rel="noreferrer" target="_blank">${label || readable(target)}</a>`.source;
  if (/^[@#!]\S+$/.test(target)) return html`<b>${target.startsWith("#") ? "#" : "@"}${label.replace(/^[@#]/, "") || target.slice(1)}</b>`.source;
  return null;
}
