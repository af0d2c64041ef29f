import { Frame } from "./parts/frame.tsx";
import { RateUs, type Ratings } from "./parts/rating.tsx";
import { Act, clip, Paragraph } from "./parts/words.tsx";

export type ClosedProps = {
  deskName: string;
  name: string;
  number: number;
  subject: string;
  url: string;
  ratings: Ratings;
  offUrl: string | null;
};

export const subject = ({ number, subject: about }: ClosedProps) => `Re: ${clip(about)} [#${number}]`;

export default function Closed({ deskName, name, number, subject: about, url, ratings, offUrl }: ClosedProps) {
  return (
    <Frame deskName={deskName} preview="Closed. Write again whenever you like: it goes on in a new request." because={`You get this because your request #${number} at ${deskName} was closed.`} answerable offUrl={offUrl}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>your request “{clip(about, 200)}” is closed now. Everything in it stays for you to read.</Paragraph>
      <Paragraph>Does it come up again? Answer this mail: it goes on in a new request that knows of this one.</Paragraph>
      <Act href={url} last>Open the request</Act>
      <RateUs ratings={ratings} />
    </Frame>
  );
}

export const PreviewProps: ClosedProps = {
  deskName: "Lumen Support",
  name: "Mara Feld",
  number: 1042,
  subject: "The invoice for March lists two seats too many",
  url: "https://desk.example/my/8Qm2vXn5t0",
  ratings: [1, 2, 3, 4, 5].map((score) => ({ score, url: `https://desk.example/rate/example?score=${score}` })),
  offUrl: "https://desk.example/mail-off/example",
};
