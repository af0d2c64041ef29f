import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { Logo } from "@/components/ui/logo.tsx";
import { PersonMenu } from "./person-menu.tsx";
import type { Reader } from "./reader.ts";

const link = "rounded-sm py-1.5 text-sm font-medium text-ink-2 hover:text-ink";

/** The head of every public page: whose desk it is, and the reader's own things. */
export function SiteHeader({ deskName, reader }: { deskName: string; reader: Reader }) {
  return (
    <header className="border-b bg-surface">
      <a href="#content" className="skip-link rounded-md bg-raised px-3 py-2 text-sm font-medium shadow-floating">Skip to the content</a>
      <div className="mx-auto flex min-h-15 max-w-6xl items-center gap-4 px-5 py-2.5">
        <Link href="/" className="mr-auto flex min-w-0 rounded-sm text-base"><Logo name={deskName} /></Link>
        <nav aria-label="Help center" className="flex shrink-0 items-center gap-4 sm:gap-6">
          <Link href="/contact" className={`${link} max-sm:hidden`}>Contact us</Link>
          {reader.staff ? <Link href="/desk" className={link}>Open the desk</Link> : null}
          {reader.followsRequests && !reader.staff ? (
            <Link href="/my" className={link}>
              My requests
              {reader.unread > 0 ? <span className="ml-1.5 rounded-sm bg-accent px-1.5 py-px text-xs font-semibold text-accent-ink">{reader.unread}<span className="sr-only"> with news</span></span> : null}
            </Link>
          ) : null}
          {reader.name !== null && reader.email !== null ? (
            <PersonMenu name={reader.name} email={reader.email} staff={reader.staff} />
          ) : (
            <Button asChild><Link href="/sign-in">Sign in</Link></Button>
          )}
        </nav>
      </div>
    </header>
  );
}
