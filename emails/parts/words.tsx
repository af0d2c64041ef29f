import type { ReactNode } from "react";
import { Button, Link, Section, Text } from "react-email";
import { light } from "./palette.ts";

export { clip } from "./clip.ts";
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const paragraph = { color: light.ink, fontSize: 16, lineHeight: "25px", margin: "0 0 16px" } as const;

export function Paragraph({ children }: { children: ReactNode }) {
  return <Text className="ink" style={paragraph}>{children}</Text>;
}

export function Aside({ children }: { children: ReactNode }) {
  return <Text className="quiet" style={{ color: light.quiet, fontSize: 14, lineHeight: "22px", margin: "0 0 12px" }}>{children}</Text>;
}

/** The one thing the letter asks for. `last`: nothing of the letter comes after it. */
export function Act({ href, last = false, children }: { href: string; last?: boolean; children: ReactNode }) {
  return (
    <Section style={{ margin: last ? "24px 0 4px" : "24px 0" }}>
      <Button
        href={href}
        className="button"
        style={{ backgroundColor: light.accent, color: light.onAccent, borderRadius: 8, fontSize: 16, fontWeight: 600, padding: "12px 20px", textDecoration: "none" }}
      >
        {children}
      </Button>
    </Section>
  );
}

export function Way({ href, children }: { href: string; children: ReactNode }) {
  return <Link href={href} className="link" style={{ color: light.accent, textDecoration: "underline" }}>{children}</Link>;
}

/** What a person wrote, paragraphs and line breaks kept, in the mail's text version too. */
export function Written({ body }: { body: string }) {
  const paragraphs = body.replaceAll("\r\n", "\n").trim().split(/\n{2,}/);
  return paragraphs.map((text, index) => (
    <Text key={index} className="ink" style={paragraph}>
      {text.split("\n").flatMap((line, at) => (at === 0 ? [line] : [<br key={at} />, line]))}
    </Text>
  ));
}
