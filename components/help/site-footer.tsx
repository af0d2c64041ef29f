import Link from "next/link";
import { ThemeChoice } from "./theme-choice.tsx";

const link = "rounded-sm hover:text-ink hover:underline";

export function SiteFooter({ deskName }: { deskName: string }) {
  return (
    <footer className="mt-auto border-t">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 gap-y-3 px-5 py-6 text-sm text-ink-3">
        <p className="mr-auto min-w-0 truncate max-sm:w-full">{deskName}, answered by people</p>
        <Link href="/contact" className={link}>Contact us</Link>
        <Link href="/developers" className={link}>Developers</Link>
        <div className="max-sm:ml-auto"><ThemeChoice /></div>
      </div>
    </footer>
  );
}
