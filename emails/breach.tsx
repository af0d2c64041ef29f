import { previewed, StaffLetter, subjectOf, type StaffLetterProps } from "./parts/ticket.tsx";
import { Aside, capital } from "./parts/words.tsx";

export type BreachProps = StaffLetterProps & {
  /** "first response", "next response", "resolution". */
  clock: string;
  /** "Monday 09:40 (Europe/Berlin)". */
  due: string;
  /** How long after the breach this was found, "2 h 10 min"; null: at once. */
  late: string | null;
};

export const subject = ({ clock, ticket }: BreachProps) => subjectOf(`${capital(clock)} too late`, ticket);

export default function Breach({ clock, due, late, ...letter }: BreachProps) {
  const headline = `The ${clock} was promised for ${due}, and has not come.`;
  return (
    <StaffLetter {...letter} headline={headline} preview={headline} because="You get this because the ticket is yours, or you look after what is late.">
      {late ? <Aside>This was found {late} late: the desk was not running when the time was up.</Aside> : null}
    </StaffLetter>
  );
}

export const PreviewProps: BreachProps = {
  ...previewed,
  clock: "first response",
  due: "Monday 09:40 (Europe/Berlin)",
  late: null,
};
