import { Section, Text } from "react-email";
import { Frame } from "./parts/frame.tsx";
import { light } from "./parts/palette.ts";
import { Act, Aside, clip, Paragraph, Way } from "./parts/words.tsx";

export type DigestProps = {
  deskName: string;
  name: string;
  /** What happened, the oldest first. */
  items: readonly { text: string; words: string | null; ticket: { number: number; subject: string; url: string } | null; at: string }[];
  /** How many more there are than are listed. */
  more: number;
  url: string;
  offUrl: string | null;
};

const counted = (count: number) => (count === 1 ? "One thing" : `${count} things`);

export const subject = ({ items, more, deskName }: DigestProps) => `${counted(items.length + more)} happened at ${deskName}`;

/** One letter for what was kept together: quiet hours, and whoever wants mail once a day. */
export default function Digest({ deskName, name, items, more, url, offUrl }: DigestProps) {
  return (
    <Frame deskName={deskName} preview={clip(items.map(({ text }) => text).join(" · "), 140)} because="You get this because you were away, or asked for one mail instead of many." offUrl={offUrl}>
      <Paragraph>Hello {name}, this happened meanwhile:</Paragraph>
      {items.map((item, index) => (
        <Section key={index} className="rule" style={{ borderTop: `1px solid ${light.line}`, padding: "12px 0" }}>
          <Text className="ink" style={{ color: light.ink, fontSize: 15, lineHeight: "22px", margin: 0 }}>{item.text}</Text>
          <Text className="quiet" style={{ color: light.quiet, fontSize: 14, lineHeight: "22px", margin: 0 }}>
            {item.ticket ? <><Way href={item.ticket.url}>#{item.ticket.number} {clip(item.ticket.subject, 100)}</Way>{" · "}</> : null}{item.at}
          </Text>
          {item.words ? <Text className="quiet" style={{ color: light.quiet, fontSize: 14, lineHeight: "22px", margin: "4px 0 0" }}>“{clip(item.words, 200)}”</Text> : null}
        </Section>
      ))}
      {more > 0 ? <Aside>And {more} more.</Aside> : null}
      <Act href={url} last>Open the desk</Act>
    </Frame>
  );
}

export const PreviewProps: DigestProps = {
  deskName: "Lumen Support",
  name: "Jonas",
  items: [
    { text: "Mara Feld replied", words: "Thank you! The new invoice is right.", ticket: { number: 1042, subject: "The invoice for March lists two seats too many", url: "https://desk.example/desk/8Qm2vXn5t0" }, at: "Monday 21:14" },
    { text: "Ines Okafor moved this ticket to engineering", words: null, ticket: { number: 1038, subject: "Export stops at 10,000 rows", url: "https://desk.example/desk/7Pk1aBc3d9" }, at: "Monday 22:40" },
    { text: "Jan Nowak rated the help 2 of 5", words: "It took three days.", ticket: { number: 1031, subject: "Can’t sign in since this morning", url: "https://desk.example/desk/6Lq9zYx8w7" }, at: "Tuesday 07:05" },
  ],
  more: 4,
  url: "https://desk.example/desk",
  offUrl: "https://desk.example/mail-off/example",
};
