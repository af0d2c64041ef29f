import { Frame } from "./parts/frame.tsx";
import { Act, Aside, clip, Paragraph, Way } from "./parts/words.tsx";

export type ReceiptProps = {
  deskName: string;
  name: string;
  number: number;
  subject: string;
  /** Page of the request; opens in the browser it was sent from, or after signing in. */
  followUrl: string;
  /** Confirms the address and opens the request; null once the address is confirmed. */
  confirmUrl: string | null;
};

export const subject = ({ number, subject: about, confirmUrl }: ReceiptProps) => (confirmUrl ? `We have your request #${number}` : `${clip(about)} [#${number}]`);

/**
 * Sent once a ticket. An address that is not confirmed may be a stranger's: to it we write no word that the sender
 * chose, neither name nor subject nor message, so that nobody can speak to strangers through us.
 */
export default function Receipt({ deskName, name, number, subject: about, followUrl, confirmUrl }: ReceiptProps) {
  return (
    <Frame deskName={deskName} preview={`Request #${number} reached us.`} because={`You get this because ${confirmUrl ? "somebody gave this address with a request" : "you sent a request"} to ${deskName}.`} answerable={!confirmUrl}>
      <Paragraph>{confirmUrl ? "Hello," : `Hello ${name},`}</Paragraph>
      <Paragraph>{confirmUrl ? "We have your request." : `We have your request “${clip(about, 200)}”.`} Its number is <strong>#{number}</strong>.</Paragraph>
      {confirmUrl ? (
        <>
          <Paragraph>Please confirm that this address is yours. Until then we answer on the request’s page only, and send no more mail here.</Paragraph>
          <Act href={confirmUrl}>Confirm and open the request</Act>
          <Aside>In the browser you wrote from, it is open already: <Way href={followUrl}>the request’s page</Way></Aside>
          <Aside>Not you? Do nothing. Without a confirmation this address gets no further mail about it.</Aside>
        </>
      ) : (
        <>
          <Paragraph>A person reads it next. The answer appears on the request’s page and comes to you by mail. To add something, answer this mail.</Paragraph>
          <Act href={followUrl} last>Follow the request</Act>
        </>
      )}
    </Frame>
  );
}

export const PreviewProps: ReceiptProps = {
  deskName: "Lumen Support",
  name: "Mara Feld",
  number: 1042,
  subject: "The invoice for March lists two seats too many",
  followUrl: "https://desk.example/my/8Qm2vXn5t0",
  confirmUrl: "https://desk.example/link?token=example&to=%2Fmy%2F8Qm2vXn5t0",
};
