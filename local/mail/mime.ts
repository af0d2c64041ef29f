import type { Attachment, Mail } from "./mail.ts";

/**
 * A sent mail as the RFC 5322 message that a mail server would pass on; it can be posted to `/_local/inbound` again.
 * Text travels as 8bit so that a person can read the source.
 */
export function composeSource(mail: Mail, attachments: readonly Attachment[]): string {
  const own = new Set(Object.keys(mail.headers).map((name) => name.toLowerCase()));
  const head: [string, string][] = [
    ["From", mailbox(mail.from)],
    ["To", mail.to.map(mailbox).join(",\r\n ")],
    ["Cc", mail.cc.map(mailbox).join(",\r\n ")],
    ["Reply-To", mail.replyTo.map(mailbox).join(",\r\n ")],
    ["Subject", encoded(mail.subject)],
    ["Date", new Date(mail.createdAt).toUTCString().replace("GMT", "+0000")],
    ["Message-ID", mail.messageId],
    ["MIME-Version", "1.0"],
  ];
  const custom = Object.entries(mail.headers).map(([name, value]): [string, string] => [name, encoded(value)]);
  const lines = [...head.filter(([name, value]) => value !== "" && !own.has(name.toLowerCase())), ...custom];
  return `${lines.map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n${body(mail, attachments)}`;
}

/** The parts: text and HTML as alternatives, attachments around them. Each begins with its own headers. */
function body(mail: Mail, attachments: readonly Attachment[]): string {
  const texts = [
    ...(mail.text === null ? [] : [textPart("plain", mail.text)]),
    ...(mail.html === null ? [] : [textPart("html", mail.html)]),
  ];
  const content = texts.length > 1 ? multipart("alternative", `alt-${mail.id}`, texts) : (texts[0] ?? textPart("plain", ""));
  return attachments.length > 0 ? multipart("mixed", `mix-${mail.id}`, [content, ...attachments.map(attachmentPart)]) : content;
}

function multipart(kind: string, boundary: string, parts: readonly string[]): string {
  const inner = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join("");
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${inner}--${boundary}--\r\n`;
}

function textPart(kind: string, text: string): string {
  return `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text.replace(/\r?\n/g, "\r\n")}`;
}

function attachmentPart({ filename, contentType, contentId, disposition, content }: Attachment): string {
  const name = filename === null ? "" : `; filename*=${extended(filename)}`;
  const id = contentId === null ? "" : `Content-ID: <${contentId}>\r\n`;
  const bytes = Buffer.from(content).toString("base64").replace(/.{76}/g, "$&\r\n");
  return `Content-Type: ${contentType}\r\n${id}Content-Disposition: ${disposition}${name}\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes}`;
}

/** A header parameter's value in any language (RFC 5987), for `filename*=`. */
export function extended(text: string): string {
  return `utf-8''${encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
}

/** Encoded words (RFC 2047) where a header is not plain ASCII; cut between characters, at most 75 long each. */
function encoded(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  return [...words, word].map((part) => `=?utf-8?B?${Buffer.from(part).toString("base64")}?=`).join("\r\n ");
}

function mailbox(text: string): string {
  const named = /^\s*"?(.*?)"?\s*<([^<>]+)>\s*$/.exec(text);
  if (!named) return text;
  const [, name = "", address = ""] = named;
  return /^[\x20-\x7e]*$/.test(name) ? text : `${encoded(name)} <${address}>`;
}
