import { previewed, Quote, StaffLetter, subjectOf, type StaffLetterProps } from "./parts/ticket.tsx";
import { clip } from "./parts/words.tsx";

export type MentionProps = StaffLetterProps & {
  author: string;
  /** The private note, which its reader may see. */
  body: string;
};

export const subject = ({ author, ticket }: MentionProps) => subjectOf(`${clip(author, 40)} mentioned you`, ticket);

export default function Mention({ author, body, ...letter }: MentionProps) {
  return (
    <StaffLetter {...letter} headline={`${author} mentioned you in a private note:`} preview={clip(body, 140)} because="You get this because your name is in the note. The customer never sees notes; please don’t forward this to them.">
      <Quote body={body} />
    </StaffLetter>
  );
}

export const PreviewProps: MentionProps = {
  ...previewed,
  author: "Ines Okafor",
  body: "@Jonas, can you look at the two seats? They left on 3 March, so I think the customer is right.\n\nThe contract is in the files.",
};
