import Link from "next/link";
import { Button } from "../ui/button.tsx";

type MailOffProps = { token: string; what: string; off: boolean; staff: boolean };

/** Ends one kind of letter. A form of its own that needs no script, as it is opened from mail programs. */
export function MailOff({ token, what, off, staff }: MailOffProps) {
  return (
    <>
      <h1 className="text-2xl font-bold">{off ? "Turned off" : "Fewer mails?"}</h1>
      <p className="mt-2 text-ink-2">{off ? `We send you no more ${what}.` : `We can stop sending you ${what}. ${staff ? "In the desk you are told all the same." : "Answers to you still come."}`}</p>
      {off && staff ? <p className="mt-6 text-sm"><Link href="/settings/notifications" className="rounded-sm text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">Choose what you are told, and how</Link></p> : null}
      {off && staff ? null : (
        <form method="post" action={`/api/mail-off/${token}`} className="mt-6">
          <input type="hidden" name="page" value="1" />
          {off ? <input type="hidden" name="on" value="1" /> : null}
          <Button type="submit" look={off ? "plain" : "primary"} size="lg" className="w-full">{off ? "Send them again" : "Send me no more of these"}</Button>
        </form>
      )}
    </>
  );
}
