import { Frame } from "./parts/frame.tsx";
import { Act, Aside, Paragraph, Way } from "./parts/words.tsx";

export type AlreadyRegisteredProps = {
  deskName: string;
  name: string;
  signInUrl: string;
  /** Where a forgotten password is replaced. */
  forgotUrl: string;
};

export const subject = ({ deskName }: AlreadyRegisteredProps) => `You already have an account at ${deskName}`;

/** Answers a sign-up with a known address; the page says the same to everybody, so nobody learns who has an account. */
export default function AlreadyRegistered({ deskName, name, signInUrl, forgotUrl }: AlreadyRegisteredProps) {
  return (
    <Frame deskName={deskName} preview="Sign in instead; nothing was changed." because={`You get this because somebody signed up at ${deskName} with this address.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>This address has an account already, so we made no second one and changed nothing.</Paragraph>
      <Act href={signInUrl}>Sign in</Act>
      <Aside>Password forgotten? <Way href={forgotUrl}>Choose a new one</Way></Aside>
      <Aside>Not you? Do nothing. Nobody was told that the account exists.</Aside>
    </Frame>
  );
}

export const PreviewProps: AlreadyRegisteredProps = {
  deskName: "Lumen Support",
  name: "Mara Feld",
  signInUrl: "https://desk.example/sign-in",
  forgotUrl: "https://desk.example/forgot",
};
