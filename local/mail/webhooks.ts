import { createHmac, randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { type Insistence, storageTrouble } from "../trouble.ts";
import type { Mail } from "./mail.ts";
import { atomically } from "./store.ts";

const second = 1000;
const minute = 60 * second;
/** Waits before the second to tenth attempt, in ms; then the event is given up. The first are short: the app may be starting. */
const waits = [1 * second, 5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, 120 * minute, 300 * minute, 600 * minute];
/** How long the app may take to answer, in ms, and how many calls run at once. */
const patience = 15 * second;
const atOnce = 4;
/** How long to wait, in ms, when what became of an event cannot be written: the disk is full. */
const breath = 10 * second;

/** Queues the events of a mail, inside the caller's transaction: an event is promised exactly when its mail is kept. */
export function addEvents(file: DatabaseSync, mail: Mail): void {
  const types = mail.lastEvent === "complained" ? ["delivered", "complained"] : [mail.lastEvent];
  addTypes(file, mail, types);
}

/** What a mail server may tell of a mail that was sent. */
export const sentEvents = ["delivered", "bounced", "complained"] as const;

/** Queues one event on demand; the mail's last event is then this. On disk when it returns. */
export function tell(file: DatabaseSync, mail: Mail, type: (typeof sentEvents)[number]): void {
  atomically(file, () => {
    file.prepare("UPDATE mail SET doc = ? WHERE id = ?").run(JSON.stringify({ ...mail, lastEvent: type }), mail.id);
    addTypes(file, mail, [type]);
  });
}

/** Queues an event of this mail anew under its own id, from the first attempt; false if it has no such event. */
export function tellAgain(file: DatabaseSync, mail: Mail, id: string): boolean {
  return file.prepare("UPDATE webhook SET state = 'pending', attempts = 0, due = ? WHERE id = ? AND mail = ?").run(Date.now(), id, mail.id).changes === 1;
}

function addTypes(file: DatabaseSync, mail: Mail, types: readonly string[]): void {
  const insert = file.prepare("INSERT INTO webhook (id, mail, payload, state, attempts, due) VALUES (?, ?, ?, 'pending', 0, ?)");
  for (const type of types) insert.run(`msg_${randomBytes(18).toString("base64url")}`, mail.id, JSON.stringify(eventOf(type, mail)), Date.now());
}

/** The vendor's event body (resend, `WebhookEventPayload`). `email.received` has no text: the app fetches it. */
function eventOf(type: string, mail: Mail): unknown {
  const created_at = new Date(mail.createdAt).toISOString();
  const base = { email_id: mail.id, created_at, from: mail.from, to: mail.to, subject: mail.subject, message_id: mail.messageId };
  const attachments = mail.attachments.map(({ id, filename, contentType, disposition, contentId }) => ({ id, filename, content_type: contentType, content_disposition: disposition, content_id: contentId }));
  const special: Record<string, object> = {
    received: { cc: mail.cc, bcc: mail.bcc, received_for: mail.to, attachments },
    bounced: { bounce: { type: "Permanent", subType: "General", message: "The address is a test address that bounces." } },
  };
  const tags = mail.tags.length > 0 ? { tags: Object.fromEntries(mail.tags.map(({ name, value }) => [name, value])) } : {};
  return { type: `email.${type}`, created_at, data: { ...base, ...tags, ...special[type] } };
}

/** The headers that sign a webhook the svix way: HMAC-SHA256 over `id.seconds.body`, key = base64 after `whsec_`. */
export function signatureHeaders(secret: string, id: string, body: string, seconds = Math.floor(Date.now() / 1000)): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  return { "svix-id": id, "svix-timestamp": String(seconds), "svix-signature": `v1,${signature}` };
}

type Target = { url: string; secret: string; waits?: readonly number[] };
type Due = { id: string; payload: string; attempts: number };

