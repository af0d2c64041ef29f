const longest = 200;
/** Marks that turn the direction of text: "gnp.exe" must not read as "exe.png". */
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A file's name as it may be kept and shown, whatever a client sent: no path, no control characters, nothing that
 * turns the direction of text, Unicode NFC, 200 characters at most with the ending kept. Never empty.
 */
export function cleanName(sent: string): string {
  const base = sent.toWellFormed().split(/[/\\]/).at(-1) ?? "";
  const plain = base.normalize("NFC").replace(directions, "").replace(/\p{Cc}|[\u2028\u2029]/gu, " ").replace(/\s+/g, " ").trim();
  if (/^[. ]*$/.test(plain)) return "file";
  const letters = [...plain];
  if (letters.length <= longest) return plain;
  const ending = [...(/\.[^. ]{1,20}$/.exec(plain)?.[0] ?? "")];
  return [...letters.slice(0, longest - ending.length - 1), "…", ...ending].join("");
}

/** The Content-Disposition of a download (RFC 6266): a name in ASCII for old clients, the real one beside it (RFC 8187). */
export function disposition(kind: "inline" | "attachment", name: string): string {
  const ascii = name.normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[^\x20-\x7e]/g, "_").replace(/["\\%]/g, "_");
  const exact = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
