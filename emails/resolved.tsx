import { Frame } from "./parts/frame.tsx";
import { RateUs, type Ratings } from "./parts/rating.tsx";
import { Act, clip, Paragraph } from "./parts/words.tsx";

export type ResolvedProps = {
  deskName: string;
  name: string;
  number: number;
  subject: string;
  /** Who resolved it; null: a rule of the desk. */
  author: string | null;
  url: string;
  ratings: Ratings;
  offUrl: string | null;
};

export const subject = ({ number, subject: about }: ResolvedProps) => `Re: ${clip(about)} [#${number}]`;

/** Sent when staff resolved without a word to the customer: the only news they get of it. */
export default function Resolved({ deskName, name, number, subject: about, author, url, ratings, offUrl }: ResolvedProps) {
  return (
    <Frame deskName={deskName} preview="We think this is solved. If it is not, answer this mail." because={`You get this because your request #${number} at ${deskName} was marked solved.`} answerable offUrl={offUrl}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>we think that your request “{clip(about, 200)}” is solved{author ? `: ${author} marked it so` : ""}.</Paragraph>
      <Paragraph>Is it not? Answer this mail, or write on the request’s page, and it is open again.</Paragraph>
      <Act href={url} last>Open the request</Act>
      <RateUs ratings={ratings} />
    </Frame>
  );
}

export const PreviewProps: ResolvedProps = {
  deskName: "Lumen Support",
  name: "Mara Feld",
  number: 1042,
  subject: "The invoice for March lists two seats too many",
  author: "Jonas Brandt",
  url: "https://desk.example/my/8Qm2vXn5t0",
  ratings: [1, 2, 3, 4, 5].map((score) => ({ score, url: `https://desk.example/rate/example?score=${score}` })),
  offUrl: "https://desk.example/mail-off/example",
};
