/** Names that only programs set, each of them for itself. */
const told = ["x-autoreply", "x-autorespond", "x-autoresponse", "x-mail-autoreply", "x-auto-reply-from", "x-loop", "list-id", "list-unsubscribe", "x-failed-recipients"];

/**
 * Whether a mail was written by a program: answers of those who are away, lists, and mails that came back (RFC 3834,
 * RFC 3464, and what was usual before). `headers` has names in small letters.
 */
export function isAutomatic(headers: Readonly<Record<string, string>>): boolean {
  const value = (name: string) => (headers[name] ?? "").trim().toLowerCase();
  const auto = value("auto-submitted");
  if (auto !== "" && !/^no\b/.test(auto)) return true;
  if (/^(bulk|list|junk|auto_reply)\b/.test(value("precedence"))) return true;
  if (headers["return-path"] !== undefined && /^(<\s*>)?$/.test(value("return-path"))) return true;
  if (/^multipart\/report\b/.test(value("content-type"))) return true;
  if (/(^|[<\s"])(mailer-daemon|postmaster|no-?reply)@/.test(value("from"))) return true;
  return told.some((name) => headers[name] !== undefined);
}
