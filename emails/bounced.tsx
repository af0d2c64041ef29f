import { previewed, Quote, StaffLetter, subjectOf, type StaffLetterProps } from "./parts/ticket.tsx";

export type BouncedProps = StaffLetterProps & {
  address: string;
  /** What the other side said. */
  reason: string | null;
  /** They took it, and called it unwanted. */
  complained: boolean;
};

export const subject = ({ complained, ticket }: BouncedProps) => subjectOf(complained ? "The customer called our mail unwanted" : "Our mail came back", ticket);

export default function Bounced({ address, reason, complained, ...letter }: BouncedProps) {
  const headline = complained ? `${address} called our mail about this ticket unwanted. Further mail may not arrive.` : `Our mail to ${address} came back: the customer does not know what we wrote.`;
  return (
    <StaffLetter {...letter} headline={headline} preview={headline} because="You get this because the ticket is yours.">
      {reason ? <Quote body={reason} /> : null}
    </StaffLetter>
  );
}

export const PreviewProps: BouncedProps = {
  ...previewed,
  address: "mara@feld.example",
  reason: "550 5.1.1 The mailbox does not exist.",
  complained: false,
};
