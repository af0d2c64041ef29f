import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Resend } from "resend";
import { startMail } from "../../../local/mail/server.ts";

const apiKey = "re_test_key";

/** A mail service in a folder of its own, and the official SDK on it. */
export async function openPostbox(options: Partial<Parameters<typeof startMail>[0]> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), "twoway-mail-"));
  let service = await startMail({ dataDir, port: 0, apiKey, ...options });
  const at = (path: string) => `${service.url}${path}`;
  return {
    at,
    get resend() {
      return new Resend(apiKey, { baseUrl: service.url });
    },
    as: (key: string) => new Resend(key, { baseUrl: service.url }),
    async outbox(to = "") {
      const response = await fetch(at(`/_local/outbox?to=${encodeURIComponent(to)}`));
      return ((await response.json()) as { items: { id: string; to: string[]; subject: string; text: string | null; html: string | null; createdAt: string }[] }).items;
    },
    /** Hands in a raw message, as a mail server would. */
    async post(raw: string | Buffer) {
      const response = await fetch(at("/_local/inbound"), { method: "POST", body: typeof raw === "string" ? raw : new Uint8Array(raw) });
      return { status: response.status, id: ((await response.json()) as { id: string }).id };
    },
    async restart(changed: typeof options = {}) {
      await service.close();
      service = await startMail({ dataDir, port: 0, apiKey, ...options, ...changed });
    },
    async close() {
      await service.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

export type Heard = { headers: Record<string, string>; body: string };

/** The app's webhook address: keeps what arrives and answers with the statuses in turn, then 200. */
export async function openApp(statuses: number[] = []) {
  const secret = `whsec_${randomBytes(24).toString("base64")}`;
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      heard.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/webhooks/mail`;
  return { heard, webhook: { webhookUrl: url, webhookSecret: secret, webhookWaits: [5, 5, 5] }, secret, close: () => new Promise((done) => server.close(done)) };
}
