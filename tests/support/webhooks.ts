import { createHmac } from "node:crypto";
import { POST } from "@/app/api/webhooks/mail/route";

const ownSecret = () => Buffer.from((process.env.RESEND_WEBHOOK_SECRET ?? "").replace("whsec_", ""), "base64");
let count = 0;

/** An event as the mail service signs it (svix). */
export function signedRequest(body: string, key = ownSecret()): Request {
  const [id, at] = [`msg_${(count += 1)}`, String(Math.floor(Date.now() / 1000))];
  const signature = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  return new Request("http://127.0.0.1/api/webhooks/mail", { method: "POST", body, headers: { "svix-id": id, "svix-timestamp": at, "svix-signature": `v1,${signature}` } });
}

/** Tells the desk of an event; answers the status. */
export async function told(type: string, data: Record<string, unknown>): Promise<number> {
  return (await POST(signedRequest(JSON.stringify({ type, created_at: new Date().toISOString(), data: { created_at: "", from: "", to: [], subject: "", ...data } })))).status;
}

/** Lets a raw mail arrive at the local mail service; answers its id there. */
export async function arrived(raw: string): Promise<string> {
  const answer = await fetch(`${process.env.RESEND_BASE_URL}/_local/inbound`, { method: "POST", body: raw.replaceAll(/\r?\n/g, "\r\n") });
  return ((await answer.json()) as { id: string }).id;
}
