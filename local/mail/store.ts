import type { DatabaseSync } from "node:sqlite";
import { openFile } from "../file.ts";
import type { Attachment, AttachmentInfo, Box, Mail } from "./mail.ts";
import { bareAddresses } from "./mail.ts";

/** Written into the file; a newer one is refused. */
export const mailFormat = 1;
const schema = `
  CREATE TABLE mail (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, box TEXT NOT NULL, subject TEXT NOT NULL, doc TEXT NOT NULL, raw BLOB) STRICT;
  CREATE TABLE recipient (address TEXT NOT NULL, mail INTEGER NOT NULL, PRIMARY KEY (address, mail)) STRICT, WITHOUT ROWID;
  CREATE INDEX recipient_mail ON recipient (mail);
  CREATE TABLE attachment (id TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
  CREATE TABLE idempotency (key TEXT PRIMARY KEY, request TEXT NOT NULL, answer TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE INDEX idempotency_at ON idempotency (at);
  CREATE TABLE webhook (id TEXT PRIMARY KEY, mail TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL, answer TEXT) STRICT;
  CREATE INDEX webhook_due ON webhook (due) WHERE state = 'pending';
  CREATE INDEX webhook_mail ON webhook (mail);
`;

/** Opens the mail file of a data folder (file.ts says what that promises). */
export const openMailFile = (dataDir: string, mostBytes?: number): DatabaseSync => openFile(dataDir, { part: "mail", format: mailFormat, schema, mostBytes });

/** Runs the work in one transaction: all of it is on disk, or nothing. */
export function atomically<T>(file: DatabaseSync, work: () => T): T {
  file.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    file.exec("COMMIT");
    return result;
  } catch (error) {
    if (file.isTransaction) file.exec("ROLLBACK"); // a full disk has ended it already; the cause goes on to the caller
    throw error;
  }
}

/** Writes a mail with its attachments, inside the caller's transaction. */
export function insertMail(file: DatabaseSync, mail: Mail, content: readonly Attachment[], raw: Uint8Array | null): void {
  const doc = JSON.stringify(mail);
  const { lastInsertRowid } = file.prepare("INSERT INTO mail (id, box, subject, doc, raw) VALUES (?, ?, ?, ?, ?)").run(mail.id, mail.box, mail.subject, doc, raw);
  const recipient = file.prepare("INSERT INTO recipient (address, mail) VALUES (?, ?)");
  for (const address of bareAddresses([...mail.to, ...mail.cc, ...mail.bcc])) recipient.run(address, lastInsertRowid);
  const attachment = file.prepare("INSERT INTO attachment (id, content) VALUES (?, ?)");
  for (const { id, content: bytes } of content) attachment.run(id, bytes);
}

export function findMail(file: DatabaseSync, id: string): Mail | null {
  const row = file.prepare("SELECT doc FROM mail WHERE id = ?").get(id);
  return row ? (JSON.parse(String(row["doc"])) as Mail) : null;
}

/** The raw MIME of a received mail; null for a mail that the app sent. */
export function rawOf(file: DatabaseSync, id: string): Uint8Array | null {
  const raw = file.prepare("SELECT raw FROM mail WHERE id = ?").get(id)?.["raw"];
  return raw instanceof Uint8Array ? raw : null;
}

export function contentOf(file: DatabaseSync, attachment: AttachmentInfo): Buffer {
  const content = file.prepare("SELECT content FROM attachment WHERE id = ?").get(attachment.id)?.["content"];
  return Buffer.from(content instanceof Uint8Array ? content : []);
}

export type Listed = { readonly seq: number; readonly mail: Mail };
type Query = { box: Box; to?: string | undefined; words?: string | undefined; before?: number | undefined; limit: number };

/** The newest mails of a box: to exactly this recipient (any case), or with the words in a recipient or the subject. */
export function listMails(file: DatabaseSync, { box, to, words, before, limit }: Query): Listed[] {
  const like = `%${(words ?? "").toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const rows = file.prepare(`
    SELECT seq, doc FROM mail
    WHERE box = :box AND seq < :before
      AND (:to = '' OR seq IN (SELECT mail FROM recipient WHERE address = :to))
      AND (:like = '%%' OR lower(subject) LIKE :like ESCAPE '\\'
        OR EXISTS (SELECT 1 FROM recipient WHERE mail = seq AND address LIKE :like ESCAPE '\\'))
    ORDER BY seq DESC LIMIT :limit
  `).all({ box, before: before ?? Number.MAX_SAFE_INTEGER, to: bareAddresses(to ? [to] : [])[0] ?? (to ?? "").toLowerCase(), like, limit });
  return rows.map((row) => ({ seq: Number(row["seq"]), mail: JSON.parse(String(row["doc"])) as Mail }));
}
