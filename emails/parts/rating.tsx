import { Column, Link, Row, Section } from "react-email";
import { scoreWord } from "../../lib/score-words.ts";
import { light } from "./palette.ts";
import { Paragraph } from "./words.tsx";

/** The links that rate a resolution; null where nothing is asked. */
export type Ratings = readonly { score: number; url: string }[] | null;

/** Five links, each of which opens a page that rates. The ends of the scale are in words, for numbers alone say neither. */
export function RateUs({ ratings }: { ratings: Ratings }) {
  if (!ratings || ratings.length === 0) return null;
  return (
    <Section className="rule" style={{ borderTop: `1px solid ${light.line}`, margin: "24px 0 0", padding: "20px 0 0" }}>
      <Paragraph>How did we do?</Paragraph>
      <Row>
        {ratings.map(({ score, url }) => (
          <Column key={score} style={{ width: "20%", padding: "0 3px", verticalAlign: "top" }}>
            <Link href={url} className="score" style={{ display: "block", border: `1px solid ${light.line}`, borderRadius: 8, padding: "10px 2px", textAlign: "center", color: light.ink, fontSize: 13, lineHeight: "18px", textDecoration: "none" }}>
              <strong style={{ display: "block", fontSize: 18, lineHeight: "24px" }}>{score}</strong>{" "}
              {scoreWord(score)}
            </Link>
          </Column>
        ))}
      </Row>
    </Section>
  );
}
