import { previewed, StaffLetter, subjectOf, type StaffLetterProps } from "./parts/ticket.tsx";
import { Aside } from "./parts/words.tsx";

export type ReminderProps = StaffLetterProps & {
  /** "first response", "next response", "resolution". */
  clock: string;
  /** "Monday 09:40 (Europe/Berlin)". */
  due: string;
  /** "28 min"; null once it is due. */
  left: string | null;
  /** Written after its time, because the desk was away at it. */
  late: boolean;
};

export const subject = ({ clock, left, ticket }: ReminderProps) => subjectOf(left === null ? `The ${clock} is due now` : `${left} left for the ${clock}`, ticket);

export default function Reminder({ clock, due, left, late, ...letter }: ReminderProps) {
  const headline = left === null ? `The ${clock} was promised for ${due}: it is due now.` : `${left} left: the ${clock} is promised for ${due}.`;
  return (
    <StaffLetter {...letter} headline={headline} preview={headline} because="You get this because the ticket is yours and its time runs out.">
      {late ? <Aside>This reminder is late: the desk was not running when it was due.</Aside> : null}
    </StaffLetter>
  );
}

export const PreviewProps: ReminderProps = {
  ...previewed,
  clock: "first response",
  due: "Monday 09:40 (Europe/Berlin)",
  left: "28 min",
  late: false,
};
