import { previewed, Quote, StaffLetter, subjectOf, type StaffLetterProps } from "./parts/ticket.tsx";

export type EscalatedProps = StaffLetterProps & {
  /** Where it went, in words: "engineering", "a manager", "the first level". */
  to: string;
  /** Who moved it; null: a rule of the desk. */
  by: string | null;
  reason: string | null;
};

export const subject = ({ to, ticket }: EscalatedProps) => subjectOf(`Moved to ${to}`, ticket);

export default function Escalated({ to, by, reason, ...letter }: EscalatedProps) {
  const headline = by === null ? `A ticket was moved to ${to}.` : `${by} moved a ticket to ${to}.`;
  return (
    <StaffLetter {...letter} headline={headline} preview={reason ?? headline} because={`You get this because you look after what is moved to ${to}, or because the ticket is yours.`}>
      {reason ? <Quote body={reason} /> : null}
    </StaffLetter>
  );
}

export const PreviewProps: EscalatedProps = {
  ...previewed,
  to: "a manager",
  by: null,
  reason: "Nobody answered by the time that was promised: the first response was due on Monday 09:40.",
};
