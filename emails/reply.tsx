import { Frame } from "./parts/frame.tsx";
import { sizeWords } from "../lib/file-size.ts";
import { RateUs, type Ratings } from "./parts/rating.tsx";
import { Act, Aside, clip, Paragraph, Written } from "./parts/words.tsx";

export type ReplyProps = {
  deskName: string;
  name: string;
  number: number;
  subject: string;
  /** Who of staff wrote it. */
  author: string;
  /** The public message, as plain text. */
  body: string;
  /** What is attached: it is fetched on the request's page, where only its reader comes. */
  files?: readonly { name: string; size: number }[];
  url: string;
  /** The reply was sent together with "resolved". */
  solved?: boolean;
  /** Asked with the reply that resolved; null where nothing is asked. */
  ratings?: Ratings;
};

export const subject = ({ number, subject: about }: ReplyProps) => `Re: ${clip(about)} [#${number}]`;

export default function Reply({ deskName, name, number, subject: about, author, body, files = [], url, solved = false, ratings = null }: ReplyProps) {
  return (
    <Frame deskName={deskName} preview={clip(body || files.map(({ name }) => name).join(", "), 140)} because={`You get this because you wrote to ${deskName}: request #${number}, “${clip(about, 200)}”.`} answerable>
      <Aside>{author} answered you, {name}:</Aside>
      {body === "" ? null : <Written body={body} />}
      {files.length > 0 ? (
        <>
          <Aside>{files.length === 1 ? "One file is" : `${files.length} files are`} attached, to be opened on the request’s page:</Aside>
          {files.map(({ name, size }, index) => <Aside key={index}>• {name} ({sizeWords(size)})</Aside>)}
        </>
      ) : null}
      {solved ? <Paragraph>We think this is solved. If it is not, answer this mail and it is open again.</Paragraph> : null}
      <Act href={url}>Open the request</Act>
      <Aside>To answer, answer this mail, or write on the request’s page.</Aside>
      <RateUs ratings={ratings} />
    </Frame>
  );
}

export const PreviewProps: ReplyProps = {
  deskName: "Lumen Support",
  name: "Mara Feld",
  number: 1042,
  subject: "The invoice for March lists two seats too many",
  author: "Jonas Brandt",
  body: "Hello Mara,\n\nyou are right: two people left on 3 March and were still counted.\nI have corrected the invoice; the new one is in your account under Billing.\n\nJonas",
  files: [{ name: "invoice-2026-03.pdf", size: 48_200 }],
  url: "https://desk.example/my/8Qm2vXn5t0",
};
