"use client";
import { Check } from "lucide-react";
import { MailChoice, type NoticeKind } from "@/lib/notifications/schema.ts";
import { Select } from "../ui/select.tsx";
import { choiceWords, kindWords } from "./words.ts";

type Props = { kinds: readonly NoticeKind[]; mail: Record<NoticeKind, MailChoice>; slack: readonly NoticeKind[]; disabled: boolean; onChange: (kind: NoticeKind, choice: MailChoice) => void };

const choices = MailChoice.options.map((value) => ({ value, label: choiceWords[value] }));
const aside = "w-20 py-2 text-center max-sm:hidden";

/** What one is told of, by which ways. The page always tells; mail is one's own choice; Slack is the desk's. */
export function KindTable({ kinds, mail, slack, disabled, onChange }: Props) {
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="text-left text-xs text-ink-3">
          <th scope="col" className="py-2 pl-4 font-medium">What happens</th>
          <th scope="col" className={`${aside} font-medium`}>In the page</th>
          <th scope="col" className={`${aside} font-medium`}>In Slack</th>
          <th scope="col" className="w-44 py-2 pr-4 font-medium">By mail</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind} className="border-t">
            <th scope="row" className="py-2.5 pr-3 pl-4 text-left font-normal">
              <span className="block text-ink">{kindWords[kind].label}</span>
              <span className="block text-xs text-ink-3">{kindWords[kind].hint}</span>
            </th>
            <td className={aside}><Check aria-label="always" className="mx-auto size-4 text-ink-2" /></td>
            <td className={aside}>{slack.includes(kind) ? <Check aria-label="once" className="mx-auto size-4 text-ink-2" /> : <span className="text-ink-3"><span aria-hidden>–</span><span className="sr-only">no</span></span>}</td>
            <td className="py-2.5 pr-4"><Select label={`Mail: ${kindWords[kind].label}`} choices={choices} value={mail[kind]} disabled={disabled} onChange={(choice) => onChange(kind, choice)} className="w-full min-w-36" /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
