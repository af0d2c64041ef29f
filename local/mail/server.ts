import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { DatabaseSync } from "node:sqlite";
import { Insistence, storageTrouble } from "../trouble.ts";
import { api } from "./api.ts";
import { ApiError, bodyOf, json, requireLocal } from "./http.ts";
import type { Call, Reply } from "./http.ts";
import { receiveMail } from "./inbound.ts";
import type { Mail } from "./mail.ts";
import { composeSource, extended } from "./mime.ts";
import { framedHtml, listPage, mailPage } from "./pages.ts";
import { contentOf, findMail, listMails, openMailFile, rawOf } from "./store.ts";
import { sentEvents, startDelivery, tell, tellAgain } from "./webhooks.ts";

type Options = {
  dataDir: string;
  /** On 127.0.0.1; 0 chooses a free one. */
  port: number;
  apiKey: string;
  /** Where events go. Without address and secret there are none. */
  webhookUrl?: string;
  /** `whsec_` and base64. */
  webhookSecret?: string;
  /** Waits between the attempts to deliver an event, in ms. */
  webhookWaits?: readonly number[];
  /** How large the file may grow, in bytes: tests stand in for a full disk by it. */
  mostBytes?: number;
};

type Context = { file: DatabaseSync; apiKey: string; origin: () => string; webhooks: boolean; wake: () => void; troubles: Insistence };

/**
 * Starts the local mail service on 127.0.0.1: Resend's API for its SDK, a box that people read, raw mail in, events out.
 * An accepted mail is on disk before the answer. Rejects when the port is taken or the file can't be used.
 */
export async function startMail(options: Options): Promise<{ url: string; close(): Promise<void> }> {
  const file = openMailFile(options.dataDir, options.mostBytes);
  const troubles = new Insistence((sentence) => process.stderr.write(`mail: ${sentence}\n`));
  const { webhookUrl, webhookSecret, webhookWaits } = options;
  let origin = "";
  const delivery = webhookUrl && webhookSecret ? startDelivery(file, troubles, { url: webhookUrl, secret: webhookSecret, ...(webhookWaits ? { waits: webhookWaits } : {}) }) : null;
  const context: Context = { file, apiKey: options.apiKey, origin: () => origin, webhooks: delivery !== null, wake: () => delivery?.wake(), troubles };
  const server = createServer((request, response) => void respond(context, request, response));
  const close = async () => {
    await delivery?.close();
    file.close();
  };
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => void close().then(() => reject(error)));
    server.listen(options.port, "127.0.0.1", resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin,
    async close() {
      await new Promise((done) => {
        server.close(done);
        server.closeIdleConnections();
      });
      await close();
    },
  };
}

async function respond(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = await answer(context, request).catch((error: unknown): Reply | null => {
    if (error instanceof ApiError) return json({ statusCode: error.status, name: error.name, message: error.message }, error.status);
    if (!request.complete) return null; // the client went away before its body was read
    const trouble = storageTrouble(error, "mail");
    if (trouble) {
      context.troubles.tell(trouble);
      return json({ statusCode: 503, name: "internal_server_error", message: trouble }, 503);
    }
    process.stderr.write(`mail: ${error instanceof Error ? error.stack : String(error)}\n`);
    return json({ statusCode: 500, name: "internal_server_error", message: "The mail service failed; its log says why." }, 500);
  });
  if (!reply) return void response.destroy();
  response.writeHead(reply.status, {
    "content-type": reply.type,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    ...reply.headers,
  });
  response.end(request.method === "HEAD" ? undefined : reply.body);
}

async function answer(context: Context, request: IncomingMessage): Promise<Reply> {
  requireLocal(request.headers);
  const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
  const call: Call = { method, path, query: new URLSearchParams(query), headers: request.headers, body: await bodyOf(request) };
  if (path === "/emails" || path.startsWith("/emails/")) return api(context, call);
  if (`${method} ${path}` === "POST /_local/inbound") return inbound(context, call);
  const told = method === "POST" ? /^\/mail\/([^/]+)\/events$/.exec(path)?.[1] : undefined;
  if (told !== undefined) return events(context, told, new URLSearchParams(call.body.toString()));
  if (method !== "GET") throw new ApiError(405, "method_not_allowed", "Nothing takes this method here.");
  if (path === "/") return listPage(context.file, call.query);
  if (path === "/_local/outbox") return outbox(context.file, call.query);
  const [, mailId, view = "", attachmentId = ""] = /^\/mail\/([^/]+)(?:\/([a-z]+)(?:\/([^/]+))?)?$/.exec(path) ?? [];
  const mail = mailId === undefined ? null : findMail(context.file, mailId);
  if (!mail) throw new ApiError(404, "not_found", "There is no such mail.");
  return viewOf(context, mail, view, attachmentId);
}

/** `POST /mail/<id>/events` of the mail's page: `type` tells the app something of it, `again` repeats an event. */
function events({ file, webhooks, wake }: Context, id: string, form: URLSearchParams): Reply {
  const mail = findMail(file, id);
  if (!mail || mail.box !== "sent") throw new ApiError(404, "not_found", "There is no such mail.");
  if (!webhooks) throw new ApiError(422, "validation_error", "The app takes no events: RESEND_WEBHOOK_SECRET is not set.");
  const [type, again] = [sentEvents.find((one) => one === form.get("type")), form.get("again")];
  if (type) tell(file, mail, type);
  else if (!again || !tellAgain(file, mail, again)) throw new ApiError(422, "validation_error", "There is no such event.");
  wake();
  return { status: 303, type: "text/plain", body: "", headers: { location: `/mail/${id}` } };
}

async function inbound(context: Context, call: Call): Promise<Reply> {
  const id = await receiveMail(context.file, call.body, context.webhooks);
  context.wake();
  return json({ id }, 201);
}

/** `GET /_local/outbox?to=`: what was sent, newest first, for tests and for whoever looks for a link. */
function outbox(file: DatabaseSync, query: URLSearchParams): Reply {
  const limit = Math.min(Math.max(1, Number(query.get("limit")) || 100), 1000);
  const items = listMails(file, { box: "sent", to: query.get("to") ?? undefined, limit }).map(({ mail: { id, to, subject, text, html, createdAt } }) => {
    return { id, to, subject, text, html, createdAt: new Date(createdAt).toISOString() };
  });
  return json({ items });
}

function viewOf({ file, webhooks }: Context, mail: Mail, view: string, attachmentId: string): Reply {
  const source = () => rawOf(file, mail.id) ?? composeSource(mail, mail.attachments.map((info) => ({ ...info, content: contentOf(file, info) })));
  if (view === "") return mailPage(file, mail, Buffer.from(source()).toString(), webhooks);
  if (view === "html") return framedHtml(file, mail);
  if (view === "source") return { status: 200, type: "text/plain; charset=utf-8", body: source() };
  const info = view === "attachments" ? mail.attachments.find(({ id }) => id === attachmentId) : undefined;
  if (!info) throw new ApiError(404, "not_found", "There is no such part of this mail.");
  const disposition = `attachment; filename*=${extended(info.filename ?? "attachment")}`;
  return { status: 200, type: "application/octet-stream", body: contentOf(file, info), headers: { "content-disposition": disposition } };
}
