import { previewed, StaffLetter, subjectOf, type StaffLetterProps } from "./parts/ticket.tsx";
import { Aside } from "./parts/words.tsx";

export type AssignedProps = StaffLetterProps & {
  /** Who gave it: a colleague, or null for the desk's own routing. */
  by: string | null;
  /** Why, where the desk says so. */
  reason: string | null;
};

export const subject = ({ ticket }: AssignedProps) => subjectOf("Yours", ticket);

export default function Assigned({ by, reason, ...letter }: AssignedProps) {
  const headline = by === null ? "A ticket was given to you." : `${by} gave you a ticket.`;
  return (
    <StaffLetter {...letter} headline={headline} preview={headline} because="You get this because the ticket is yours now.">
      {reason ? <Aside>{reason}</Aside> : null}
    </StaffLetter>
  );
}

export const PreviewProps: AssignedProps = {
  ...previewed,
  by: "Ines Okafor",
  reason: null,
};
