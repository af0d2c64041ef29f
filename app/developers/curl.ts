import { bodyOf, type Call, type Document } from "./document.ts";
import { sampleOf } from "./shape.ts";

const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A call as one types it in a shell, with the token in `$TOKEN`. */
export function curlOf(document: Document, { method, path, operation }: Call, origin: string, isPublic: boolean): string {
  const prefix = path.startsWith("/api") ? "" : "/api/v1";
  const content = operation.requestBody?.content;
  const sendsFile = content !== undefined && "multipart/form-data" in content;
  const schema = sendsFile ? undefined : bodyOf(content);
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}${origin}${prefix}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)}`,
    isPublic ? "" : '-H "Authorization: Bearer $TOKEN"',
    method === "POST" && !isPublic ? '-H "Idempotency-Key: $(uuidgen)"' : "",
    sendsFile ? "-F file=@screenshot.png" : "",
    schema ? '-H "Content-Type: application/json"' : "",
    schema ? `-d ${quote(JSON.stringify(sampleOf(document, schema), null, 2).replaceAll("\n", "\n  "))}` : "",
  ].filter(Boolean);
  return lines.join(" \\\n  ");
}
