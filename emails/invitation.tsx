import { Frame } from "./parts/frame.tsx";
import { Act, Aside, Paragraph } from "./parts/words.tsx";

export type InvitationProps = {
  deskName: string;
  name: string;
  invitedBy: string;
  /** Roles in words: "agent", "manager and admin". */
  role: string;
  url: string;
  /** How long the invitation stands. */
  days: number;
};

export const subject = ({ deskName, invitedBy }: InvitationProps) => `${invitedBy} invites you to ${deskName}`;

export default function Invitation({ deskName, name, invitedBy, role, url, days }: InvitationProps) {
  const article = /^[aeiou]/i.test(role) ? "an" : "a";
  return (
    <Frame deskName={deskName} preview={`Join ${deskName} as ${article} ${role}.`} because={`You get this because ${invitedBy} entered this address at ${deskName}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>{invitedBy} invites you to {deskName}, where customers’ requests are answered. You would join as {article} {role}.</Paragraph>
      <Act href={url}>Choose a password and join</Act>
      <Aside>The invitation works once and stands for {days} days. If it has run out, ask {invitedBy} for another.</Aside>
    </Frame>
  );
}

export const PreviewProps: InvitationProps = {
  deskName: "Lumen Support",
  name: "Jonas Brandt",
  invitedBy: "Ines Okafor",
  role: "agent",
  url: "https://desk.example/invite?token=example",
  days: 7,
};
