import { as, answerOf, type Answer } from "./doors";

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** The smallest pictures and documents that are what they say. */
export const samples = {
  png: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"),
  gif: Buffer.from("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "base64"),
  pdf: bytesOf("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"),
  svg: bytesOf("<?xml version=\"1.0\"?>\n<!-- a picture -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
  html: bytesOf("<!doctype html><script>alert(1)</script>"),
  log: bytesOf("12:00:01 GET /boards 200\n12:00:02 GET /boards 500\n"),
} as const;

export function formWith(name: string, content: BlobPart, type = "application/octet-stream"): FormData {
  const form = new FormData();
  form.append("file", new File([content], name, { type }));
  return form;
}

/** Uploads a file by the door, with whatever headers say who asks. */
export async function sendFile(headers: Record<string, string>, name: string, content: BlobPart, more: Record<string, string> = {}): Promise<Answer> {
  const response = await answerOf("POST", "/api/v1/attachments", formWith(name, content), { ...headers, ...more });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

export const bearer = (of: { bearer: string }) => ({ authorization: `Bearer ${of.bearer}` });

/** Uploads as somebody; answers the id. */
export async function uploaded(by: { bearer: string }, name = "shot.png", content: BlobPart = samples.png as BlobPart): Promise<string> {
  const { status, body } = await sendFile(bearer(by), name, content);
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
}

export type Shown = { id: string; name: string; size: number; type: string; url: string; preview: string | null };
export type ShownMessage = { id: string; body: string; visibility: string; attachments: Shown[] };

/** The files of a ticket's thread, as somebody sees them. */
export async function filesSeen(by: { bearer: string } | null, ticketId: string, headers: Record<string, string> = {}): Promise<Shown[]> {
  const { body } = await as(by, headers).get(`/api/v1/tickets/${ticketId}/messages`);
  return (body as { items: ShownMessage[] }).items.flatMap((message) => message.attachments);
}

/** Asks for a link as a browser without any session. */
export const fetched = (url: string, headers: Record<string, string> = {}, method: "GET" | "HEAD" = "GET") => answerOf(method, url, undefined, headers);
