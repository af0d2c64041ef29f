import type { ReactNode } from "react";
import { Body, Container, Head, Html, Hr, Link, Preview, Section, Text } from "react-email";
import { darkRules, light, sans } from "./palette.ts";
import { replyLine } from "./reply-line.ts";

type FrameProps = {
  deskName: string;
  /** The line an inbox shows beside the subject. */
  preview: string;
  /** Why this letter was sent, in one sentence at its foot. */
  because: string;
  /** Answers are read: the line above which they are written stands at the top. */
  answerable?: boolean;
  /** Page that ends letters of this kind. */
  offUrl?: string | null;
  children: ReactNode;
};

/** The paper every letter is written on: who it is from, the letter, and why it came. */
export function Frame({ deskName, preview, because, answerable = false, offUrl = null, children }: FrameProps) {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkRules}</style>
      </Head>
      <Body className="desk" style={{ backgroundColor: light.desk, fontFamily: sans, margin: 0, padding: "32px 12px", wordBreak: "break-word" }}>
        <Preview>{preview}</Preview>
        <Container style={{ maxWidth: 560, margin: "0 auto", wordBreak: "break-word" }}>
          {answerable ? <Text className="quiet" style={{ color: light.quiet, fontSize: 12, lineHeight: "16px", textAlign: "center", margin: "0 4px 20px" }}>— {replyLine} —</Text> : null}
          <Text className="ink" style={{ color: light.ink, fontSize: 15, fontWeight: 600, margin: "0 4px 12px" }}>{deskName}</Text>
          <Section className="paper" style={{ backgroundColor: light.paper, border: `1px solid ${light.line}`, borderRadius: 10, padding: 32 }}>
            {children}
          </Section>
          <Hr className="rule" style={{ borderColor: light.desk, borderTopWidth: 0, margin: "8px 0" }} />
          <Text className="quiet" style={{ color: light.quiet, fontSize: 13, lineHeight: "20px", margin: "0 4px" }}>
            {because}
            {offUrl ? <> <Link href={offUrl} className="quiet" style={{ color: light.quiet, textDecoration: "underline" }}>Send me no more of these</Link></> : null}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}
