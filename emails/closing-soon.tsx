import { Frame } from "./parts/frame.tsx";
import { Act, clip, Paragraph } from "./parts/words.tsx";

export type ClosingSoonProps = {
  deskName: string;
  name: string;
  number: number;
  subject: string;
  /** "Tuesday 14:30 (Europe/Berlin)". */
  closesAt: string;
  /** "tomorrow", or another day in words. */
  day: string;
  url: string;
  offUrl: string | null;
};

export const subject = ({ number, subject: about }: ClosingSoonProps) => `Re: ${clip(about)} [#${number}]`;

/** The last word before a solved request is closed for want of news. */
export default function ClosingSoon({ deskName, name, number, subject: about, closesAt, day, url, offUrl }: ClosingSoonProps) {
  return (
    <Frame deskName={deskName} preview={`Reply, or we close this ${day}.`} because={`You get this because your request #${number} at ${deskName} was solved and has been quiet since.`} answerable offUrl={offUrl}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>your request “{clip(about, 200)}” was solved, and we have heard nothing since.</Paragraph>
      <Paragraph><strong>Reply, or we close this {day}:</strong> {closesAt}. If all is well, there is nothing to do.</Paragraph>
      <Act href={url} last>Open the request</Act>
    </Frame>
  );
}

export const PreviewProps: ClosingSoonProps = {
  deskName: "Lumen Support",
  name: "Mara Feld",
  number: 1042,
  subject: "The invoice for March lists two seats too many",
  closesAt: "Tuesday 14:30 (Europe/Berlin)",
  day: "tomorrow",
  url: "https://desk.example/my/8Qm2vXn5t0",
  offUrl: "https://desk.example/mail-off/example",
};
