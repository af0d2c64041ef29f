import { Frame } from "./parts/frame.tsx";
import { Act, Aside, Paragraph } from "./parts/words.tsx";

export type PasswordResetProps = {
  deskName: string;
  name: string;
  url: string;
  /** How long the link works. */
  minutes: number;
};

export const subject = ({ deskName }: PasswordResetProps) => `A new password for ${deskName}`;

export default function PasswordReset({ deskName, name, url, minutes }: PasswordResetProps) {
  return (
    <Frame deskName={deskName} preview={`The link works once, for ${minutes} minutes.`} because={`You get this because somebody asked for a new password at ${deskName}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>Choose a new password here. You are then signed out everywhere else.</Paragraph>
      <Act href={url}>Choose a new password</Act>
      <Aside>The link works once, for {minutes} minutes.</Aside>
      <Aside>Not you? Do nothing: your password stays as it is.</Aside>
    </Frame>
  );
}

export const PreviewProps: PasswordResetProps = {
  deskName: "Lumen Support",
  name: "Mara Feld",
  url: "https://desk.example/reset?token=example",
  minutes: 60,
};