/**
 * Delivers queued events at least once, up to four at a time, until the app answers 2xx or the attempts are used up
 * (then the state is `failed`). What waits survives a restart. `wake` after queueing; `close` waits for nothing long.
 */
export function startDelivery(file: DatabaseSync, troubles: Insistence, target: Target): { wake(): void; close(): Promise<void> } {
  const stopped = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | null = null;
  let wokenMeanwhile = false;

  const wake = (): void => {
    if (working) wokenMeanwhile = true;
    else if (!stopped.signal.aborted) working = work().then(() => false, troubled).then(rest);
  };

  async function work(): Promise<void> {
    clearTimeout(timer);
    for (let due = dueNow(file); due.length > 0 && !stopped.signal.aborted; due = dueNow(file)) {
      await Promise.all(due.map((event) => attempt(file, target, event, stopped.signal)));
    }
  }

  /** The disk's state passes: the events are still there. Anything else is a mistake of this program and ends it. */
  function troubled(error: unknown): true {
    const trouble = storageTrouble(error, "mail");
    if (!trouble) throw error;
    troubles.tell(trouble);
    return true;
  }

  function rest(later: boolean): void {
    working = null;
    if (stopped.signal.aborted) return;
    if (later) {
      timer = setTimeout(wake, breath);
      return;
    }
    const next = file.prepare("SELECT min(due) AS due FROM webhook WHERE state = 'pending'").get()?.["due"];
    if (wokenMeanwhile) wake();
    else if (typeof next === "number") timer = setTimeout(wake, Math.min(Math.max(0, next - Date.now()), 60 * minute));
    wokenMeanwhile = false;
  }

  wake();
  return {
    wake,
    async close() {
      stopped.abort();
      clearTimeout(timer);
      await working;
    },
  };
}

function dueNow(file: DatabaseSync): Due[] {
  const rows = file.prepare("SELECT id, payload, attempts FROM webhook WHERE state = 'pending' AND due <= ? ORDER BY due LIMIT ?").all(Date.now(), atOnce);
  return rows.map((row) => ({ id: String(row["id"]), payload: String(row["payload"]), attempts: Number(row["attempts"]) }));
}

async function attempt(file: DatabaseSync, { url, secret, waits: delays = waits }: Target, event: Due, stopped: AbortSignal): Promise<void> {
  const answer = await post(url, { "content-type": "application/json", ...signatureHeaders(secret, event.id, event.payload) }, event.payload, stopped);
  if (stopped.aborted) return;
  const delay = delays[event.attempts];
  const state = answer.ok ? "delivered" : delay === undefined ? "failed" : "pending";
  file.prepare("UPDATE webhook SET state = ?, attempts = attempts + 1, due = ?, answer = ? WHERE id = ?").run(state, Date.now() + (delay ?? 0), answer.said, event.id);
}

async function post(url: string, headers: Record<string, string>, body: string, stopped: AbortSignal): Promise<{ ok: boolean; said: string }> {
  try {
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal: AbortSignal.any([stopped, AbortSignal.timeout(patience)]) });
    await response.body?.cancel();
    return { ok: response.ok, said: String(response.status) };
  } catch (error) {
    // An app that is away is an ordinary case here: it is written down and tried again.
    return { ok: false, said: error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ""}`.trim() : String(error) };
  }
}

export type Delivery = { readonly id: string; readonly due: number; readonly type: string; readonly state: string; readonly attempts: number; readonly answer: string | null };

/** What became of a mail's events, for the person who looks. */
export function deliveriesOf(file: DatabaseSync, mailId: string): Delivery[] {
  return file.prepare("SELECT id, due, payload ->> '$.type' AS type, state, attempts, answer FROM webhook WHERE mail = ? ORDER BY rowid").all(mailId)
    .map((row) => ({ id: String(row["id"]), due: Number(row["due"]), type: String(row["type"]), state: String(row["state"]), attempts: Number(row["attempts"]), answer: row["answer"] === null ? null : String(row["answer"]) }));
}
