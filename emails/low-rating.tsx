import { previewed, Quote, StaffLetter, subjectOf, type StaffLetterProps } from "./parts/ticket.tsx";
import { clip } from "./parts/words.tsx";

export type LowRatingProps = StaffLetterProps & {
  /** 1 to 5. */
  score: number;
  comment: string | null;
};

export const subject = ({ score, ticket }: LowRatingProps) => subjectOf(`${score} of 5`, ticket);

export default function LowRating({ score, comment, ...letter }: LowRatingProps) {
  const headline = `${letter.ticket.requester} gave ${score} of 5${comment ? ":" : ", without a comment."}`;
  return (
    <StaffLetter {...letter} headline={headline} preview={clip(comment ?? headline, 140)} because="You get this because you look after low ratings.">
      {comment ? <Quote body={comment} /> : null}
    </StaffLetter>
  );
}

export const PreviewProps: LowRatingProps = {
  ...previewed,
  score: 2,
  comment: "It took three days and I had to explain it twice.",
};
