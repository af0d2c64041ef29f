import { timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { DatabaseSync } from "node:sqlite";
import { Insistence, storageTrouble } from "../trouble.ts";
import { ApiError, bodyOf, json, requireLocal } from "../mail/http.ts";
import type { Reply } from "../mail/http.ts";
import { guarded, messagesPage } from "./page.ts";
import { Refusal, readPayload } from "./payload.ts";
import { find, keep, openSlackFile } from "./store.ts";

/** `port` on 127.0.0.1, 0 chooses a free one; `path`: `/services/T…/B…/<secret>`, the only address that takes messages. */
type Options = { dataDir: string; port: number; path: string; /** How large the file may grow, in bytes: tests stand in for a full disk by it. */ mostBytes?: number };
type Receiver = { file: DatabaseSync; path: string; limited: boolean; lastAt: number; troubles: Insistence };

/** Far above Slack's own limits: 40,000 characters, 50 blocks, 100 attachments. */
const maxMessageBytes = 1024 * 1024;

const text = (body: string, status = 200, headers?: Record<string, string>): Reply => ({ status, type: "text/plain; charset=utf-8", body, ...(headers ? { headers } : {}) });

/**
 * Starts a receiver of Slack's incoming webhooks, with a page that shows what came. A message is on disk before `ok` is
 * answered. Rejects when the port is taken or the file can't be used.
 */
export async function startSlack({ dataDir, port, path, mostBytes }: Options): Promise<{ url: string; close(): Promise<void> }> {
  const troubles = new Insistence((sentence) => process.stderr.write(`slack: ${sentence}\n`));
  const receiver: Receiver = { file: openSlackFile(dataDir, mostBytes), path, limited: false, lastAt: 0, troubles };
  const server = createServer((request, response) => {
    void answer(receiver, request).catch((error: unknown) => explained(receiver, error)).then(({ status, type, body, headers }) => {
      response.writeHead(status, { "content-type": type, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cache-control": "no-store", ...headers }).end(body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      receiver.file.close();
      reject(error);
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await new Promise((done) => {
        server.close(done);
        server.closeIdleConnections();
      });
      receiver.file.close();
    },
  };
}

function explained({ troubles }: Receiver, error: unknown): Reply {
  if (error instanceof Refusal) return text(error.message, error.status, error.status === 429 ? { "retry-after": "1" } : undefined);
  if (error instanceof ApiError) return text(error.message, error.status);
  const trouble = storageTrouble(error, "slack");
  if (trouble) {
    troubles.tell(trouble);
    return text(trouble, 503);
  }
  process.stderr.write(`slack: ${error instanceof Error ? error.stack : String(error)}\n`);
  return text("internal_error", 500);
}

async function answer(receiver: Receiver, request: IncomingMessage): Promise<Reply> {
  requireLocal(request.headers);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  const body = (await bodyOf(request, maxMessageBytes)).toString();
  const { file } = receiver;
  if (request.method === "POST" && pathname.startsWith("/services/")) return take(receiver, pathname, body, request.headers["content-type"] ?? "");
  if (request.method === "POST" && pathname === "/_local/limit") {
    receiver.limited = new URLSearchParams(body).get("limited") === "1";
    return { ...text("", 303), headers: { location: "/" } };
  }
  const words = searchParams.get("text")?.trim() ?? "";
  if (request.method === "GET" && pathname === "/_local/messages") return json(find(file, words, Math.min(Number(searchParams.get("limit") ?? 1000) || 0, 1000)));
  if (request.method !== "GET" || pathname !== "/") throw new Refusal(404, "no_service");
  const page = messagesPage(find(file, words, 50, Number(searchParams.get("before")) || undefined), words, receiver.limited);
  return { status: 200, type: "text/html; charset=utf-8", body: page, headers: guarded };
}

function take(receiver: Receiver, pathname: string, body: string, contentType: string): Reply {
  const [given, expected] = [Buffer.from(pathname), Buffer.from(receiver.path)];
  if (pathname.slice(0, pathname.lastIndexOf("/")) !== receiver.path.slice(0, receiver.path.lastIndexOf("/"))) throw new Refusal(404, "no_service");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Refusal(403, "invalid_token");
  const payload = readPayload(body, contentType);
  if (receiver.limited && Date.now() - receiver.lastAt < 1000) throw new Refusal(429, "rate_limited");
  keep(receiver.file, payload);
  receiver.lastAt = Date.now();
  return text("ok");
}
