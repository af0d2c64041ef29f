import { Frame } from "./parts/frame.tsx";
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
  url: string;
  /** The reply was sent together with "resolved". */
  solved?: boolean;
};

export const subject = ({ number, subject: about }: ReplyProps) => `Re: ${clip(about)} [#${number}]`;

export default function Reply({ deskName, name, number, subject: about, author, body, url, solved = false }: ReplyProps) {
  return (
    <Frame deskName={deskName} preview={clip(body, 140)} because={`You get this because you wrote to ${deskName}: request #${number}, “${clip(about, 200)}”.`}>
      <Aside>{author} answered you, {name}:</Aside>
      <Written body={body} />
      {solved ? <Paragraph>We think this is solved. If it is not, answer on the request’s page and it is open again.</Paragraph> : null}
      <Act href={url}>Open the request to answer</Act>
      <Aside>Answers to this mail are not read yet; please write on the request’s page.</Aside>
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
  url: "https://desk.example/my/8Qm2vXn5t0",
};
