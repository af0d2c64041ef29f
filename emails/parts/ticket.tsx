import { Section, Text } from "react-email";
import { Frame } from "./frame.tsx";
import { light } from "./palette.ts";
import { Act, clip, Paragraph, Written } from "./words.tsx";
import type { ReactNode } from "react";

/** What every letter to staff says of its ticket. */
export type TicketLine = {
  number: number;
  subject: string;
  /** Who asked. */
  requester: string;
  priority: "low" | "normal" | "high" | "urgent";
  /** Whose it is; null: nobody's. */
  owner: string | null;
  url: string;
};

export type StaffLetterProps = { deskName: string; ticket: TicketLine; offUrl: string | null };

/** What previews of letters to staff are about. */
export const previewed: StaffLetterProps = {
  deskName: "Lumen Support",
  ticket: { number: 1042, subject: "The invoice for March lists two seats too many", requester: "Mara Feld", priority: "high", owner: "Jonas Brandt", url: "https://desk.example/desk/8Qm2vXn5t0" },
  offUrl: "https://desk.example/mail-off/example",
};

/** Subjects of staff begin with what happened, and end with the same words for one ticket. */
export const subjectOf = (what: string, { number, subject }: TicketLine) => `${what}: ${clip(subject, 90)} [#${number}]`;

type StaffLetterParts = StaffLetterProps & { headline: ReactNode; preview: string; because: string; act?: string; children?: ReactNode };

/** A letter to somebody of staff: what happened in a sentence, the ticket in four, and the way to it. */
export function StaffLetter({ deskName, ticket, offUrl, headline, preview, because, act = "Open the ticket", children }: StaffLetterParts) {
  return (
    <Frame deskName={deskName} preview={preview} because={because} offUrl={offUrl}>
      <Paragraph>{headline}</Paragraph>
      {children}
      <TicketCard ticket={ticket} />
      <Act href={ticket.url} last>{act}</Act>
    </Frame>
  );
}

function TicketCard({ ticket: { number, subject, requester, priority, owner } }: { ticket: TicketLine }) {
  const facts = [`from ${clip(requester, 80)}`, `priority ${priority}`, owner === null ? "no owner" : `owner ${clip(owner, 80)}`];
  return (
    <Section className="rule" style={{ borderLeft: `3px solid ${light.line}`, padding: "0 0 0 14px", margin: "0 0 16px" }}>
      <Text className="ink" style={{ color: light.ink, fontSize: 15, lineHeight: "22px", fontWeight: 600, margin: 0 }}>#{number} {clip(subject, 200)}</Text>
      <Text className="quiet" style={{ color: light.quiet, fontSize: 14, lineHeight: "22px", margin: 0 }}>{facts.join(" · ")}</Text>
    </Section>
  );
}

/** What somebody wrote, set off from what the desk says; cut where it is long: the ticket has all of it. */
export function Quote({ body }: { body: string }) {
  const cut = body.length > 1200 ? `${body.slice(0, 1200).trimEnd()}…` : body;
  return cut.trim() === "" ? null : (
    <Section className="quote" style={{ backgroundColor: light.desk, borderRadius: 8, padding: "14px 16px 0", margin: "0 0 20px" }}>
      <Written body={cut} />
    </Section>
  );
}
