import type { IncomingMessage } from "node:http";

export type Reply = { status: number; type: string; body: string | Uint8Array; headers?: Record<string, string> };
export type Call = { method: string; path: string; query: URLSearchParams; headers: IncomingMessage["headers"]; body: Buffer };

/** The vendor's error: status and name are what its SDK hands on in `error`. */
export class ApiError extends Error {
  readonly status: number;
  override readonly name: string;
  constructor(status: number, name: string, message: string) {
    super(message);
    this.status = status;
    this.name = name;
  }
}

/** Resend's limit for one mail with its attachments, in bytes. */
export const maxBodyBytes = 40 * 1024 * 1024;

export const json = (value: unknown, status = 200): Reply => ({ status, type: "application/json; charset=utf-8", body: JSON.stringify(value) });

/** Reads the body; above the limit (in bytes) the rest is dropped, so that the client gets to see the refusal. */
export async function bodyOf(request: IncomingMessage, limit = maxBodyBytes): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > limit) throw new ApiError(413, "validation_error", `The request is larger than ${limit / 1024 / 1024} MB.`);
  return Buffer.concat(chunks);
}

/**
 * Refuses browsers that a foreign web page sends here: mails carry sign-in links, and nothing else protects this door
 * than that it is on this machine. Stops DNS rebinding (Host) and cross-site posts (Origin, Sec-Fetch-Site).
 */
export function requireLocal(headers: IncomingMessage["headers"]): void {
  const isLocal = (host: string) => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
  const { host = "", origin } = headers;
  const foreign = origin !== undefined && !isLocal(origin.replace(/^https?:\/\//, ""));
  if (isLocal(host) && !foreign && headers["sec-fetch-site"] !== "cross-site") return;
  throw new ApiError(403, "security_error", "This mail box can be opened from this computer only.");
}
