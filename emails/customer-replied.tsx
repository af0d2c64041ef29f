import { previewed, Quote, StaffLetter, subjectOf, type StaffLetterProps } from "./parts/ticket.tsx";
import { Aside, clip } from "./parts/words.tsx";

export type CustomerRepliedProps = StaffLetterProps & {
  author: string;
  body: string;
  /** Names of the files that came with it. */
  files: readonly string[];
};

export const subject = ({ author, ticket }: CustomerRepliedProps) => subjectOf(`${clip(author, 40)} replied`, ticket);

export default function CustomerReplied({ author, body, files, ...letter }: CustomerRepliedProps) {
  return (
    <StaffLetter {...letter} headline={`${author} replied:`} preview={clip(body || files.join(", "), 140)} because="You get this because the ticket is yours." act="Open the ticket to answer">
      <Quote body={body} />
      {files.length > 0 ? <Aside>Attached: {clip(files.join(", "), 300)}</Aside> : null}
    </StaffLetter>
  );
}

export const PreviewProps: CustomerRepliedProps = {
  ...previewed,
  author: "Mara Feld",
  body: "Thank you! The new invoice is right.\n\nCould you send it to our bookkeeping too?",
  files: ["contract.pdf"],
};
