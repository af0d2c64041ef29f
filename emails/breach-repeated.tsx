import { previewed, StaffLetter, subjectOf, type StaffLetterProps } from "./parts/ticket.tsx";
import { Aside, capital } from "./parts/words.tsx";

export type BreachRepeatedProps = StaffLetterProps & {
  /** "first response", "next response", "resolution". */
  clock: string;
  /** "Monday 09:40 (Europe/Berlin)". */
  due: string;
  /** How long ago that was, by the wall: "3 h 5 min". */
  since: string;
  /** How often this was said before, the breach itself included. */
  times: number;
};

export const subject = ({ clock, since, ticket }: BreachRepeatedProps) => subjectOf(`${capital(clock)} still late, by ${since}`, ticket);

export default function BreachRepeated({ clock, due, since, times, ...letter }: BreachRepeatedProps) {
  return (
    <StaffLetter {...letter} headline={`The ${clock} was promised for ${due}. That was ${since} ago, and nobody has acted since.`} preview={`Nobody has acted since ${due}.`} because="You get this because you look after what is late. It comes again until somebody acts.">
      <Aside>You were told {times === 1 ? "once" : times === 2 ? "twice" : `${times} times`} before.</Aside>
    </StaffLetter>
  );
}

export const PreviewProps: BreachRepeatedProps = {
  ...previewed,
  clock: "first response",
  due: "Monday 09:40 (Europe/Berlin)",
  since: "2 h 5 min",
  times: 2,
};
