import { Frame } from "./parts/frame.tsx";
import { Act, Aside, Paragraph } from "./parts/words.tsx";

export type SignInLinkProps = {
  deskName: string;
  name: string;
  url: string;
  /** How long the link works. */
  minutes: number;
  /** `confirm`: sent after signing up, to prove the address. */
  purpose?: "sign-in" | "confirm";
};

export const subject = ({ deskName, purpose = "sign-in" }: SignInLinkProps) =>
  purpose === "confirm" ? `Confirm your address for ${deskName}` : `Your link to sign in to ${deskName}`;

export default function SignInLink({ deskName, name, url, minutes, purpose = "sign-in" }: SignInLinkProps) {
  const confirms = purpose === "confirm";
  return (
    <Frame
      deskName={deskName}
      preview={`The link works once, for ${minutes} minutes.`}
      because={confirms ? `You get this because somebody signed up at ${deskName} with this address.` : `You get this because somebody asked for a link to sign in to ${deskName}.`}
    >
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>{confirms ? "One more step: confirm that this address is yours, and you are signed in." : "Here is your link. It signs you in without a password."}</Paragraph>
      <Act href={url}>{confirms ? "Confirm and sign in" : "Sign in"}</Act>
      <Aside>It works once, for {minutes} minutes.</Aside>
      <Aside>Not you? Do nothing: without the link nobody gets in.</Aside>
    </Frame>
  );
}

export const PreviewProps: SignInLinkProps = {
  deskName: "Lumen Support",
  name: "Mara Feld",
  url: "https://desk.example/link?token=example",
  minutes: 20,
};
