import { addressParser } from "postal-mime";

export type AttachmentInfo = {
  readonly id: string;
  readonly filename: string | null;
  readonly contentType: string;
  readonly contentId: string | null;
  readonly disposition: "inline" | "attachment";
  readonly size: number;
};
export type Attachment = AttachmentInfo & { readonly content: Uint8Array };

/** The box a mail lies in: sent by the app through the API, or received by `POST /_local/inbound`. */
export type Box = "sent" | "received";

export type Mail = {
  readonly id: string;
  readonly box: Box;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly { name: string; value: string }[];
  readonly messageId: string;
  readonly lastEvent: "delivered" | "bounced" | "complained" | "received";
  readonly attachments: readonly AttachmentInfo[];
};

/** The bare addresses in lower case of texts like `Ana <Ana@example.org>`, for comparing and searching. */
export function bareAddresses(mailboxes: readonly string[]): string[] {
  const found = mailboxes.flatMap((text) => addressParser(text, { flatten: true }));
  return [...new Set(found.flatMap(({ address }) => (address ? [address.toLowerCase()] : [])))];
}
